"""What somebody means who types a place."""

import pytest

from search.places import place_named
from tests.factories import a_site, an_area

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("双水街道", "双水街道"),
        ("双水", "双水街道"),
        ("shuangshui", "双水街道"),
        ("ssjd", "双水街道"),
        ("双水社区", "双水社区居民委员会"),
        ("水城县", "水城区"),
        ("六盘水市水城区双水街道某路 5 号", "双水街道"),
    ],
)
def test_division_by_name_pinyin_former_name_or_address(typed, name):
    assert place_named(typed).name == name


def test_site_by_its_whole_name_comes_before_a_division():
    site = a_site(name="双水街道", lng=104.5, lat=26.1)
    found = place_named(" 双水街道 ")
    assert (found.name, found.area, found.lng, found.lat) == ("双水街道", site.area, 104.5, 26.1)


def test_site_by_a_part_of_its_name():
    a_site(name="月亮湾儿童之家（二期）")
    a_site(name="月亮湾儿童之家")
    assert place_named("月亮湾").name == "月亮湾儿童之家"


def test_closed_site_is_no_place():
    a_site(name="月亮湾儿童之家", status="closed")
    assert place_named("月亮湾") is None


def test_division_whose_point_is_a_placeholder_has_none():
    found = place_named("尖山街道")
    assert (found.area, found.lng, found.lat) == (an_area(found.area.code), None, None)


@pytest.mark.parametrize("typed", ["", "   ", "火星", "'; --", "%", "|"])
def test_what_is_no_place_is_none(typed):
    assert place_named(typed) is None
