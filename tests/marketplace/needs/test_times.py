"""The part of the form that repeats: plain words in, a series or a sentence out."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from marketplace.needs.forms.times import WeeklyForm, days_said

TUESDAY = "2026-11-24T08:00:00+08:00"
TYPED = {
    "days": ["5"],
    "every": "1",
    "first_on": "2026-11-28",
    "begins": "09:00",
    "ends": "11:30",
    "places": "3",
    "times": "3",
    "until_on": "",
    "left_out": "",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def errors(**changes):
    form = WeeklyForm({**TYPED, **changes})
    return {} if form.is_valid() else {name: list(texts) for name, texts in form.errors.items()}


def test_series_comes_out_of_plain_words():
    form = WeeklyForm({**TYPED, "left_out": "12月5日"})

    assert form.is_valid()
    assert [(one.rule, one.left_out, one.places) for one in form.series] == [
        ("FREQ=WEEKLY;BYDAY=SA;COUNT=3", ("2026-12-05",), 3)
    ]


def test_untouched_part_is_no_mistake_and_no_series():
    form = WeeklyForm({"every": "1", "begins": "09:00", "ends": "11:30", "places": "3"})

    assert (form.is_valid(), form.series, form.is_used) == (True, [], False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"days": []}, {"days": ["请勾选每周哪几天。"]}),
        ({"first_on": ""}, {"first_on": ["请选择从哪天开始。"]}),
        ({"times": ""}, {"times": ["一共几次、到哪天为止，请填其中一项。"]}),
        ({"until_on": "2026-12-12"}, {"times": ["一共几次、到哪天为止，请填其中一项。"]}),
        ({"first_on": "2026-11-20"}, {"first_on": ["请选择今天起一年以内的日期。"]}),
        ({"first_on": "9999-12-31"}, {"first_on": ["请选择今天起一年以内的日期。"]}),
        ({"times": "", "until_on": "0001-01-01"}, {"until_on": ["结束日期要在开始日期以后的一年以内。"]}),
        ({"times": "", "until_on": "9999-12-31"}, {"until_on": ["结束日期要在开始日期以后的一年以内。"]}),
        ({"ends": "08:00"}, {"first_on": ["结束时间要晚于开始时间。"]}),
        ({"left_out": "下周"}, {"left_out": ["看不懂「下周」，请写成 1月1日 或 2027-01-01。"]}),
        ({"left_out": "2月30日"}, {"left_out": ["看不懂「2月30日」，请写成 1月1日 或 2027-01-01。"]}),
        ({"left_out": "12月6日"}, {"left_out": ["2026-12-06 本来就没有安排，请核对。"]}),
        (
            {"times": "1", "left_out": "11月28日"},
            {"first_on": ["照这样排一场也没有，请看看星期、日期和去掉的日子。"]},
        ),
        (
            {"days": ["0", "2", "5"], "times": "", "until_on": "2027-06-30"},
            {"first_on": ["重复的时间一次最多排 26 场，请把结束日期提前，或分成几个需求。"]},
        ),
        ({"days": ["7"]}, {"days": ["选择一个有效的选项。 7 不在可用的选项中。"]}),
    ],
)
def test_what_cannot_be_repeated_is_said(changes, expected):
    assert errors(**changes) == expected


@pytest.mark.parametrize("name", ["first_on", "begins", "ends", "places", "times", "until_on", "every", "left_out"])
@pytest.mark.parametrize("value", ["x" * 300, "-1", "1e9", "\x00", "２０２６－１３－４５", "=1+1", "0"])
def test_hostile_values_are_refused_or_kept_harmless(name, value):
    form = WeeklyForm({**TYPED, name: value})

    assert not form.is_valid()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("12月5日", [date(2026, 12, 5)]),
        ("12-5、1.2", [date(2026, 12, 5), date(2027, 1, 2)]),
        ("１２月５号，2027年1月2日；2027/2/6", [date(2026, 12, 5), date(2027, 1, 2), date(2027, 2, 6)]),
        ("2月29日", [date(2028, 2, 29)]),
    ],
)
def test_days_are_read_as_people_write_them(text, expected):
    assert days_said(text, after=date(2026, 11, 28)) == (expected, "")
