from dataclasses import FrozenInstanceError

import pytest

from marketplace.geography.datums import gcj02_from_wgs84, wgs84_from_bd09
from marketplace.geography.enums import Datum, Precision
from marketplace.geography.point import Box, Point


def test_point_is_an_exact_wgs84_address_unless_said():
    point = Point(104.85, 26.59)
    assert (point.precision, point.source, point.source_datum) == (Precision.ADDRESS, "", Datum.WGS84)


def test_point_cannot_be_moved():
    with pytest.raises(FrozenInstanceError):
        Point(104.85, 26.59).lng = 0


def test_point_in_gcj02_is_kept_as_wgs84():
    point = Point.in_datum(
        Datum.GCJ02, *gcj02_from_wgs84(104.85, 26.59), precision=Precision.VILLAGE, source="高德地图"
    )
    assert (round(point.lng, 7), round(point.lat, 7)) == (104.85, 26.59)
    assert (point.precision, point.source, point.source_datum) == (Precision.VILLAGE, "高德地图", Datum.GCJ02)


def test_point_in_bd09_is_kept_as_wgs84():
    point = Point.in_datum(Datum.BD09, 104.86, 26.6)
    assert (point.lng, point.lat) == wgs84_from_bd09(104.86, 26.6)
    assert point.source_datum == Datum.BD09


def test_point_in_wgs84_stays_where_it_is():
    assert Point.in_datum(Datum.WGS84, 104.85, 26.59) == Point(104.85, 26.59)


def test_box_contains_its_inside_and_its_border():
    box = Box(104, 25, 105, 26)
    assert box.contains(104.5, 25.5)
    assert box.contains(104, 26)


@pytest.mark.parametrize(("lng", "lat"), [(103.9, 25.5), (105.1, 25.5), (104.5, 24.9), (104.5, 26.1)])
def test_box_does_not_contain_what_lies_beside_it(lng, lat):
    assert not Box(104, 25, 105, 26).contains(lng, lat)


def test_box_contains_no_missing_number():
    assert not Box(104, 25, 105, 26).contains(float("nan"), 25.5)


def test_box_in_gcj02_moves_as_a_whole():
    moved = Box.in_datum(Datum.GCJ02, 104.6, 26.5, 105.1, 26.9)
    assert moved.min_lng < 104.6
    assert moved.max_lng < 105.1
    assert moved.min_lat > 26.5
    assert moved.max_lat > 26.9


def test_box_in_gcj02_holds_the_converted_corners():
    moved = Box.in_datum(Datum.GCJ02, 104.6, 26.5, 105.1, 26.9)
    for corner in [(104.6, 26.5), (104.6, 26.9), (105.1, 26.5), (105.1, 26.9)]:
        point = Point.in_datum(Datum.GCJ02, *corner)
        assert moved.contains(point.lng, point.lat)


def test_box_in_wgs84_stays_where_it_is():
    assert Box.in_datum(Datum.WGS84, 104, 25, 105, 26) == Box(104, 25, 105, 26)
