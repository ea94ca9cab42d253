from geopy.distance import great_circle
from hypothesis import assume, given
from hypothesis import strategies as st

from marketplace.geography.distance import EARTH_RADIUS_KM, box_around, great_circle_km
from marketplace.geography.point import Box

LNG = st.floats(-180, 180)
LAT = st.floats(-90, 90)
PLACE = st.tuples(LNG, LAT)
NEARBY = st.tuples(st.floats(104.3, 105.8), st.floats(25.3, 27.0))

SHUANGSHUI = (104.955179, 26.551542)
DAHE = (104.840800, 26.637242)


@given(PLACE, PLACE)
def test_great_circle_agrees_with_geopy(a, b):
    theirs = great_circle(a[::-1], b[::-1]).kilometers
    assert abs(great_circle_km(a, b) - theirs) < 1e-6


@given(NEARBY, NEARBY)
def test_great_circle_agrees_with_geopy_in_the_prefecture(a, b):
    theirs = great_circle(a[::-1], b[::-1]).kilometers
    assert abs(great_circle_km(a, b) - theirs) < 1e-6


@given(PLACE, PLACE)
def test_great_circle_is_the_same_both_ways(a, b):
    assert abs(great_circle_km(a, b) - great_circle_km(b, a)) < 1e-6


@given(PLACE)
def test_great_circle_to_itself_is_nothing(a):
    assert great_circle_km(a, a) < 1e-6


def test_great_circle_of_a_quarter_turn():
    quarter = EARTH_RADIUS_KM * 3.141592653589793 / 2
    assert abs(great_circle_km((0, 0), (0, 90)) - quarter) < 1e-9
    assert abs(great_circle_km((0, 0), (90, 0)) - quarter) < 1e-9


def test_great_circle_between_two_townships():
    assert round(great_circle_km(SHUANGSHUI, DAHE), 1) == 14.8


@given(NEARBY, NEARBY, st.floats(0, 200))
def test_box_around_holds_the_circle(centre, other, radius_km):
    assume(great_circle_km(centre, other) <= radius_km)
    grown = box_around(centre, radius_km + 1e-6)
    assert grown.contains(*other)


@given(NEARBY, st.floats(1, 200))
def test_box_around_is_no_larger_than_the_circle(centre, radius_km):
    lng, lat = centre
    box = box_around(centre, radius_km)
    assert abs(great_circle_km(centre, (lng, box.max_lat)) - radius_km) < 1e-6
    assert abs(great_circle_km(centre, (lng, box.min_lat)) - radius_km) < 1e-6
    assert great_circle_km(centre, (box.max_lng, lat)) >= radius_km - 1e-6
    assert great_circle_km(centre, (box.max_lng, lat)) < radius_km * 1.01


def test_box_around_nothing_is_the_point():
    assert box_around((104.85, 26.59), 0) == Box(104.85, 26.59, 104.85, 26.59)


def test_box_around_a_pole_takes_every_longitude():
    box = box_around((10, 89.9), 100)
    assert (box.min_lng, box.max_lng, box.max_lat) == (-180, 180, 90)


def test_box_around_a_place_beside_a_pole_stays_narrow():
    box = box_around((10, 89.5), 1)
    assert 0 < box.min_lng < 10 < box.max_lng < 20


def test_box_around_the_date_line_takes_every_longitude():
    box = box_around((179.9, 0), 100)
    assert (box.min_lng, box.max_lng) == (-180, 180)
    assert box.max_lat < 1
