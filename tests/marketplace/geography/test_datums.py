import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.geography.actions import DATA
from marketplace.geography.datums import (
    bd09_from_wgs84,
    gcj02_from_wgs84,
    to_wgs84,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)
from marketplace.geography.distance import great_circle_km
from marketplace.geography.enums import Datum

PREFECTURE_LNG = st.floats(104.2, 105.8)
PREFECTURE_LAT = st.floats(25.2, 27.0)
CHINA_LNG = st.floats(74, 134)
CHINA_LAT = st.floats(18, 53)

SEATS = {
    "钟山区": (104.843, 26.588),
    "六枝特区": (105.471, 26.214),
    "盘州市": (104.466, 25.710),
}

TENTH_OF_A_METRE_KM = 0.0001


def published_points():
    with (DATA / "townships.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wgs84 = float(row["lng"]), float(row["lat"])
            yield wgs84, (float(row["lng_gcj02"]), float(row["lat_gcj02"]))


@given(CHINA_LNG, CHINA_LAT)
def test_gcj02_there_and_back_is_the_same_place(lng, lat):
    back = wgs84_from_gcj02(*gcj02_from_wgs84(lng, lat))
    assert great_circle_km((lng, lat), back) < TENTH_OF_A_METRE_KM


@given(PREFECTURE_LNG, PREFECTURE_LAT)
def test_gcj02_back_and_there_is_the_same_place(lng, lat):
    there = gcj02_from_wgs84(*wgs84_from_gcj02(lng, lat))
    assert great_circle_km((lng, lat), there) < TENTH_OF_A_METRE_KM


@given(CHINA_LNG, CHINA_LAT)
def test_bd09_there_and_back_is_the_same_place(lng, lat):
    back = wgs84_from_bd09(*bd09_from_wgs84(lng, lat))
    assert great_circle_km((lng, lat), back) < TENTH_OF_A_METRE_KM


@given(PREFECTURE_LNG, PREFECTURE_LAT)
def test_bd09_back_and_there_is_the_same_place(lng, lat):
    there = bd09_from_wgs84(*wgs84_from_bd09(lng, lat))
    assert great_circle_km((lng, lat), there) < TENTH_OF_A_METRE_KM


def test_gcj02_agrees_with_the_published_township_points():
    errors = [great_circle_km(gcj02_from_wgs84(*wgs84), gcj02) for wgs84, gcj02 in published_points()]
    assert len(errors) == 92
    assert max(errors) < 0.0003


@pytest.mark.parametrize("seat", SEATS)
def test_gcj02_lies_four_to_five_hundred_metres_off(seat):
    offset = great_circle_km(SEATS[seat], gcj02_from_wgs84(*SEATS[seat]))
    assert 0.40 < offset < 0.50


@pytest.mark.parametrize("seat", SEATS)
def test_bd09_lies_about_a_kilometre_off(seat):
    offset = great_circle_km(SEATS[seat], bd09_from_wgs84(*SEATS[seat]))
    assert 0.93 < offset < 1.04


def test_gcj02_knows_no_offset_outside_china():
    assert gcj02_from_wgs84(2.35, 48.85) == (2.35, 48.85)
    assert wgs84_from_gcj02(2.35, 48.85) == (2.35, 48.85)


def test_longitude_comes_first():
    lng, lat = gcj02_from_wgs84(104.843, 26.588)
    assert (round(lng), round(lat)) == (105, 27)


def test_to_wgs84_takes_each_datum_by_its_own_way():
    lng, lat = 104.85, 26.59
    assert to_wgs84(Datum.WGS84, lng, lat) == (lng, lat)
    assert to_wgs84(Datum.GCJ02, lng, lat) == wgs84_from_gcj02(lng, lat)
    assert to_wgs84(Datum.BD09, lng, lat) == wgs84_from_bd09(lng, lat)
    assert len({to_wgs84(datum, lng, lat) for datum in Datum}) == 3
