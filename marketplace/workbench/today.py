"""今天要做: what waits for this person, the oldest first, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from marketplace.workflow.calendar import exceptions_between, workdays_left


@dataclass(frozen=True)
class TodayItem:
    """One line. `when` orders the lines: waiting since, or over at. `clock_due` ends a time counted in working days."""

    title: str
    url: str
    when: datetime
    note: str = ""
    clock_due: datetime | None = None


def today_lines(items: Iterable[TodayItem], now: datetime) -> list[dict[str, object]]:
    """The lines for templates/components/work_line.html, oldest first."""
    items = sorted(items, key=lambda item: (item.when, item.title))
    exceptions = _exceptions([item.clock_due for item in items if item.clock_due], now)
    return [
        {
            "title": item.title,
            "url": item.url,
            "detail": item.note,
            "days_left": None if item.clock_due is None else workdays_left(item.clock_due, now, exceptions),
        }
        for item in items
    ]


def _exceptions(clocks: list[datetime], now: datetime) -> dict[date, bool]:
    """The calendar of all the deadlines, read once."""
    if not clocks:
        return {}
    days = [timezone.localtime(moment).date() for moment in (*clocks, now)]
    return exceptions_between(min(days), max(days))
