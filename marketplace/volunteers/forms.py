"""A volunteer's own profile: the two questions of a first sign-up, and all of it. Then what staff saw of a check."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from marketplace.geography.models import AdminArea

from .enums import AgeGroup, ClearanceResult, DayPart
from .models import ClearanceKind, Skill, Volunteer

USUAL_RADIUS_KM = 20
LONGEST_RADIUS_KM = 200
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
