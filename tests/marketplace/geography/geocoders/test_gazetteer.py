import pytest

from marketplace.geography.geocoders.gazetteer import Gazetteer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["双水", "shuangshui", "ss", "滥坝镇", "水城区双水街道", "六盘水市水城区双水街道凉都大道"]
)
def test_gazetteer_finds_a_township_however_it_is_typed(typed):
    location = Gazetteer().geocode(typed)
    assert (location.address, location.latitude, location.longitude) == ("水城区双水街道", 26.551542, 104.955179)
    assert (location.raw["precision"], location.raw["area_code"]) == ("township", "520204002")


def test_gazetteer_a_former_county_is_its_successor():
    location = Gazetteer().geocode("水城县")
    assert (location.address, location.raw["precision"], location.raw["area_code"]) == ("水城区", "county", "520204")


def test_gazetteer_a_village_has_its_townships_point_and_says_so():
    location = Gazetteer().geocode("幸福里社区")
    assert location.address == "钟山区月照街道幸福里社区"
    assert (location.raw["precision"], location.raw["area_code"]) == ("township", "520201018003")


@pytest.mark.parametrize("typed", ["尖山街道", "海坪", "水城区以朵街道", "贵阳市", ""])
def test_gazetteer_has_no_answer_without_a_reliable_point(typed):
    assert Gazetteer().geocode(typed) is None
    assert Gazetteer().geocode(typed, exactly_one=False) is None


def test_gazetteer_gives_every_place_when_asked():
    found = Gazetteer().geocode("平寨镇", exactly_one=False)
    assert [location.address for location in found] == ["六枝特区九龙街道", "六枝特区银壶街道", "六枝特区塔山街道"]


def test_gazetteer_does_not_answer_with_another_place_than_the_likeliest():
    others = Gazetteer().geocode("尖山", exactly_one=False)
    assert [location.address for location in others] == ["盘州市民主镇尖山村", "盘州市盘关镇尖山村"]
    assert Gazetteer().geocode("尖山") is None
