"""Template words: what a page shows for a value, and nothing for no value."""

from datetime import datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

START = datetime(2031, 11, 29, 9, 0, tzinfo=timezone.get_default_timezone())
END = datetime(2031, 11, 29, 11, 30, tzinfo=timezone.get_default_timezone())


def draw(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "value", "chinese", "english"),
    [
        ("{{ value|say_day }}", START, "2031年11月29日 周六", "Sat 29 Nov 2031"),
        ("{{ value|say_moment }}", START, "2031年11月29日 周六 09:00", "Sat 29 Nov 2031, 09:00"),
        ("{{ value|say_near_day }}", START, "2031年11月29日 周六", "Sat 29 Nov 2031"),
        ("{{ value|say_distance }}", 6.2, "6.2 公里", "6.2 km"),
        ("{{ value|say_minutes }}", 15, "约 15 分钟", "about 15 min"),
        ("{{ value|say_places_left }}", 3, "还差 3 人", "3 more people needed"),
        ("{{ value|say_places_left }}", 0, "已满，可候补", "Full, waiting list open"),
        ("{{ value|say_days_left }}", 2, "剩 2 个工作日", "2 working days left"),
        ("{{ value|say_money }}", 123_450, "1,234.50 元", "CNY 1,234.50"),
        ("{{ value|say_money_in_capitals }}", 100, "壹元整", "壹元整"),
    ],
)
def test_value_is_said_in_the_language_of_the_page(source: str, value: object, chinese: str, english: str) -> None:
    assert draw(source, value=value) == chinese
    with translation.override("en"):
        assert draw(source, value=value) == english


@pytest.mark.parametrize(
    "name",
    [
        "say_day",
        "say_moment",
        "say_near_day",
        "say_distance",
        "say_minutes",
        "say_places_left",
        "say_days_left",
        "say_money",
        "say_money_in_capitals",
    ],
)
def test_missing_value_says_nothing(name: str) -> None:
    assert draw("{{ value|" + name + " }}", value=None) == ""


def test_when_tag_joins_start_and_end() -> None:
    assert draw("{% say_when start end %}", start=START, end=END) == "2031年11月29日 周六 09:00–11:30"
    assert draw("{% say_when start %}", start=START) == "2031年11月29日 周六 09:00"
    assert draw("{% say_when start %}", start=None) == ""


def test_icon_is_hidden_from_screen_readers_and_names_its_symbol() -> None:
    drawn = draw('{% icon "search" %}')
    assert 'aria-hidden="true"' in drawn
    assert 'href="/static/marketplace/img/icons.svg#search"' in drawn


def test_icon_escapes_its_name() -> None:
    assert "<b>" not in draw("{% icon name %}", name="<b>")


def test_form_token_reaches_a_component_included_with_only() -> None:
    context = RequestContext(RequestFactory().get("/"), {})
    drawn = Template('{% include "components/button.html" with label="报名" url="/x/" post=True only %}').render(
        context
    )
    assert drawn.count('name="csrfmiddlewaretoken"') == 1


def test_form_token_is_empty_without_a_request() -> None:
    assert draw("{% form_token %}") == ""


@pytest.mark.parametrize(
    ("days", "kind"), [(-3, "late"), (-1, "late"), (0, "today"), (1, "soon"), (2, "soon"), (3, "calm"), (20, "calm")]
)
def test_clock_kind_grows_urgent_as_days_run_out(days: int, kind: str) -> None:
    assert draw("{{ days|clock_kind }}", days=days) == kind


def test_lookup_reads_a_key_known_only_while_drawing() -> None:
    row, source = {"name": "双水"}, "{{ row|lookup:key }}"
    assert [draw(source, row=row, key=key) for key in ("name", "phone")] == ["双水", ""]


def test_page_numbers_leave_out_the_far_ones() -> None:
    page = Paginator(range(120), 10).page(6)
    drawn = draw("{% for number in page|page_numbers %}{{ number|default:'…' }} {% endfor %}", page=page)
    assert drawn.split() == ["1", "…", "5", "6", "7", "…", "12"]
