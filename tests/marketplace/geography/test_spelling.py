import pytest

from marketplace.geography.enums import AreaLevel
from marketplace.geography.models import spelled
from marketplace.geography.spelling import initials_of, names_of, pinyin_of, short_name, spellings_of


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("六盘水市", AreaLevel.CITY, "六盘水"),
        ("钟山区", AreaLevel.COUNTY, "钟山"),
        ("六枝特区", AreaLevel.COUNTY, "六枝"),
        ("盘州市", AreaLevel.COUNTY, "盘州"),
        ("水城县", AreaLevel.COUNTY, "水城"),
        ("盘县", AreaLevel.COUNTY, "盘县"),
        ("双水街道", AreaLevel.TOWNSHIP, "双水"),
        ("鸡场坪镇", AreaLevel.TOWNSHIP, "鸡场坪"),
        ("新场乡", AreaLevel.TOWNSHIP, "新场"),
        ("落别布依族彝族乡", AreaLevel.TOWNSHIP, "落别"),
        ("梭戛苗族彝族回族乡", AreaLevel.TOWNSHIP, "梭戛"),
        ("旧营白族彝族苗族乡", AreaLevel.TOWNSHIP, "旧营"),
        ("幸福里社区居民委员会", AreaLevel.VILLAGE, "幸福里社区"),
        ("红光村村民委员会", AreaLevel.VILLAGE, "红光村"),
        ("煤炭沟村民委员会", AreaLevel.VILLAGE, "煤炭沟"),
    ],
)
def test_short_name_is_what_people_say(name, level, short):
    assert short_name(name, level) == short


def test_names_of_a_peoples_township_have_its_plain_form():
    assert names_of("中寨苗族彝族布依族乡", AreaLevel.TOWNSHIP) == ["中寨苗族彝族布依族乡", "中寨", "中寨乡"]


def test_names_of_a_plain_township_are_not_repeated():
    assert names_of("新场乡", AreaLevel.TOWNSHIP) == ["新场乡", "新场"]
    assert names_of("盘县", AreaLevel.COUNTY) == ["盘县"]


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("双水街道", "shuangshuijiedao", "ssjd"),
        ("六盘水市", "liupanshuishi", "lpss"),
        ("牂牁镇", "zangkezhen", "zkz"),
        ("梭戛", "suoga", "sg"),
        ("阿戛镇", "agazhen", "agz"),
        ("都格镇", "dugezhen", "dgz"),
    ],
)
def test_pinyin_and_initials_follow_the_local_reading(name, pinyin, initials):
    assert (pinyin_of(name), initials_of(name)) == (pinyin, initials)


def test_spellings_of_holds_each_spelling_once():
    assert spellings_of(["双水", "双水", "滥坝"]) == "|双水|shuangshui|ss|滥坝|lanba|lb|"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  双水 街道 ", "双水街道"), ("Shuang Shui", "shuangshui"), ("xi'an", "xian"), ("a|b", "ab"), (" | ", "")],
)
def test_spelled_forgives_what_people_type(typed, kept):
    assert spelled(typed) == kept
