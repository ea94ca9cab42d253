"""The form of a need: what is asked, and a row for each time when help is wanted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.privacy.public_text import refuse_public_text
from marketplace.shifts.rows import ROWS, BaseWindowRows, RowSheet, WindowForm, typed
from marketplace.sites.enums import SiteKind
from marketplace.sites.queries import sites_spoken_for_by

from .enums import Audience
from .models import Need

ROWS_PREFIX = "windows"
EXTRAS = ("skills", "people_served", "risk_disclosure")
MOST_WINDOWS = 60
AUDIENCES = {SiteKind.CHILDRENS_HOME: Audience.CHILDREN, SiteKind.ELDER_POINT: Audience.ELDERS}


class PublicTextForm(forms.ModelForm):
    """Title, summary and risks are read by everybody: no number in them may lead to a person."""

    def clean_title(self) -> str:
        return self._free_of_numbers("title")

    def clean_summary(self) -> str:
        return self._free_of_numbers("summary")

    def clean_risk_disclosure(self) -> str:
        return self._free_of_numbers("risk_disclosure")

    def _free_of_numbers(self, name: str) -> str:
        if sentence := refuse_public_text(self.cleaned_data[name]):
            raise forms.ValidationError(sentence)
        return self.cleaned_data[name]


class NeedForm(PublicTextForm):
    class Meta:
        model = Need
        fields = (
            "site",
            "title",
            "category",
            "audience",
            "summary",
            "clearance_required",
            "skills",
            "people_served",
            "urgency",
            "risk_disclosure",
        )
        labels = {"clearance_required": _("来的人要先通过未成年人保护审查")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "risk_disclosure": forms.Textarea(attrs={"rows": 3}),
            "audience": forms.RadioSelect,
            "urgency": forms.RadioSelect,
            "skills": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "site": _("老人的需求请选村（社区）或养老服务点：公开的是这个点，不是住处。"),
            "title": _("一句话，例如：周六上午课业辅导"),
            "summary": _("所有人都能看到。请不要写孩子或老人的姓名、学校班级、电话、住址。"),
            "clearance_required": _("会与儿童单独接触的活动应当勾选（未成年人保护法第六十二条）。"),
            "skills": _("不勾选表示谁都可以来。"),
            "risk_disclosure": _("例如：山路较多，请结伴前往；室内活动，无特别风险。志愿者报名时要确认看过。"),
        }
        error_messages = {
            "site": {"required": _("请选择地点。"), "invalid_choice": _("请在列出的地点里选择。")},
            "title": {"required": _("请用一句话写明需要什么。"), "max_length": _("请缩短到 %(limit_value)d 字以内。")},
            "category": {"required": _("请选择服务类别。")},
            "audience": {"required": _("请选择为谁服务。")},
            "summary": {"required": _("请写明要来的人做什么。"), "max_length": _("请缩短到 %(limit_value)d 字以内。")},
            "risk_disclosure": {"max_length": _("请缩短到 %(limit_value)d 字以内。")},
        }

    def __init__(self, user: Any, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        sites = sites_spoken_for_by(user)
        self.has_sites, self.only_site = bool(sites), sites[0] if len(sites) == 1 else None
        if self.only_site and kwargs.get("instance") is None:
            initial = {**_usual_for(self.only_site), **(initial or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self._offer(sites)

    def _offer(self, sites: Any) -> None:
        """The choices of this person; a single site is no choice."""
        fields: Any = self.fields
        fields["site"].queryset = sites
        fields["site"].label_from_instance = lambda site: f"{site.name}（{site.area.short_name}）"
        fields["site"].empty_label = fields["category"].empty_label = _("请选择")
        for name in ("audience", "urgency"):
            fields[name].choices = [(value, label) for value, label in fields[name].choices if value]
        if self.only_site:
            fields["site"].widget = forms.HiddenInput()


def _usual_for(site: Any) -> dict[str, Any]:
    """The kind of a site tells for whom the help usually is, and whether those who come meet children."""
    return {
        "site": site.pk,
        "audience": AUDIENCES.get(site.kind, ""),
        "clearance_required": site.kind == SiteKind.CHILDRENS_HOME,
    }


class BaseNeedRows(BaseWindowRows):
    def clean(self) -> None:
        if any(self.errors):
            return
        windows = self.windows
        if len(windows) > MOST_WINDOWS:
            raise forms.ValidationError(_("一个需求最多 60 个时间段，请分成几个需求。"))
        if windows and Counter(start for start, _end, _places in windows).most_common(1)[0][1] > 1:
            raise forms.ValidationError(_("有两行是同一天同一时间，请合并成一行，把人数加起来。"))


WindowRows = forms.formset_factory(WindowForm, BaseNeedRows, can_delete=True, max_num=MOST_WINDOWS)


class NeedSheet(RowSheet):
    """The need and its times."""

    anchor = "windows"
    row_words = _("时间段 %(number)d：")

    def __init__(self, user: Any, *, need: Need | None = None, data: QueryDict | None = None) -> None:
        self.user, self.need = user, need
        self.form = NeedForm(user, data, instance=need)
        self.rows = WindowRows(data, prefix=ROWS_PREFIX) if data else _rows(_rows_of(need) if need else [])

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes. To be asked after is_valid()."""
        return {**self.form.cleaned_data, "windows": self.rows.windows}

    @property
    def uses_extras(self) -> bool:
        """Whether one of the optional fields has something to show."""
        return any(self.form[name].value() or self.form[name].errors for name in EXTRAS)

    def with_another_row(self) -> NeedSheet:
        """The same text and rows, unchecked, with one row more."""
        sheet = NeedSheet(self.user, need=self.need)
        sheet.form = NeedForm(self.user, instance=self.need, initial=typed(self.form))
        sheet.rows = _rows(self.typed_rows, at_least=0)
        return sheet


def _rows(given: list[dict[str, Any]], *, at_least: int = ROWS) -> Any:
    rows = WindowRows(initial=given, prefix=ROWS_PREFIX)
    rows.extra = max(at_least - len(given), 1)
    return rows


def _rows_of(need: Need) -> list[dict[str, Any]]:
    spans = [
        (timezone.localtime(row.starts_at), timezone.localtime(row.ends_at), row.places) for row in need.windows.all()
    ]
    return [
        {"on": begin.date(), "begins": begin.time(), "ends": end.time(), "places": places, "weeks": 1}
        for begin, end, places in spans
    ]
