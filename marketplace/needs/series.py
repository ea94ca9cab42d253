"""Times that repeat weekly: a rule in the words of RFC 5545, the days left out, and the windows that follow. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import FR, MO, SA, SU, TH, TU, WE, rrulestr
from django.utils import timezone

from marketplace.shifts.rows import LONGEST_SERIES

WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class Weekly:
    """What NeedSeries holds: its first time, how often it comes back, and the days (ISO) on which it doesn't."""

    starts_at: datetime
    ends_at: datetime
    places: int
    rule: str
    left_out: tuple[str, ...] = ()


def weekly(
    *,
    days: Iterable[int],
    every: int,
    first_on: date,
    begins: time,
    ends: time,
    places: int,
    until_on: date | None = None,
    times: int | None = None,
    left_out: Iterable[date] = (),
) -> Weekly:
    """`days` are 0 (Monday) to 6; it ends with the day `until_on` or after `times` times, days left out counted in.

    It starts with the first of these weekdays on or after `first_on`, so that every second week counts from there.
    """
    chosen = sorted(set(days))
    first = next(day for day in (first_on + timedelta(n) for n in range(7)) if day.weekday() in chosen)
    parts = ["FREQ=WEEKLY", f"INTERVAL={every}"] if every > 1 else ["FREQ=WEEKLY"]
    parts.append("BYDAY=" + ",".join(str(WEEKDAYS[day]) for day in chosen))
    if times:
        parts.append(f"COUNT={times}")
    elif until_on:
        parts.append(f"UNTIL={_moment(until_on, LAST_SECOND).astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return Weekly(
        starts_at=_moment(first, begins),
        ends_at=_moment(first, ends),
        places=places,
        rule=";".join(parts),
        left_out=tuple(sorted({day.isoformat() for day in left_out})),
    )


def dates_of(series: Any) -> list[date]:
    """The days on which it takes place, as far as one more than the longest series."""
    days = (timezone.localtime(moment).date() for moment in _rule_of(series))
    return list(islice((day for day in days if day.isoformat() not in series.left_out), LONGEST_SERIES + 1))


def windows_of(series: Any) -> list[tuple[datetime, datetime, int]]:
    """(start, end, places) of each day; `series` is a Weekly or a NeedSeries."""
    begin, end = timezone.localtime(series.starts_at), timezone.localtime(series.ends_at)
    return [
        (_moment(day, begin.time()), _moment(day, end.time()), series.places)
        for day in dates_of(series)[:LONGEST_SERIES]
    ]


def typed_again(series: Any) -> dict[str, Any]:
    """The fields of the form from which this series could have come."""
    parts = dict(part.split("=") for part in series.rule.split(";"))
    begin, end = timezone.localtime(series.starts_at), timezone.localtime(series.ends_at)
    names = [str(day) for day in WEEKDAYS]
    until = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if "UNTIL" in parts else None
    return {
        "days": [str(names.index(name)) for name in parts["BYDAY"].split(",")],
        "every": parts.get("INTERVAL", "1"),
        "first_on": begin.date(),
        "begins": begin.time(),
        "ends": end.time(),
        "places": series.places,
        "times": parts.get("COUNT", ""),
        "until_on": timezone.localtime(until).date() if until else None,
        "left_out": "、".join(series.left_out),
    }


def _rule_of(series: Any) -> Iterable[datetime]:
    """A rule without an end is cut off by whoever reads it."""
    rule: Any = rrulestr(series.rule, dtstart=timezone.localtime(series.starts_at))
    return rule


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
