"""The question as links."""

from datetime import date

import pytest
from django.http import QueryDict

from search.chips import address, chips_of, orders_of, wider_questions
from search.forms import SearchForm

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def chips(query: str, *, is_on: bool = True) -> dict[str, str]:
    """Label → the question left (or made) by its link."""
    form = SearchForm(QueryDict(query))
    form.is_valid()
    found = chips_of(form, form.right_values(), MONDAY)
    return {chip.label: QueryDict(chip.url.partition("?")[2]).urlencode("/:,") for chip in found if chip.is_on == is_on}


def wider(query: str) -> dict[str, str]:
    form = SearchForm(QueryDict(query))
    form.is_valid()
    return {label: params.urlencode() for label, params in wider_questions(form, form.right_values())}


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("q=reading", "reading"),
        ("lat=26.5&lng=104.9&km=20", "选定的位置 20 公里内"),
        ("on=2026-11-28", "11月28日 周六"),
        ("from=2026-11-28", "11月28日 周六起"),
        ("to=2026-11-28", "到11月28日 周六"),
        ("part=morning", "上午"),
        ("clearance=none", "不需要审查"),
        ("places=1", "有空位"),
        ("places=3", "至少 3 个空位"),
        ("kind=need", "需求"),
        ("skill=english", "英语"),
        ("category=meals", "助餐送餐"),
        ("area=520204", "水城区"),
    ],
)
def test_each_condition_is_a_chip_whose_link_takes_it_away(query, label):
    assert chips(query) == {label: ""}


def test_a_place_is_one_chip_with_its_distance():
    assert list(chips("place=ss&km=20")) == ["双水街道 20 公里内"]
    assert chips("place=ss&km=20&part=morning")["双水街道 20 公里内"] == "part=morning"


def test_of_several_values_a_chip_takes_away_its_own():
    assert chips("skill=english&skill=music&page=2") == {"英语": "skill=music", "音乐": "skill=english"}


def test_what_is_usually_asked_next_is_offered():
    assert chips("part=morning", is_on=False) == {
        "有空位": "part=morning&places=1",
        "不需要审查": "part=morning&clearance=none",
        "周六": "part=morning&on=2026-11-28",
        "周日": "part=morning&on=2026-11-29",
    }


def test_what_is_asked_already_is_not_offered():
    assert chips("places=2&clearance=none&from=2026-11-28", is_on=False) == {}


def test_wrong_values_are_in_no_link():
    assert chips("skill=english&on=never") == {"英语": ""}


def test_orders_to_choose_from():
    def orders(query: str, **more) -> dict[str, bool]:
        form = SearchForm(QueryDict(query), **more)
        form.is_valid()
        return {order.url: order.is_on for order in orders_of(form, form.right_values())}

    assert orders("part=morning") == {
        "/search/?part=morning&sort=relevance": True,
        "/search/?part=morning&sort=soonest": False,
    }
    at_home = orders("sort=distance", home=(104.9, 26.5))
    assert at_home == {"/search/?sort=relevance": False, "/search/?sort=distance": True, "/search/?sort=soonest": False}


def test_address_leaves_out_what_is_empty_and_the_page():
    assert address(QueryDict("q=&km=5&page=3&skill=&skill=music")) == "/search/?km=5&skill=music"
    assert address(QueryDict("")) == "/search/"


def test_wider_questions_drop_one_limit_each():
    asked = "q=reading&lat=26.5&lng=104.9&km=20&on=2026-11-28&places=2"
    assert wider(asked) == {
        "放宽到 40 公里": "q=reading&lat=26.5&lng=104.9&km=40&on=2026-11-28&places=2",
        "看其他日期": "q=reading&lat=26.5&lng=104.9&km=20&places=2",
        "去掉其他条件": "q=reading&lat=26.5&lng=104.9&km=20&on=2026-11-28",
        "不限地点": "q=reading&on=2026-11-28&places=2",
        "不限内容": "lat=26.5&lng=104.9&km=20&on=2026-11-28&places=2",
    }


def test_without_limits_there_is_nothing_to_widen():
    assert wider("") == {}
