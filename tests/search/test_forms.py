"""The question as a form: each parameter with its meaning, each wrong value with its sentence."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from search.forms import SearchForm
from search.query import Near, SearchQuery, Sort
from tests.factories import a_site

pytestmark = pytest.mark.django_db


def read(query: str, **more) -> SearchForm:
    form = SearchForm(QueryDict(query), **more)
    form.is_valid()
    return form


def midnight(day: int) -> datetime:
    """The first moment of a November day in Shanghai."""
    return datetime(2026, 11, day - 1, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", SearchQuery()),
        ("q=&place=&km=&on=&skill=&kind=&page=", SearchQuery()),
        ("q=+英语+", SearchQuery(text="英语")),
        ("lat=26.5&lng=104.9", SearchQuery(near=Near(104.9, 26.5, None, "选定的位置"))),
        ("lat=26.5&lng=104.9&km=10", SearchQuery(near=Near(104.9, 26.5, 10.0, "选定的位置"))),
        ("on=2026-11-28", SearchQuery(starts_from=midnight(28), starts_before=midnight(29))),
        ("from=2026-11-27", SearchQuery(starts_from=midnight(27))),
        ("to=2026-11-28", SearchQuery(starts_before=midnight(29))),
        ("from=2026-11-27&to=2026-11-28", SearchQuery(starts_from=midnight(27), starts_before=midnight(29))),
        ("on=2026-11-28&from=2026-11-01", SearchQuery(starts_from=midnight(28), starts_before=midnight(29))),
        ("part=evening", SearchQuery(part="evening")),
        ("clearance=none", SearchQuery(without_clearance=True)),
        ("skill=english&skill=music", SearchQuery(skills=frozenset({"english", "music"}))),
        ("category=arts&category=meals", SearchQuery(categories=frozenset({"arts", "meals"}))),
        ("area=520204&area=520201011", SearchQuery(area_prefixes=frozenset({"520204", "520201011"}))),
        ("area=520200", SearchQuery(area_prefixes=frozenset({"5202"}))),
        ("area=520221", SearchQuery(area_prefixes=frozenset({"520204"}))),
        ("places=2", SearchQuery(places=2)),
        ("kind=need", SearchQuery(kinds=frozenset({"need"}))),
        ("kind=need&kind=program", SearchQuery(kinds=frozenset({"need", "program"}))),
        ("sort=soonest", SearchQuery(sort=Sort.SOONEST)),
        ("page=3", SearchQuery(page=3)),
        ("unknown=1", SearchQuery()),
    ],
)
def test_parameters_and_what_they_ask(query, asked):
    form = read(query)
    assert (form.errors, form.query()) == ({}, asked)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (f"q={'长' * 101}", "q"),
        ("q=!!!", "q"),
        ("q=%00", "q"),
        ("place=火星", "place"),
        ("lat=91&lng=104", "lat"),
        ("lat=26.5", "lng"),
        ("lng=104.9", "lat"),
        ("lat=nan&lng=104", "lat"),
        ("lat=1e309&lng=104", "lat"),
        ("lat=26&lng=104&km=-1", "km"),
        ("lat=26&lng=104&km=501", "km"),
        ("km=5", "km"),
        ("on=28.11.2026", "on"),
        ("on=0001-01-01", "on"),
        ("to=9999-12-31", "last"),
        ("from=2026-11-28&to=2026-11-27", "last"),
        ("part=night", "part"),
        ("clearance=full", "clearance"),
        ("skill=flying", "skill"),
        ("category=flying", "category"),
        ("area=999", "area"),
        ("places=-1", "places"),
        ("places=many", "places"),
        ("kind=site", "kind"),
        ("sort=random", "sort"),
        ("sort=distance", "sort"),
        ("page=0", "page"),
        (f"page={'9' * 5000}", "page"),
    ],
)
def test_wrong_values_are_left_out_with_a_sentence(query, field):
    form = read(query)
    assert list(form.errors) == [field]
    assert [label for label, _sentence in form.notices()] == [str(form[field].label)]
    neutral = {name: getattr(form.query(), name) for name in ("text", "part", "places", "kinds", "page", "skills")}
    assert neutral == {"text": "", "part": "", "places": 0, "kinds": frozenset(), "page": 1, "skills": frozenset()}


def test_right_values_keep_what_is_right():
    right = read("q=英语&on=never&part=evening&from=2026-12-01&to=2026-11-01").right_values()
    assert right.dict() == {"q": "英语", "part": "evening", "from": "2026-12-01"}


def test_a_named_place_is_measured_from_its_point():
    form = read("place=双水街道&km=20")
    near = form.query().near
    assert (near.name, near.km) == ("双水街道", 20.0)
    assert near.place == pytest.approx((104.957, 26.547), abs=0.05)


def test_a_named_place_wins_over_degrees():
    assert read("place=双水街道&lat=25&lng=104").query().near.name == "双水街道"


def test_a_place_without_a_point_is_asked_for_as_a_division_and_that_is_said():
    form = read("place=尖山街道&km=10")
    assert form.errors == {}
    assert form.query().near is None
    assert form.query().area_prefixes == {form.unmeasured.area.code}
    assert "位置待核实" in form.remark()


def test_a_place_without_a_point_beside_a_division_is_left_out():
    form = read("place=尖山街道&area=520204")
    assert list(form.errors) == ["place"]
    assert form.query().area_prefixes == {"520204"}


def test_a_site_is_a_place():
    a_site(name="月亮湾儿童之家", lng=104.7, lat=26.2)
    assert read("place=月亮湾").query().near == Near(104.7, 26.2, None, "月亮湾儿童之家")


def test_nearest_first_needs_a_place_or_a_home():
    assert read("sort=distance", home=(104.9, 26.5)).query().sort == Sort.DISTANCE
    assert read("sort=distance&lat=26&lng=104").query().sort == Sort.DISTANCE
    assert read("sort=distance&place=尖山街道").query().sort == Sort.DISTANCE


def test_one_wrong_place_is_said_once():
    assert list(read("place=火星&km=5&sort=distance").errors) == ["place"]


def test_drop_downs_offer_counties_with_their_townships_and_the_asked_distance():
    form = read("lat=26&lng=104&km=33")
    assert ("33", "33 公里内") in form["km"].field.widget.choices
    groups = dict(list(form["area"].field.widget.choices)[1:])
    assert list(groups) == ["钟山区", "六枝特区", "水城区", "盘州市"]
    assert groups["水城区"][0] == ("520204", "水城区")
    assert ("520204002", "双水街道") in groups["水城区"]
