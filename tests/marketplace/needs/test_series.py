"""Times that repeat: the days that follow from a rule, across months, with days left out, and back into the form."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr

from marketplace.needs.series import Weekly, dates_of, typed_again, weekly, windows_of

SATURDAY = 5


def a_series(**changes) -> Weekly:
    values = {
        "days": [SATURDAY],
        "every": 1,
        "first_on": date(2026, 11, 28),
        "begins": time(9, 0),
        "ends": time(11, 30),
        "places": 3,
        "times": 3,
    }
    return weekly(**{**values, **changes})


def days(series: Weekly) -> list[str]:
    return [f"{day:%m-%d}" for day in dates_of(series)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["11-28", "12-05", "12-12"]),
        ({"every": 2}, ["11-28", "12-12", "12-26"]),
        ({"days": [2, SATURDAY], "times": 4}, ["11-28", "12-02", "12-05", "12-09"]),
        ({"times": None, "until_on": date(2026, 12, 12)}, ["11-28", "12-05", "12-12"]),
        ({"times": None, "until_on": date(2026, 12, 11)}, ["11-28", "12-05"]),
        ({"first_on": date(2026, 11, 23)}, ["11-28", "12-05", "12-12"]),
        ({"first_on": date(2027, 2, 27), "times": 2}, ["02-27", "03-06"]),
        ({"first_on": date(2028, 2, 26), "days": [1, SATURDAY], "times": 3}, ["02-26", "02-29", "03-04"]),
        ({"first_on": date(2026, 12, 26), "every": 2, "times": 2}, ["12-26", "01-09"]),
        ({"left_out": [date(2026, 12, 5)]}, ["11-28", "12-12"]),
        ({"left_out": [date(2026, 11, 28), date(2026, 12, 12)]}, ["12-05"]),
        ({"left_out": [date(2026, 12, 6)]}, ["11-28", "12-05", "12-12"]),
        ({"times": None, "until_on": date(2026, 11, 27)}, []),
    ],
)
def test_days_follow_from_the_rule(changes, expected):
    assert days(a_series(**changes)) == expected


def test_every_second_week_counts_from_the_first_day_that_takes_place():
    """From a Wednesday, Mondays every second week begin with the next Monday."""
    assert days(a_series(days=[0], first_on=date(2026, 11, 25), every=2, times=2)) == ["11-30", "12-14"]


def test_windows_keep_the_hours_of_the_place():
    start, end, places = windows_of(a_series())[1]

    assert (start.isoformat(), end.isoformat(), places) == (
        "2026-12-05T09:00:00+08:00",
        "2026-12-05T11:30:00+08:00",
        3,
    )


def test_early_morning_stays_on_its_own_weekday():
    """In UTC it is still Friday."""
    series = a_series(begins=time(6, 0), ends=time(7, 0), times=None, until_on=date(2026, 12, 5))

    assert days(series) == ["11-28", "12-05"]


def test_rule_is_one_that_every_calendar_reads():
    series = a_series(days=[SATURDAY, 2], every=2, times=None, until_on=date(2026, 12, 12))

    assert series.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SA;UNTIL=20261212T155959Z"
    assert rrulestr(series.rule, dtstart=series.starts_at).count() == 3


def test_rule_without_an_end_is_cut_off():
    endless = Weekly(
        starts_at=datetime.fromisoformat("2026-11-28T09:00:00+08:00"),
        ends_at=datetime.fromisoformat("2026-11-28T10:00:00+08:00"),
        places=1,
        rule="FREQ=WEEKLY;BYDAY=SA",
    )

    assert (len(dates_of(endless)), len(windows_of(endless))) == (27, 26)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"every": 2, "days": [0, SATURDAY, 6]},
        {"times": None, "until_on": date(2027, 1, 31), "left_out": [date(2027, 1, 2)]},
    ],
)
def test_series_is_typed_again_as_it_was(changes):
    series = a_series(**changes)
    typed = typed_again(series)

    again = weekly(
        days=[int(day) for day in typed["days"]],
        every=int(typed["every"]),
        times=int(typed["times"]) if typed["times"] else None,
        left_out=[date.fromisoformat(day) for day in typed["left_out"].split("、") if day],
        **{name: typed[name] for name in ("first_on", "begins", "ends", "places", "until_on")},
    )
    assert again == series
