import logging

import pytest
from django.core.cache import cache
from geopy.exc import GeocoderTimedOut

from marketplace.geography.enums import Datum, Precision
from marketplace.geography.geocoders.amap import Amap
from marketplace.geography.geocoders.chain import MAKERS, GeocoderChain, locate
from marketplace.geography.geocoders.gazetteer import Gazetteer
from marketplace.geography.geocoders.tianditu import Tianditu
from marketplace.geography.models import AdminArea
from marketplace.geography.queries import point_of

from .edge import adapter_answering

pytestmark = pytest.mark.django_db

HOUSE = {
    "msg": "ok",
    "status": "0",
    "location": {"lon": 104.95, "lat": 26.55, "level": "门址", "keyWord": "双水街道8号"},
}
NOTHING = {"msg": "无结果", "status": "101"}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


class Network:
    """One geocoding service: what it answers and what it was asked."""

    def __init__(self, answer):
        self.asked = []
        self.geocoder = Tianditu("test-key", adapter_factory=adapter_answering(answer, self.asked))


def test_chain_the_first_answer_counts():
    first, second = Network(HOUSE), Network(HOUSE)
    location = GeocoderChain({"first": first.geocoder, "second": second.geocoder}).geocode("双水街道8号")
    assert location.address == "双水街道8号"
    assert (len(first.asked), len(second.asked)) == (1, 0)


def test_chain_moves_on_where_nothing_is_found():
    first, second = Network(NOTHING), Network(HOUSE)
    location = GeocoderChain({"first": first.geocoder, "second": second.geocoder}).geocode("双水街道8号")
    assert location.address == "双水街道8号"
    assert (len(first.asked), len(second.asked)) == (1, 1)


def test_chain_moves_on_after_an_error_and_says_so_without_the_address(caplog):
    broken = Network(GeocoderTimedOut("双水街道8号"))
    with caplog.at_level(logging.WARNING):
        location = GeocoderChain({"tianditu": broken.geocoder, "gazetteer": Gazetteer()}).geocode("水城区双水街道8号")
    assert location.raw["area_code"] == "520204002"
    assert caplog.messages == ["geocoder tianditu failed: GeocoderTimedOut"]


@pytest.mark.parametrize(
    "page", [{"status": "0"}, {"status": "0", "location": {"lon": "x", "lat": "y"}}, ["status"], ValueError("not JSON")]
)
def test_chain_moves_on_where_a_service_answers_in_another_shape(page):
    strange, plain = Network(page), Network(HOUSE)
    location = GeocoderChain({"strange": strange.geocoder, "plain": plain.geocoder}).geocode("双水街道8号")
    assert location.address == "双水街道8号"


def test_chain_has_no_answer_where_all_fail():
    broken, empty = Network(GeocoderTimedOut("慢")), Network(NOTHING)
    assert GeocoderChain({"broken": broken.geocoder, "empty": empty.geocoder}).geocode("双水") is None


def test_chain_of_nothing_has_no_answer():
    assert GeocoderChain({}).geocode("双水") is None


def test_chain_remembers_an_answer():
    network = Network(HOUSE)
    chain = GeocoderChain({"network": network.geocoder})
    first, again = chain.geocode("双水街道8号"), chain.geocode(" 双水街道8号 ")
    assert len(network.asked) == 1
    assert (again, again.raw) == (first, first.raw)


def test_chain_does_not_remember_that_nothing_was_found():
    network = Network(NOTHING)
    chain = GeocoderChain({"network": network.geocoder})
    chain.geocode("双水")
    chain.geocode("双水")
    assert len(network.asked) == 2


def test_chain_of_other_geocoders_remembers_for_itself():
    one, other = Network(HOUSE), Network(HOUSE)
    GeocoderChain({"one": one.geocoder}).geocode("双水街道8号")
    GeocoderChain({"other": other.geocoder}).geocode("双水街道8号")
    assert (len(one.asked), len(other.asked)) == (1, 1)


def test_locate_asks_the_gazetteer_by_default(settings):
    assert settings.GEOCODERS == ["gazetteer"]
    assert locate("ss") == point_of(AdminArea.objects.get(code="520204002"))


def test_locate_remembers_a_whole_point():
    first = locate("水城县")
    assert (locate("水城县"), first.precision, first.source_datum) == (first, Precision.COUNTY, Datum.GCJ02)


def test_locate_knows_nothing_of_elsewhere():
    assert locate("贵阳") is None


def test_locate_follows_the_settings(settings):
    settings.GEOCODERS = []
    assert locate("双水") is None


def test_locate_network_geocoders_get_their_keys(settings):
    settings.AMAP_KEY, settings.TIANDITU_KEY = "amap-key", "tianditu-key"
    amap, tianditu = MAKERS["amap"](), MAKERS["tianditu"]()
    assert (type(amap), amap.key, amap.timeout) == (Amap, "amap-key", 5)
    assert (type(tianditu), tianditu.key, tianditu.timeout) == (Tianditu, "tianditu-key", 5)
