import pytest

from marketplace.geography.enums import AreaKind, AreaLevel, Datum, Precision
from marketplace.geography.models import AdminArea, TravelTime
from marketplace.geography.point import Point
from marketplace.geography.queries import (
    bounds_of,
    find_in_address,
    find_places,
    known_journeys,
    list_areas,
    point_of,
    points_of,
)
from marketplace.geography.rules import refuse_point, warn_point

pytestmark = pytest.mark.django_db

UNRELIABLE = ["尖山街道", "海坪街道", "新桥街道", "以朵街道", "石龙街道", "红桥街道"]


def area(code):
    return AdminArea.objects.get(code=code)


def names(areas):
    return [one.name for one in areas]


@pytest.mark.parametrize("typed", ["双水", "双水街道", "shuangshui", "Shuang Shui", "ss", "ssjd", "滥坝镇"])
def test_find_places_finds_a_township_however_it_is_typed(typed):
    assert find_places(typed)[0] == area("520204002")


@pytest.mark.parametrize(
    ("typed", "today"),
    [
        ("水城县", "水城区"),
        ("盘县", "盘州市"),
        ("盘县特区", "盘州市"),
        ("shuichengxian", "水城区"),
        ("panxian", "盘州市"),
    ],
)
def test_find_places_a_former_county_leads_to_its_successor(typed, today):
    assert names(find_places(typed))[0] == today


def test_find_places_a_former_township_leads_to_all_that_came_of_it():
    assert names(find_places("平寨镇")) == ["九龙街道", "银壶街道", "塔山街道"]


def test_find_places_finds_villages():
    assert find_places("幸福里社区") == [area("520201018003")]
    assert find_places("幸福里") == [area("520201018003")]


def test_find_places_whole_names_come_before_beginnings():
    assert names(find_places("双水")) == ["双水街道", "双水社区居民委员会"]


def test_find_places_wide_divisions_come_before_narrow_ones():
    levels = [one.level for one in find_places("盘", limit=None)]
    assert levels[:2] == [AreaLevel.COUNTY, AreaLevel.TOWNSHIP]
    assert set(levels[2:]) == {AreaLevel.VILLAGE}
    assert names(find_places("l"))[:3] == ["六盘水市", "六枝特区", "龙河镇"]


def test_find_places_names_each_place_once():
    found = find_places("盘县", limit=None)
    assert len(found) == len(set(found))


def test_find_places_shows_current_divisions_only():
    assert all(one.is_current for typed in "水盘" for one in find_places(typed, limit=None))


@pytest.mark.parametrize("typed", ["", "   ", "贵阳", "%", "双水街道东"])
def test_find_places_finds_nothing(typed):
    assert find_places(typed) == []


def test_find_places_shows_no_more_than_asked():
    assert len(find_places("s", limit=3)) == 3
    assert len(find_places("s")) == 10
    assert len(find_places("s", limit=None)) > 50


@pytest.mark.parametrize("typed", ["双水", "s"])
def test_find_places_asks_once(typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        names(one.parent for one in find_places(typed))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("贵州省六盘水市水城区双水街道双水社区8号", "双水社区居民委员会"),
        ("六盘水市 水城区 双水街道 人民路", "双水街道"),
        ("钟山区大河镇", "大河镇"),
        ("贵州省六盘水市钟山区", "钟山区"),
        ("六盘水市", "六盘水市"),
    ],
)
def test_find_in_address_takes_the_narrowest_division(address, found):
    assert find_in_address(address).name == found


@pytest.mark.parametrize("address", ["", "北京市东城区", "人民路 8 号"])
def test_find_in_address_knows_nothing_of_elsewhere(address):
    assert find_in_address(address) is None


def villages_of_one_name():
    """A village name that stands in two counties, and one of its villages."""
    by_name = {}
    for village in AdminArea.objects.villages().order_by("code"):
        by_name.setdefault(village.short_name, []).append(village)
    return next(
        group
        for group in by_name.values()
        if len({one.code[:6] for one in group}) == len(group) == 2 and len(group[0].short_name) > 3
    )


def test_find_in_address_tells_villages_of_one_name_apart_by_their_county():
    one, other = villages_of_one_name()
    assert find_in_address(f"{area(one.code[:6]).name}{one.short_name}") == one
    assert find_in_address(f"{area(other.code[:6]).name}{other.short_name}") == other


def test_find_in_address_does_not_guess_between_villages_of_one_name():
    one, _other = villages_of_one_name()
    assert find_in_address(one.short_name) is None
    assert find_in_address(f"六盘水市{one.short_name}") == area("520200")


def test_point_of_a_township():
    point = point_of(area("520204002"))
    assert (point.lng, point.lat) == (104.955179, 26.551542)
    assert (point.precision, point.source_datum) == (Precision.TOWNSHIP, Datum.GCJ02)


def test_point_of_a_village_is_its_township_and_says_so():
    assert point_of(area("520204002005")) == point_of(area("520204002"))


@pytest.mark.parametrize("name", UNRELIABLE)
def test_point_of_a_placeholder_is_none(name):
    township = AdminArea.objects.get(name=name)
    village = AdminArea.objects.villages().filter(parent=township).first()
    assert (point_of(township), point_of(village)) == (None, None)


@pytest.mark.parametrize("name", UNRELIABLE)
def test_point_of_a_placeholder_is_the_county_when_asked(name):
    point = point_of(AdminArea.objects.get(name=name), or_county=True)
    assert point == point_of(area("520204"))
    assert point.precision == Precision.COUNTY


def test_point_of_a_reliable_township_stays_when_the_county_would_do():
    assert point_of(area("520204002"), or_county=True).precision == Precision.TOWNSHIP


def test_point_of_a_former_county_is_its_successors():
    assert point_of(area("520202")) == point_of(area("520281"))


def test_point_of_every_township_but_six():
    points = points_of(AdminArea.objects.townships())
    without = set(AdminArea.objects.townships().exclude(code__in=points).values_list("name", flat=True))
    assert (len(points), without) == (86, set(UNRELIABLE))


def test_point_of_a_zone_is_its_own_only():
    zone = AdminArea.objects.create(code="520204002X", name="园区", level=AreaLevel.TOWNSHIP)
    zone.kind = AreaKind.FUNCTIONAL_ZONE
    assert point_of(zone, or_county=True) is None


@pytest.mark.parametrize("count", [1, 30])
def test_points_of_asks_once(count, django_assert_num_queries):
    areas = list(AdminArea.objects.villages()[:count])
    with django_assert_num_queries(1):
        assert len(points_of(areas)) == count


def test_bounds_of_a_township_with_its_own_box():
    bounds = bounds_of(AdminArea.objects.get(name="玉舍镇"))
    assert [box.name for box in bounds.own] == ["玉舍镇"]
    assert (bounds.prefecture.name, bounds.county.name, bounds.township_name) == ("六盘水市", "水城区", "玉舍镇")
    assert bounds.former == ()


def test_bounds_of_a_township_with_former_units():
    bounds = bounds_of(AdminArea.objects.get(name="胜境街道"))
    assert ([box.name for box in bounds.former], bounds.own) == (["平关镇", "火铺镇"], ())


def test_bounds_of_a_village_are_its_townships():
    assert bounds_of(area("520204002005")) == bounds_of(area("520204002"))


def test_bounds_of_a_township_without_box_are_the_county():
    bounds = bounds_of(AdminArea.objects.get(name="海坪街道"))
    assert (bounds.own, bounds.former, bounds.county.name) == ((), (), "水城区")


def test_bounds_of_a_former_county_are_its_successors():
    assert bounds_of(area("520221")) == bounds_of(area("520204"))


def test_bounds_of_nothing_are_the_prefecture():
    bounds = bounds_of()
    assert (bounds.prefecture.name, bounds.county, bounds.own, bounds.former) == ("六盘水市", None, (), ())


def test_bounds_of_asks_once(django_assert_num_queries):
    township = area("520204002")
    with django_assert_num_queries(1):
        bounds_of(township)


def test_bounds_refuse_a_point_of_another_township():
    bounds = bounds_of(AdminArea.objects.get(name="玉舍镇"))
    elsewhere = point_of(area("520204002"))
    assert refuse_point(elsewhere, bounds) == "这个点不在玉舍镇范围内，请核对位置或所选的乡镇（街道）。"


def test_bounds_warn_of_a_point_outside_the_former_unit():
    bounds = bounds_of(area("520204002"))
    west_of_it = Point(104.75, 26.45)
    assert refuse_point(west_of_it, bounds) is None
    assert warn_point(west_of_it, bounds) == "这个点不在双水街道的前身（滥坝镇）范围内，请再核对一次。"


def test_bounds_refuse_a_point_of_another_county_where_the_township_has_no_box():
    bounds = bounds_of(AdminArea.objects.get(name="海坪街道"))
    assert refuse_point(point_of(area("520281")), bounds).startswith("这个点不在水城区范围内")


def test_list_areas_holds_every_current_division_by_code():
    found = list_areas()
    assert len(found) == 1249
    assert [one.code for one in found] == sorted(one.code for one in found)


def test_list_areas_of_a_level_below_a_division():
    found = list_areas(level="township", parent="520204")
    assert (len(found), {one.parent.code for one in found}) == (30, {"520204"})


def test_list_areas_answers_a_text():
    assert names(list_areas(text="ss", level="township")) == ["双水街道"]
    assert names(list_areas(text="水城县")) == ["水城区"]
    assert list_areas(text="ss", parent="520200") == []


def test_known_journeys_by_the_codes_of_both_ends():
    TravelTime.objects.create(from_area=area("520201"), to_area=area("520204"), minutes=35, source="客运站")
    assert known_journeys() == {("520201", "520204"): 35}
