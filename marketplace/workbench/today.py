"""今天要做: what waits for this person, the oldest first, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.shifts.models import Shift
from marketplace.signups.adults import adults_missing, say_adults_missing
from marketplace.workflow.calendar import exceptions_between, workdays_left
from marketplace.workflow.wording import say_when


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


def lacking_adults(shifts: Iterable[Shift]) -> Iterator[TodayItem]:
    """Shifts with children of which the clock said that two unrelated adults are not there yet; nobody is named."""
    flagged = [shift for shift in shifts if shift.short_of_adults_at]
    missing = adults_missing(flagged)
    for shift in flagged:
        if said := say_adults_missing(missing[shift.pk]):
            yield TodayItem(
                title=_("%(missing)s：%(title)s") % {"missing": said, "title": shift.title},
                url=reverse("shift", args=[shift.pk]),
                when=shift.starts_at,
                note=f"{say_when(shift.starts_at, shift.ends_at)} · {shift.site}",
            )


def _exceptions(clocks: list[datetime], now: datetime) -> dict[date, bool]:
    """The calendar of all the deadlines, read once."""
    if not clocks:
        return {}
    days = [timezone.localtime(moment).date() for moment in (*clocks, now)]
    return exceptions_between(min(days), max(days))
