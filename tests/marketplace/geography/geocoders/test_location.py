import pickle

from marketplace.geography.enums import Datum, Precision
from marketplace.geography.geocoders.location import answer, to_location, to_point
from marketplace.geography.point import Point

POINT = Point(104.95, 26.55, Precision.VILLAGE, "高德地图", Datum.GCJ02)


def test_location_speaks_latitude_first_as_geopy_does():
    location = to_location("水城区双水街道", POINT, area_code="520204002")
    assert (location.address, location.latitude, location.longitude) == ("水城区双水街道", 26.55, 104.95)


def test_location_tells_what_the_point_stands_for():
    assert to_location("双水", POINT, area_code="520204002").raw == {
        "precision": "village",
        "source": "高德地图",
        "source_datum": "GCJ-02",
        "area_code": "520204002",
    }


def test_location_raw_is_made_of_plain_values():
    raw = to_location("双水", POINT).raw
    assert {type(value) for value in raw.values()} == {str}
    assert pickle.loads(pickle.dumps(raw)) == raw


def test_location_and_back_is_the_same_point():
    assert to_point(to_location("双水", POINT)) == POINT


def test_answer_is_one_all_or_nothing():
    assert answer([], True) is None
    assert answer([], False) is None
    assert answer(["a", "b"], True) == "a"
    assert answer(["a", "b"], False) == ["a", "b"]
