import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.geography.point import Box, Point
from marketplace.geography.rules import Bounds, NamedBox, refuse_point, warn_point

PREFECTURE = NamedBox("六盘水市", Box(104.3, 25.3, 105.7, 26.9))
COUNTY = NamedBox("水城区", Box(104.6, 26.0, 105.2, 26.7))
OWN = NamedBox("玉舍镇", Box(104.7, 26.4, 104.8, 26.5))
OTHER_OWN = NamedBox("玉舍镇东", Box(104.9, 26.4, 105.0, 26.5))
FORMER = NamedBox("滥坝镇", Box(104.9, 26.5, 105.0, 26.6))
OTHER_FORMER = NamedBox("老屋基乡", Box(105.0, 26.5, 105.1, 26.6))

ANYWHERE = Bounds(PREFECTURE)
IN_COUNTY = Bounds(PREFECTURE, COUNTY)
IN_TOWNSHIP = Bounds(PREFECTURE, COUNTY, "玉舍镇", own=(OWN,))
IN_TWO_BOXES = Bounds(PREFECTURE, COUNTY, "玉舍镇", own=(OWN, OTHER_OWN))
IN_FORMER = Bounds(PREFECTURE, COUNTY, "双水街道", former=(FORMER, OTHER_FORMER))


def test_refuse_point_nothing_filled_in():
    assert refuse_point(Point(0, 0), ANYWHERE) == "经纬度是 0,0，说明还没有选点，请在地图上选点或填写经纬度。"


def test_refuse_point_swapped_axes():
    assert refuse_point(Point(26.45, 104.75), ANYWHERE) == "经度和纬度填反了，请把两个数互换。"


def test_refuse_point_outside_the_prefecture():
    assert refuse_point(Point(106.7, 26.6), ANYWHERE) == "这个点不在六盘水市范围内，请重新选点。"


def test_refuse_point_outside_the_township():
    assert refuse_point(Point(104.85, 26.45), IN_TOWNSHIP) == "这个点不在玉舍镇范围内，请核对位置或所选的乡镇（街道）。"


def test_refuse_point_outside_the_county():
    assert (
        refuse_point(Point(104.5, 25.7), IN_COUNTY) == "这个点不在水城区范围内，请核对位置或所选的县（市、区、特区）。"
    )


def test_refuse_point_sentences_differ():
    wrong = [
        (Point(0, 0), ANYWHERE),
        (Point(26.45, 104.75), ANYWHERE),
        (Point(106.7, 26.6), ANYWHERE),
        (Point(104.85, 26.45), IN_TOWNSHIP),
        (Point(104.5, 25.7), IN_COUNTY),
    ]
    assert len({refuse_point(point, bounds) for point, bounds in wrong}) == 5


@pytest.mark.parametrize("bounds", [ANYWHERE, IN_COUNTY, IN_TOWNSHIP, IN_TWO_BOXES, IN_FORMER])
@pytest.mark.parametrize(
    ("point", "beginning"),
    [
        (Point(0, 0), "经纬度是 0,0"),
        (Point(26.45, 104.75), "经度和纬度填反了"),
        (Point(116.4, 39.9), "这个点不在六盘水市"),
    ],
)
def test_refuse_point_first_tells_the_coarsest_mistake(point, beginning, bounds):
    assert refuse_point(point, bounds).startswith(beginning)


def test_refuse_point_missing_number_is_outside():
    assert refuse_point(Point(float("nan"), 26.5), ANYWHERE) == "这个点不在六盘水市范围内，请重新选点。"


def test_refuse_point_zero_is_a_fact_only_for_both_axes():
    assert refuse_point(Point(0, 26.5), ANYWHERE) == "这个点不在六盘水市范围内，请重新选点。"


@pytest.mark.parametrize(
    ("point", "bounds"),
    [
        (Point(104.75, 26.45), ANYWHERE),
        (Point(104.75, 26.45), IN_COUNTY),
        (Point(104.75, 26.45), IN_TOWNSHIP),
        (Point(104.95, 26.45), IN_TWO_BOXES),
    ],
)
def test_refuse_point_inside_is_allowed(point, bounds):
    assert refuse_point(point, bounds) is None


def test_refuse_point_any_box_of_the_township_will_do():
    between_the_boxes = Point(104.85, 26.45)
    assert refuse_point(Point(104.75, 26.45), IN_TWO_BOXES) is None
    assert refuse_point(Point(104.95, 26.45), IN_TWO_BOXES) is None
    assert refuse_point(between_the_boxes, IN_TWO_BOXES).startswith("这个点不在玉舍镇范围内")


def test_refuse_point_outside_a_former_unit_is_allowed_within_the_county():
    assert refuse_point(Point(104.7, 26.2), IN_FORMER) is None


def test_refuse_point_outside_a_former_unit_and_the_county():
    assert refuse_point(Point(104.5, 25.7), IN_FORMER).startswith("这个点不在水城区范围内")


def test_warn_point_outside_every_former_unit():
    assert (
        warn_point(Point(104.7, 26.2), IN_FORMER)
        == "这个点不在双水街道的前身（滥坝镇、老屋基乡）范围内，请再核对一次。"
    )


@pytest.mark.parametrize("point", [Point(104.95, 26.55), Point(105.05, 26.55)])
def test_warn_point_inside_one_former_unit_is_silent(point):
    assert warn_point(point, IN_FORMER) is None


@pytest.mark.parametrize("bounds", [ANYWHERE, IN_COUNTY, IN_TOWNSHIP])
def test_warn_point_is_silent_where_there_is_no_former_unit(bounds):
    assert warn_point(Point(104.7, 26.2), bounds) is None


def test_warn_point_is_silent_where_the_townships_own_box_has_decided():
    bounds = Bounds(PREFECTURE, COUNTY, "玉舍镇", own=(OWN,), former=(FORMER,))
    assert warn_point(Point(104.75, 26.45), bounds) is None


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_refuse_point_allows_exactly_what_lies_in_the_prefecture(lng, lat):
    assert (refuse_point(Point(lng, lat), ANYWHERE) is None) == PREFECTURE.box.contains(lng, lat)
