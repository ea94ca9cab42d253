import pytest
from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from marketplace.geography.datums import gcj02_from_wgs84
from marketplace.geography.geocoders.amap import Amap

from .edge import adapter_answering, query_of

WGS84 = (104.955179, 26.551542)
GCJ02 = "{:.6f},{:.6f}".format(*gcj02_from_wgs84(*WGS84))


def place(**fields):
    plain = {
        "formatted_address": "贵州省六盘水市水城区双水街道",
        "adcode": "520204",
        "location": GCJ02,
        "level": "乡镇",
    }
    return {**plain, **fields}


def page(*places):
    return {"status": "1", "info": "OK", "infocode": "10000", "count": str(len(places)), "geocodes": list(places)}


def amap(answer, asked=None):
    return Amap("test-key", adapter_factory=adapter_answering(answer, [] if asked is None else asked))


def test_amap_asks_within_the_prefecture():
    asked = []
    amap(page(place()), asked).geocode("双水街道 & 8号")
    (url,) = asked
    assert url.startswith("https://restapi.amap.com/v3/geocode/geo?")
    assert query_of(url) == {"key": "test-key", "address": "双水街道 & 8号", "city": "520200", "output": "JSON"}


def test_amap_answers_in_wgs84():
    location = amap(page(place())).geocode("双水")
    assert (round(location.longitude, 5), round(location.latitude, 5)) == (104.95518, 26.55154)
    assert location.address == "贵州省六盘水市水城区双水街道"
    assert location.raw == {
        "precision": "township",
        "source": "高德地图",
        "source_datum": "GCJ-02",
        "area_code": "520204",
    }


@pytest.mark.parametrize(
    ("level", "precision"),
    [
        ("市", "city"),
        ("区县", "county"),
        ("乡镇", "township"),
        ("村庄", "village"),
        ("门牌号", "address"),
        ("兴趣点", "address"),
        ("道路", "township"),
        ("未知", "township"),
    ],
)
def test_amap_never_claims_more_than_the_level_says(level, precision):
    assert amap(page(place(level=level))).geocode("双水").raw["precision"] == precision


def test_amap_without_level_or_code_is_a_township_of_no_code():
    bare = {"formatted_address": "双水", "location": GCJ02}
    location = amap(page(bare)).geocode("双水")
    assert (location.raw["precision"], location.raw["area_code"]) == ("township", "")


def test_amap_gives_every_place_when_asked():
    found = amap(page(place(), place(formatted_address="双水社区"))).geocode("双水", exactly_one=False)
    assert [location.address for location in found] == ["贵州省六盘水市水城区双水街道", "双水社区"]


def test_amap_finds_nothing():
    assert amap(page()).geocode("无此地") is None


@pytest.mark.parametrize(
    ("infocode", "error"),
    [
        ("10001", GeocoderAuthenticationFailure),
        ("10009", GeocoderAuthenticationFailure),
        ("10003", GeocoderQuotaExceeded),
        ("10021", GeocoderQuotaExceeded),
        ("20000", GeocoderServiceError),
    ],
)
def test_amap_refusals_are_geopys_errors(infocode, error):
    refusal = {"status": "0", "info": "SAID_WHY", "infocode": infocode}
    with pytest.raises(error, match=f"^{infocode} SAID_WHY$") as raised:
        amap(refusal).geocode("双水")
    assert raised.type is error


def test_amap_errors_of_the_network_pass_through():
    for error in (GeocoderTimedOut("慢"), GeocoderUnavailable("断")):
        with pytest.raises(type(error)):
            amap(error).geocode("双水")


def test_amap_http_errors_are_geopys_errors():
    http_error = AdapterHTTPError("no", status_code=502, headers={}, text="")
    with pytest.raises(GeocoderServiceError):
        amap(http_error).geocode("双水")
