import json

import pytest
from geopy.exc import GeocoderAuthenticationFailure, GeocoderServiceError, GeocoderTimedOut

from marketplace.geography.geocoders.tianditu import Tianditu

from .edge import adapter_answering, query_of


def page(**place):
    plain = {"lon": "104.955179", "lat": "26.551542", "level": "地名", "keyWord": "双水街道", "score": 100}
    return {"msg": "ok", "location": {**plain, **place}, "searchVersion": "6.4.9V", "status": "0"}


def tianditu(answer, asked=None):
    return Tianditu("test-key", adapter_factory=adapter_answering(answer, [] if asked is None else asked))


def test_tianditu_asks_with_the_key_word_as_json():
    asked = []
    tianditu(page(), asked).geocode('双水"街道"')
    (url,) = asked
    assert url.startswith("https://api.tianditu.gov.cn/geocoder?")
    query = query_of(url)
    assert (json.loads(query["ds"]), query["tk"]) == ({"keyWord": '双水"街道"'}, "test-key")


def test_tianditu_answers_in_wgs84_as_given():
    location = tianditu(page()).geocode("双水")
    assert (location.address, location.longitude, location.latitude) == ("双水街道", 104.955179, 26.551542)
    assert location.raw == {"precision": "township", "source": "天地图", "source_datum": "WGS-84", "area_code": ""}


@pytest.mark.parametrize(
    ("level", "precision"), [("门址", "address"), ("兴趣点", "address"), ("地名", "township"), ("", "township")]
)
def test_tianditu_only_a_house_is_an_address(level, precision):
    assert tianditu(page(level=level)).geocode("双水").raw["precision"] == precision


def test_tianditu_takes_numbers_as_well_as_text():
    location = tianditu(page(lon=104.9, lat=26.5)).geocode("双水")
    assert (location.longitude, location.latitude) == (104.9, 26.5)


def test_tianditu_keeps_the_question_where_the_answer_has_no_name():
    assert tianditu(page(keyWord="")).geocode("双水").address == "双水"


def test_tianditu_gives_a_list_when_asked():
    found = tianditu(page()).geocode("双水", exactly_one=False)
    assert [location.address for location in found] == ["双水街道"]


def test_tianditu_finds_nothing():
    assert tianditu({"msg": "无结果", "status": "101"}).geocode("无此地") is None


def test_tianditu_refused_key():
    with pytest.raises(GeocoderAuthenticationFailure, match="^300001 非法Key$"):
        tianditu({"msg": "非法Key", "code": 300001}).geocode("双水")


def test_tianditu_failure_of_the_service():
    with pytest.raises(GeocoderServiceError, match="^404 出错$") as raised:
        tianditu({"msg": "出错", "status": "404"}).geocode("双水")
    assert raised.type is GeocoderServiceError


def test_tianditu_errors_of_the_network_pass_through():
    with pytest.raises(GeocoderTimedOut):
        tianditu(GeocoderTimedOut("慢")).geocode("双水")
