"""The form of a program: what is offered, which needs it answers, and a row for each series of shifts of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.needs.forms.texts import PublicTextForm, Ticks
from marketplace.organizations.queries import organizations_of
from marketplace.privacy.public_text import refuse_public_text
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import adoptable_shifts
from marketplace.shifts.rows import ROWS, BaseWindowRows, RowSheet, WindowForm, typed
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import public_sites
from marketplace.volunteers.models import Language, Skill

from ..actions import OwnShift
from ..enums import RiskLevel
from ..models import Program
from ..rules import MOST_SHIFTS, refuse_stale
from .rows import rows_of

ROWS_PREFIX = "shifts"
# Digits of the largest number every database can hold.
LONGEST_NUMBER = 18
TEXTS = ("organization", "title", "category", "summary", "risk_disclosure", "risk_level")
ONLY_FINAL = ("summary", "risk_disclosure")
TOO_LONG = {"max_length": _("请缩短到 %(limit_value)d 字以内。")}


class ProgramForm(PublicTextForm):
    """A draft may lack what only the approval needs. `version` is the one that was opened."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Program
        fields = (*TEXTS, "wanted_shifts", "copied_from")
        labels = {"summary": _("做什么、怎么做"), "risk_disclosure": _("风险提示")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 5}),
            "risk_disclosure": forms.Textarea(attrs={"rows": 3}),
            "risk_level": forms.RadioSelect,
            "copied_from": forms.HiddenInput,
        }
        field_classes = {"wanted_shifts": Ticks}
        help_texts = {
            "title": _("一句话，例如：双水周末课业陪伴"),
            "summary": _(
                "所有人都能看到：为谁做、来的人做什么、谁带队。请不要写孩子或老人的姓名、学校班级、电话、住址。"
            ),
            "risk_disclosure": _(
                "招募志愿者要说明服务中可能的风险（志愿服务条例第十二条）。写具体：路况、天气、与孩子或老人相处要注意什么。"
                "志愿者报名时要确认看过。"
            ),
            "risk_level": _("有人身危险的，要先为志愿者买保险，提交前在项目页登记保险单（志愿服务条例第十七条）。"),
        }
        error_messages = {
            "organization": {"required": _("请选择组织。"), "invalid_choice": _("请在您所在的组织里选择。")},
            "title": {"required": _("请写项目名称。"), **TOO_LONG},
            "category": {"required": _("请选择服务类别。")},
            "risk_level": {"required": _("请选择风险程度。"), "invalid_choice": _("请在列出的风险程度里选择。")},
            "summary": {"required": _("请写明做什么、怎么做。"), **TOO_LONG},
            "risk_disclosure": {"required": _("请写风险提示；没有特别风险也请写明「无特别风险」和原因。"), **TOO_LONG},
            "wanted_shifts": {
                "invalid_choice": _("选中的场次里有一场刚刚被认领、取消或已开始，请重新勾选。"),
                "invalid_pk_value": _("选中的场次里有一场找不到了，请重新勾选。"),
            },
        }

    def __init__(self, user: Any, *args: Any, now: datetime, is_draft: bool = False, **kwargs: Any) -> None:
        organizations = organizations_of(user).active()
        self.organizations = list(organizations)
        self.only_organization = self.organizations[0] if len(self.organizations) == 1 else None
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organization"].queryset = organizations
        fields["organization"].empty_label = fields["category"].empty_label = _("请选择")
        fields["wanted_shifts"].queryset = adoptable_shifts(now)
        fields["copied_from"].queryset = Program.objects.of_member(user)
        fields["risk_level"].choices = RiskLevel.choices
        fields["version"].initial = self.instance.version
        for name in ONLY_FINAL:
            fields[name].required = not is_draft
        if self.only_organization:
            fields["organization"].widget = forms.HiddenInput()
            fields["organization"].initial = self.only_organization.pk

    def clean(self) -> dict[str, Any]:
        """Somebody who overwrites what another wrote does so knowingly: it is said once, then the page knows."""
        cleaned = super().clean() or {}
        stale = refuse_stale(self.instance, cleaned.get("version")) if self.instance.pk else None
        if stale:
            told: Any = self.data.copy()  # type: ignore[attr-defined]
            told["version"], self.data = self.instance.version, told
            raise forms.ValidationError(stale, code="stale")
        return cleaned


class RoleForm(WindowForm):
    """What people do there, and what it takes."""

    task = forms.CharField(label=_("做什么"), max_length=60, required=False, error_messages=TOO_LONG)
    skills = Ticks(Skill.objects.none(), label=_("需要会什么"), required=False)
    languages = Ticks(
        Language.objects.none(), label=_("需要会说"), help_text=_("不勾选表示说普通话就可以。"), required=False
    )
    clearance_required = forms.BooleanField(
        label=_("来的人要先通过未成年人保护审查"),
        help_text=_("在儿童之家、会与儿童单独接触的场次应当勾选（未成年人保护法第六十二条）。"),
        required=False,
    )
    adults_only = forms.BooleanField(
        label=_("限成年人"),
        help_text=_("不勾选时，14–17 岁的志愿者经监护人同意也可以来；上门和单独陪老人的场次请勾选。"),
        required=False,
    )

    def __init__(self, *args: Any, skills: Any, languages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["places"].label = _("名额")
        for name, queryset in (("skills", skills), ("languages", languages)):
            fields[name].queryset = queryset
            fields[name].choices = [(record.pk, str(record)) for record in queryset]

    def clean_task(self) -> str:
        if sentence := refuse_public_text(self.cleaned_data["task"]):
            raise forms.ValidationError(sentence)
        return self.cleaned_data["task"]

    @property
    def role(self) -> dict[str, Any]:
        """What is the same for each shift made of this form. To be asked after is_valid()."""
        row = self.cleaned_data
        lists = {name: tuple(row[name]) for name in ("skills", "languages")}
        return lists | {name: row[name] for name in ("task", "clearance_required", "adults_only")}

    @property
    def asks_something(self) -> bool:
        """Whether anything is demanded of those who come."""
        return any(self[name].value() for name in ("skills", "languages", "clearance_required", "adults_only"))


class OwnShiftForm(RoleForm):
    """One row: where, when and for how many weeks, what people do there, and what it takes."""

    site = forms.ModelChoiceField(
        ServiceSite.objects.none(),
        label=_("地点"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择地点。"), "invalid_choice": _("请在列出的地点里选择。")},
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["site"].queryset = sites
        fields["site"].choices = [("", _("请选择")), *by_township(sites)]

    @property
    def own_shifts(self) -> list[OwnShift]:
        """One for each week of the row; none where it was left alone. To be asked after is_valid()."""
        return [
            OwnShift(site=self.cleaned_data["site"], starts_at=start, ends_at=end, places=places, **self.role)
            for start, end, places in self.windows
        ]


def by_township(sites: Iterable[ServiceSite]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices of sites under the name of their township."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for site in sorted(sites, key=lambda site: site.area_code):
        groups.setdefault(str(site.area.parent or site.area), []).append((site.pk, str(site)))
    return list(groups.items())


class BaseOwnShiftRows(BaseWindowRows):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**self.form_kwargs, **super().get_form_kwargs(index)}

    @property
    def own_shifts(self) -> list[OwnShift]:
        return sorted((own for form in self.forms for own in form.own_shifts), key=lambda own: own.starts_at)

    def clean(self) -> None:
        if any(self.errors):
            return
        shifts = self.own_shifts
        if len(shifts) > MOST_SHIFTS:
            raise forms.ValidationError(_("一个项目最多自己安排 100 个场次，请分成几个项目。"))
        if len({(own.site.pk, own.starts_at, own.task) for own in shifts}) < len(shifts):
            raise forms.ValidationError(_("有两行是同一地点同一时间，请合并成一行，把名额加起来。"))


OwnShiftRows = forms.formset_factory(OwnShiftForm, BaseOwnShiftRows, can_delete=True, max_num=MOST_SHIFTS)


class ProgramSheet(RowSheet):
    """The program and its own shifts. `initial` are texts and shifts to start a new program from, `rows` times."""

    anchor = "own-shifts"
    row_words = _("场次 %(number)d：")

    def __init__(
        self,
        user: Any,
        *,
        now: datetime,
        program: Program | None = None,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        rows: list[dict[str, Any]] | None = None,
    ) -> None:
        self.user, self.program, self.now = user, program, now
        self.is_final = bool(data and "submit" in data)
        is_draft = bool(data) and not self.is_final
        self.form = ProgramForm(user, data, instance=program, now=now, is_draft=is_draft, initial=initial)
        given = _rows_kept(program) if program else rows or []
        self.rows = _rows(given, empty=max(ROWS - len(given), 1), data=data)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes. To be asked after is_valid()."""
        return {**self.form.cleaned_data, "own_shifts": self.rows.own_shifts}

    @property
    def first_error(self) -> str:
        """What stands first among the refusals."""
        said = [*self.form.non_field_errors(), *(text for texts in self.form.errors.values() for text in texts)]
        return [*said, *(error["text"] for error in self.row_errors), ""][0]

    @property
    def chosen(self) -> list[Shift]:
        """The needs' shifts that are ticked and can still be adopted."""
        ticked = [str(getattr(value, "pk", value)) for value in self.form["wanted_shifts"].value() or []]
        return list(adoptable_shifts(self.now).filter(pk__in=filter(is_number, ticked)))

    def unchecked(self, *, empty: int) -> ProgramSheet:
        """The same texts, ticks and rows as they were typed, not yet judged, with this many empty rows more."""
        sheet = ProgramSheet(self.user, now=self.now, program=self.program)
        sheet.form = ProgramForm(self.user, instance=self.program, now=self.now, initial=typed(self.form))
        sheet.rows = _rows(self.typed_rows, empty=empty)
        return sheet


def is_number(text: str) -> bool:
    """Whether the text from an address or a form can be the number of a record."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _rows(given: list[dict[str, Any]], *, empty: int, data: QueryDict | None = None) -> Any:
    choices = {"sites": public_sites(), "skills": Skill.objects.all(), "languages": Language.objects.all()}
    rows = OwnShiftRows(data, initial=given, prefix=ROWS_PREFIX, form_kwargs=choices)
    rows.extra = empty
    return rows


def _rows_kept(program: Program) -> list[dict[str, Any]]:
    return rows_of(program.shifts.filter(published_at=None, need=None).prefetch_related("skills", "languages"))
