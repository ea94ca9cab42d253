"""The forms of a site: what is known of it, where it is, who keeps it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.documents.forms import SheetField
from marketplace.geography.enums import Datum, Precision
from marketplace.geography.models import AdminArea
from marketplace.geography.point import Point
from marketplace.geography.queries import bounds_of
from marketplace.geography.rules import refuse_point, warn_point

from .models import ServiceSite
from .queries import areas_for, relocation_sites_of
from .rules import KEEPER_FIELDS, refuse_change

# Both, so that two that were swapped are told from nonsense.
DEGREES: dict[str, Any] = {"min_value": -180, "max_value": 180}
STAFF_FIELDS = (
    "name",
    "kind",
    "area",
    "address",
    "relocation_site",
    *KEEPER_FIELDS,
    "households",
    "residents",
    "source_note",
)


class SiteForm(forms.ModelForm):
    """For keepers only what they know best; `area` is chosen among those of the person."""

    class Meta:
        model = ServiceSite
        fields = STAFF_FIELDS
        help_texts = {
            "name": _("大家怎么叫它，例如：双水社区儿童之家"),
            "area": _("老人的需求只公开到村（社区），请不要用住户的门牌。"),
            "address": _("所有人都能看到，写到能找到门为止。"),
            "relocation_site": _("儿童之家建在安置点里时选。"),
            "opening_hours": _("例如：周一至周五 16:30–19:00"),
            "source_note": _("例如：街道 2026 年 3 月摸底表"),
        }
        error_messages = {
            "name": {"required": _("请写名称。")},
            "kind": {"required": _("请选择类型。")},
            "area": {"required": _("请选择所在地。"), "invalid_choice": _("请在您管辖的地区里选择。")},
        }

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if self.instance.pk and refuse_change(self.instance, user):
            for name in set(STAFF_FIELDS) - set(KEEPER_FIELDS):
                del fields[name]
            return
        areas = areas_for(user).select_related("parent").order_by("code")
        fields["area"].queryset = areas
        fields["area"].choices = _grouped(areas)
        fields["relocation_site"].queryset = relocation_sites_of(user)
        fields["relocation_site"].empty_label = _("不在安置点里")


def _grouped(areas: Any) -> list[Any]:
    """The villages under their township, which comes first among them."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    names: dict[str, AdminArea] = {}
    for area in areas:
        town = area if len(area.code) == 9 else area.parent
        names[town.code] = town
        groups[town.code].append((area.pk, area.name))
    return [("", _("请选择")), *((names[code].name, choices) for code, choices in groups.items())]


class PinForm(forms.Form):
    """Degrees in a named datum; a point that only seems odd is asked about once."""

    lng = forms.FloatField(
        label=_("经度"),
        **DEGREES,
        help_text=_("六盘水在 104.3 到 105.8 之间"),
        error_messages={"required": _("请填写经度，或在图上点一下。"), "invalid": _("经度是一个数，例如 104.957。")},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    lat = forms.FloatField(
        label=_("纬度"),
        **DEGREES,
        help_text=_("六盘水在 25.3 到 27.0 之间"),
        error_messages={"required": _("请填写纬度，或在图上点一下。"), "invalid": _("纬度是一个数，例如 26.541。")},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    datum = forms.ChoiceField(
        label=_("这两个数从哪里来"),
        choices=[
            (Datum.GCJ02, _("高德、腾讯地图（GCJ-02）")),
            (Datum.BD09, _("百度地图（BD-09）")),
            (Datum.WGS84, _("手机定位、天地图，或在这张图上点的（WGS-84）")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择：同一个地方，不同地图的经纬度差几百米。"),
            "invalid_choice": _("请在列出的里面选择。"),
        },
    )
    is_sure = forms.BooleanField(label=_("核对过了，就是这里"), required=False)

    def __init__(self, site: ServiceSite, *args: Any, **kwargs: Any) -> None:
        self.site = site
        super().__init__(*args, **kwargs)

    @property
    def point(self) -> Point:
        """To be asked when the fields are clean."""
        datum = Datum(self.cleaned_data["datum"])
        return Point.in_datum(
            datum,
            self.cleaned_data["lng"],
            self.cleaned_data["lat"],
            precision=Precision.ADDRESS,
            source=f"工作人员标出（{datum}）",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"lng", "lat", "datum"} <= set(cleaned):
            bounds = bounds_of(self.site.area)
            if sentence := refuse_point(self.point, bounds):
                self.add_error(None, sentence)
            elif not cleaned["is_sure"] and (question := warn_point(self.point, bounds)):
                self.add_error("is_sure", question)
        return cleaned


class KeeperForm(forms.Form):
    login = forms.CharField(
        label=_("对方登录用的邮箱或手机号"),
        max_length=254,
        error_messages={"required": _("请填写邮箱或手机号。")},
    )
    is_director = forms.BooleanField(
        label=_("请他（她）担任儿童主任"), required=False, help_text=_("一处只有一位；新的确认后接替原来的。")
    )


class SheetForm(forms.Form):
    sheet = SheetField(label=_("表格"))
