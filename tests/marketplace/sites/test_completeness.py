"""What is missing of a site of each kind, and who mends it. Nothing here touches the database."""

from __future__ import annotations

import pytest

from marketplace.sites.completeness import Kept, completeness
from marketplace.sites.enums import SiteKind
from marketplace.sites.models import ServiceSite, SiteKeeper

KNOWN = {
    "lng": 104.9,
    "lat": 26.5,
    "address": "双水街道",
    "opening_hours": "周末",
    "capacity": 30,
    "floor_area_m2": 80,
    "households": 10,
    "residents": 40,
    "source_note": "街道摸底",
}
LABELS = {
    "childrens_home": ["位置", "儿童主任", "负责人", "公开地址", "开放时间", "可容纳人数", "面积", "资料来源"],
    "relocation_site": ["位置", "公开地址", "户数和人数", "资料来源"],
    "village": ["位置", "负责人", "公开地址", "资料来源"],
    "elder_point": ["位置", "负责人", "公开地址", "开放时间", "可容纳人数", "资料来源"],
}
FIELD_OF = {
    "公开地址": "address",
    "开放时间": "opening_hours",
    "可容纳人数": "capacity",
    "面积": "floor_area_m2",
    "资料来源": "source_note",
}


def kept(kind: str, *, director: bool = True, **fields) -> Kept:
    return Kept(ServiceSite(kind=kind, **{**KNOWN, **fields}), (SiteKeeper(is_director=director),))


def labels(wanted) -> list[str]:
    return [str(one.label) for one in wanted]


@pytest.mark.parametrize("kind", SiteKind.values)
def test_nothing_known_is_all_missing(kind):
    state = completeness(Kept(ServiceSite(kind=kind), ()))
    assert (labels(state.missing), state.known, state.is_whole) == (LABELS[kind], (), False)


@pytest.mark.parametrize("kind", SiteKind.values)
def test_all_known_is_whole(kind):
    state = completeness(kept(kind))
    assert (labels(state.known), state.missing, state.is_whole) == (LABELS[kind], (), True)
    assert state.total == len(LABELS[kind])


@pytest.mark.parametrize("label", FIELD_OF)
def test_an_empty_field_is_what_is_missing(label):
    name = FIELD_OF[label]
    empty = None if isinstance(KNOWN[name], int) else ""
    state = completeness(kept("childrens_home", **{name: empty}))
    assert labels(state.missing) == [label]


def test_missing_point_and_director_are_mended_by_staff():
    state = completeness(kept("childrens_home", director=False, lng=None, lat=None))
    assert [(str(one.label), str(one.mends), one.page) for one in state.missing] == [
        ("位置", "乡镇（街道）工作人员", "desk_site_pin"),
        ("儿童主任", "乡镇（街道）工作人员", "desk_site"),
    ]


@pytest.mark.parametrize("known", [{"households": None}, {"residents": None}])
def test_half_a_figure_is_missing(known):
    assert labels(completeness(kept("relocation_site", **known)).missing) == ["户数和人数"]
