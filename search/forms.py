"""The question as a form: the page and the API read the same fields, and every wrong value has a sentence.

Wrong values are left out of the question; whether that is a notice (page) or a refusal (API) is the caller's affair.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.geography.distance import LngLat
from marketplace.geography.enums import AreaLevel
from marketplace.geography.models import AdminArea
from marketplace.organizations.models import ServiceCategory
from marketplace.volunteers.enums import DayPart
from marketplace.volunteers.models import Skill

from .places import NamedPlace, place_named
from .query import Kind, Near, SearchQuery, Sort
from .text import groups_of

LONGEST_TEXT = 100
FARTHEST_KM = 500
MOST_PLACES = 999
LAST_PAGE = 1_000_000
# Digits of a distance worth offering again in the drop-down.
LONGEST_KM = 6
DISTANCES_KM = ("5", "10", "20", "50", "100")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
ANY = ("", _("不限"))
# Names of fields that Python keeps for itself.
RENAMED = {"first": "from", "last": "to"}


class DayField(forms.DateField):
    """A day as browsers send it: 2026-11-28."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]
    default_error_messages = {"invalid": _("请写成 2026-11-28 这样的日期。")}
    default_validators = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class Boxes(forms.CheckboxSelectMultiple):
    """Checkboxes that take an empty value for none."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in super().value_from_datadict(data, files, name) if value]


class OneOfMany(forms.Select):
    """A drop-down of one value whose parameter may all the same be given several times."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in data.getlist(name) if value]


class SearchForm(forms.Form):
    q = forms.CharField(label=_("找什么"), max_length=LONGEST_TEXT, required=False)
    place = forms.CharField(label=_("在哪里附近"), max_length=40, required=False)
    lat = forms.FloatField(label=_("纬度"), min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)
    lng = forms.FloatField(label=_("经度"), min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    km = forms.FloatField(
        label=_("多远以内（公里）"), min_value=0, max_value=FARTHEST_KM, required=False, widget=forms.Select
    )
    on = DayField(label=_("哪一天"), required=False)
    first = DayField(label=_("从哪天起"), required=False)
    last = DayField(label=_("到哪天止"), required=False)
    part = forms.ChoiceField(label=_("时段"), choices=[ANY, *DayPart.choices], required=False)
    clearance = forms.ChoiceField(label=_("审查"), choices=[ANY, ("none", _("不需要审查"))], required=False)
    skill = forms.ModelMultipleChoiceField(
        Skill.objects.all(), to_field_name="code", label=_("会什么"), required=False, widget=Boxes
    )
    category = forms.ModelMultipleChoiceField(
        ServiceCategory.objects.all(), to_field_name="code", label=_("服务类别"), required=False, widget=Boxes
    )
    area = forms.ModelMultipleChoiceField(
        AdminArea.objects.select_related("successor__successor"),
        to_field_name="code",
        label=_("所在地"),
        required=False,
        widget=OneOfMany,
    )
    places = forms.IntegerField(label=_("至少几个空位"), min_value=0, max_value=MOST_PLACES, required=False)
    kind = forms.MultipleChoiceField(label=_("看什么"), choices=Kind.choices, required=False, widget=Boxes)
    sort = forms.ChoiceField(label=_("排序"), choices=Sort.choices, required=False)
    page = forms.IntegerField(
        label=_("页码"), min_value=1, max_value=LAST_PAGE, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, home: LngLat | None = None) -> None:
        """`home` is where distances count from when no place is asked for."""
        super().__init__(data)
        self.fields["area"].widget.choices = area_choices
        self.fields["km"].widget.choices = distance_choices(data.get("km", ""))
        self.home = home
        self.near: Near | None = None
        self.unmeasured: NamedPlace | None = None

    def add_prefix(self, field_name: str) -> str:
        return RENAMED.get(field_name, field_name)

    @property
    def single_fields(self) -> list[forms.BoundField]:
        """For the template: what is chosen once."""
        return [self[name] for name in ("on", "first", "last", "part", "places", "clearance", "area")]

    @property
    def several_fields(self) -> list[forms.BoundField]:
        """For the template: what is ticked."""
        return [self[name] for name in ("category", "skill", "kind")]

    def clean_q(self) -> str:
        text = self.cleaned_data["q"].strip()
        if text and not groups_of(text):
            raise ValidationError(_("里面没有可以查找的字词。"))
        return text

    def clean(self) -> None:
        self._refuse_backwards()
        self._place()
        given = self.cleaned_data
        if given.get("km") is not None and not self._has_place():
            self.add_error("km", _("请先写明地点，再限定距离。"))
        if given.get("sort") == Sort.DISTANCE and not (self._has_place() or self.home):
            self.add_error("sort", _("请先写明地点，再按距离排序。"))

    def _has_place(self) -> bool:
        """Whether a place was asked for, be it one without a point; a wrong one has its own sentence already."""
        return bool(self.near or self.unmeasured) or not {"place", "lat", "lng"}.isdisjoint(self.errors)

    def _refuse_backwards(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and first > last:
            self.add_error("last", _("结束日期早于开始日期。"))

    def _place(self) -> None:
        """Where to search from: a place by name, else by its degrees."""
        given = self.cleaned_data
        name, lng, lat, km = (given.get(field) for field in ("place", "lng", "lat", "km"))
        if name:
            self._named_place(name, km)
        elif lng is not None and lat is not None:
            self.near = Near(lng, lat, km, str(_("选定的位置")))
        elif lng is not None or lat is not None:
            self.add_error("lat" if lat is None else "lng", _("经度和纬度要一起填写。"))

    def _named_place(self, name: str, km: float | None) -> None:
        found = place_named(name)
        if found is None:
            self.add_error("place", _("没有找到这个地方，可以写乡镇、社区或站点的名称。"))
        elif found.lng is not None and found.lat is not None:
            self.near = Near(found.lng, found.lat, km, found.name)
        elif self.cleaned_data.get("area"):
            self.add_error("place", _("这个地方的位置待核实，不能按距离查找，已只按所在地查找。"))
        else:
            self.unmeasured = found

    def right_values(self) -> QueryDict:
        """The parameters without the wrong ones. Call it after `is_valid`."""
        right = cast(QueryDict, self.data).copy()
        for name in self.errors:
            right.pop(self.add_prefix(name), None)
        return right

    def notices(self) -> list[tuple[str, str]]:
        """What was left out of the question and why: label of the field, sentence."""
        return [(str(self[name].label), str(errors[0])) for name, errors in self.errors.items()]

    def remark(self) -> str:
        """What had to be understood differently from how it was meant."""
        if self.unmeasured is None:
            return ""
        return gettext("%(place)s的位置待核实，不能按距离查找，现在看到的是所在地为%(area)s的活动。") % {
            "place": self.unmeasured.name,
            "area": self.unmeasured.area.name,
        }

    def query(self) -> SearchQuery:
        """What is asked, without the wrong values. Call it after `is_valid`."""
        given = self.cleaned_data
        starts_from, starts_before = _span(given.get("on"), given.get("first"), given.get("last"))
        areas = [self.unmeasured.area] if self.unmeasured else given.get("area", ())
        return SearchQuery(
            text=given.get("q", ""),
            near=self.near,
            starts_from=starts_from,
            starts_before=starts_before,
            part=given.get("part", ""),
            without_clearance=bool(given.get("clearance")),
            skills=frozenset(skill.code for skill in given.get("skill", ())),
            categories=frozenset(category.code for category in given.get("category", ())),
            area_prefixes=frozenset(area.current_area.prefix for area in areas),
            places=given.get("places") or 0,
            kinds=frozenset(given.get("kind", ())),
            sort=Sort(given.get("sort") or Sort.RELEVANCE),
            page=given.get("page") or 1,
        )


def distance_choices(asked: str) -> list[tuple[str, Any]]:
    """The usual circles, and the one that was asked for."""
    is_other = len(asked) <= LONGEST_KM and asked.replace(".", "", 1).isdecimal()
    distances = dict.fromkeys([*DISTANCES_KM, *([asked] if is_other else [])])
    return [ANY, *((km, gettext("%(km)s 公里内") % {"km": km}) for km in distances)]


def area_choices() -> list[tuple[Any, Any]]:
    """Counties, each with its townships."""
    areas = list(AdminArea.objects.current().filter(level__in=(AreaLevel.COUNTY, AreaLevel.TOWNSHIP)))
    counties = [area for area in areas if area.level == AreaLevel.COUNTY]
    grouped = [
        (county.name, [(area.code, area.name) for area in areas if area.code.startswith(county.code)])
        for county in counties
    ]
    return [ANY, *grouped]


def _span(on: date | None, first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """From the first moment of the first day to before the first moment after the last, in local time."""
    starts = [day for day in (on, first) if day]
    ends = [day for day in (on, last) if day]
    return _midnight(max(starts, default=None)), _midnight(min(ends, default=None), days_later=1)


def _midnight(day: date | None, days_later: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time.min))
