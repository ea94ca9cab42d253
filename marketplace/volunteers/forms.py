"""A volunteer's own profile: the two questions of a first sign-up, and all of it. Then what staff saw of a check."""

from __future__ import annotations

from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.phones import normalize_phone
from marketplace.documents.forms import PaperField
from marketplace.geography.models import AdminArea
from marketplace.organizations.enums import OrganizationStatus
from marketplace.organizations.models import Organization
from marketplace.workflow.forms import LONGEST_REMARK

from .enums import AgeGroup, ClearanceResult, DayPart, Relation, RestrictionKind
from .models import ClearanceKind, Language, Restriction, Season, Skill, Volunteer

USUAL_RADIUS_KM = 20
LONGEST_RADIUS_KM = 200
MOST_A_WEEK = 14
MOST_IN_A_GROUP = 300
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
# Younger children come along with their guardian and have no profile of their own.
OWN_AGES = (AgeGroup.ADULT, AgeGroup.YOUTH)


def townships_by_county() -> list[tuple[str, list[tuple[int, str]]]]:
    """The choices of a select, a group for each county, in one query."""
    townships = AdminArea.objects.current().townships().select_related("parent").order_by("code")
    grouped = groupby(townships, key=lambda area: area.parent.name if area.parent else "")
    return [(county, [(area.pk, area.name) for area in areas]) for county, areas in grouped]


class FirstProfileForm(forms.Form):
    """What must be known before somebody can sign up at all."""

    age_group = forms.ChoiceField(
        label=_("年龄段"),
        choices=[(age.value, age.label) for age in OWN_AGES],
        widget=forms.RadioSelect,
        help_text=_("14 岁以下请由监护人带着参加，不单独报名。"),
    )
    base_area = forms.ModelChoiceField(
        label=_("常住乡镇（街道）"),
        queryset=AdminArea.objects.current().townships(),
        help_text=_("用来推算路程，只精确到乡镇（街道），不用填住址。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base_area"].choices = [("", _("请选择")), *townships_by_county()]  # type: ignore[attr-defined]


class ProfileForm(FirstProfileForm):
    """The whole profile; what is new in it can wait until later."""

    radius_km = forms.IntegerField(
        label=_("愿意去多远（公里）"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RADIUS_KM)],
        widget=forms.NumberInput(attrs={"min": 1, "max": LONGEST_RADIUS_KM, "inputmode": "numeric"}),
        help_text=_("超过这个距离的活动不主动推荐，您仍然可以自己报名。"),
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("会什么"), queryset=Skill.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.ModelMultipleChoiceField(
        label=_("会说什么"), queryset=Language.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    weekly_limit = forms.IntegerField(
        label=_("每周最多参加几次"),
        required=False,
        min_value=1,
        max_value=MOST_A_WEEK,
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_A_WEEK, "inputmode": "numeric"}),
        help_text=_("不填表示不限。满了以后，这一周的别的场次就报不上。"),
    )
    free_times = forms.MultipleChoiceField(
        label=_("一般什么时候有空"),
        required=False,
        choices=[(f"{day}-{part}", f"{WEEKDAYS[day]}{part.label}") for day in range(7) for part in DayPart],
        widget=forms.CheckboxSelectMultiple,
    )

    def free_time_rows(self) -> list[dict[str, Any]]:
        """The boxes of the free times, a row for each day of the week."""
        boxes = list(self["free_times"].subwidgets)
        width = len(DayPart)
        return [{"label": label, "boxes": boxes[day * width : (day + 1) * width]} for day, label in enumerate(WEEKDAYS)]

    def clean_radius_km(self) -> int:
        return self.cleaned_data["radius_km"] or USUAL_RADIUS_KM

    def clean_free_times(self) -> list[tuple[int, str]]:
        """(weekday, part) with 0 for Monday."""
        pairs = (value.split("-") for value in self.cleaned_data["free_times"])
        return [(int(day), part) for day, part in pairs]


def initial_of(volunteer: Volunteer | None) -> dict[str, Any]:
    """The profile as the form shows it."""
    if volunteer is None:
        return {"radius_km": USUAL_RADIUS_KM}
    return {
        "age_group": volunteer.age_group,
        "base_area": volunteer.base_area_id,
        "radius_km": volunteer.radius_km,
        "skills": [skill.pk for skill in volunteer.skills.all()],
        "languages": [language.pk for language in volunteer.languages.all()],
        "weekly_limit": volunteer.weekly_limit,
        "free_times": [f"{free.weekday}-{free.part}" for free in volunteer.availability.all()],
    }


class ClearanceForm(forms.Form):
    """The outcome of one check. There is no field for what was found, because that is never kept."""

    kind = forms.ModelChoiceField(
        label=_("哪一项"),
        queryset=ClearanceKind.objects.filter(is_required=True),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择登记哪一项。"), "invalid_choice": _("请在列出的几项里选择。")},
    )
    result = forms.ChoiceField(
        label=_("结果"),
        choices=ClearanceResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择结果。")},
    )
    checked_on = forms.DateField(
        label=_("办理日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("有效期从这一天算起。"),
        error_messages={"required": _("请填写办理日期。"), "invalid": _("请按 2026-11-28 的样子填写日期。")},
    )


class EvidenceForm(forms.Form):
    """A paper for one of the skills that take one."""

    skill = forms.ModelChoiceField(
        label=_("哪一项"),
        queryset=Skill.objects.filter(needs_evidence=True),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择这份证明是哪一项的。"), "invalid_choice": _("请在列出的几项里选择。")},
    )
    upload = PaperField(label=_("证明（证书、资格证）"))


class EvidenceCheckForm(forms.Form):
    """What staff found of a paper."""

    ACCEPT, REFUSE = "accept", "refuse"
    answer = forms.ChoiceField(
        label=_("核对结果"),
        choices=[(ACCEPT, _("通过")), (REFUSE, _("不通过"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择通过还是不通过。")},
    )
    valid_until = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("照着证件填；长期有效的不填。"),
        error_messages={"invalid": _("请按 2026-11-28 的样子填写日期。")},
    )
    remark = forms.CharField(
        label=_("不通过的原因"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("本人会看到，写清楚缺什么、怎么补。"),
    )


class GuardianForm(forms.Form):
    """Whose guardian it is stands in the person's own profile; name and phone number are sealed."""

    season = forms.ModelChoiceField(
        label=_("哪个学期"), queryset=Season.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("监护人姓名"), max_length=40)
    phone = forms.CharField(
        label=_("监护人手机号"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("只在需要核实同意的时候，由工作人员使用。"),
    )

    def __init__(self, *args: Any, seasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        number = normalize_phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("请填写 11 位手机号码。"))
        return number


class AgreementForm(forms.Form):
    """What a guardian says."""

    is_guardian = forms.BooleanField(
        label=_("我是孩子的父母或其他监护人"), error_messages={"required": _("只有监护人可以同意。")}
    )
    knows_risks = forms.BooleanField(
        label=_("我看过上面的风险和规则，同意孩子在这个学期参加志愿服务"),
        error_messages={"required": _("请看过以后勾选。")},
    )


class RelativeForm(forms.Form):
    """One relative among the volunteers."""

    relation = forms.ChoiceField(label=_("关系"), choices=[("", _("请选择")), *Relation.choices], required=False)
    contact = forms.CharField(label=_("对方的手机号或邮箱"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if bool(values.get("relation")) != bool(values.get("contact")):
            raise forms.ValidationError(_("关系和联系方式要一起填。"))
        return values


RelativeFormSet = forms.formset_factory(RelativeForm, extra=4, max_num=8, validate_max=True)


class DeclarationForm(forms.Form):
    """There are none, or the rows say who."""

    has_none = forms.BooleanField(label=_("我没有亲属是这里的志愿者"), required=False)


class RestrictionForm(forms.ModelForm):
    """There is no field for what happened, because that is never kept."""

    class Meta:
        model = Restriction
        fields = ("kind", "site", "organization", "starts_on", "ends_on")
        widgets: ClassVar[dict[str, Any]] = {
            "kind": forms.RadioSelect,
            "starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ends_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        labels: ClassVar[dict[str, Any]] = {"site": _("地点"), "organization": _("组织")}
        help_texts: ClassVar[dict[str, Any]] = {"ends_on": _("不填表示直到另行登记。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = RestrictionKind.choices
        # Those that everybody may know of: a registration on its way is nobody's business but its own county's.
        fields["organization"].queryset = Organization.objects.active()
        fields["site"].empty_label = fields["organization"].empty_label = _("请选择")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for field in (RestrictionKind.SITE, RestrictionKind.ORGANIZATION):
            if values.get("kind") != field:
                values[field.value] = None
            elif not values.get(field.value):
                self.add_error(field.value, _("请选择要回避哪一个。"))
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("结束的日子不能早于开始的日子。"))
        return values


class GroupForm(forms.Form):
    """A new team; the host organization has to say yes."""

    name = forms.CharField(label=_("团队名称"), max_length=40)
    host_organization = forms.ModelChoiceField(
        label=_("依托哪个组织"),
        queryset=Organization.objects.filter(status=OrganizationStatus.ACTIVE),
        empty_label=_("请选择"),
        help_text=_("没有登记的团队要依托一个已核验的组织，由那个组织的工作人员确认。"),
    )
    capacity = forms.IntegerField(label=_("最多多少人"), min_value=2, max_value=MOST_IN_A_GROUP, initial=30)
    about = forms.CharField(
        label=_("团队介绍"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class InvitationForm(forms.Form):
    contact = forms.CharField(label=_("对方登录用的手机号或邮箱"), max_length=120)
