"""A program's own shifts as rows of its form: what is alike week after week is one row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from marketplace.shifts.models import Shift
from marketplace.shifts.rows import LONGEST_SERIES

WEEK = timedelta(weeks=1)


def rows_of(shifts: Iterable[Shift], *, weeks_later: int = 0) -> list[dict[str, Any]]:
    """A row for each series, as `OwnShiftForm` takes it."""
    return [_row(series, weeks_later) for series in _in_series(shifts)]


def weeks_until_ahead(shifts: Iterable[Shift], now: datetime) -> int:
    """By how many whole weeks these must be moved for the first to be still to come."""
    starts = [shift.starts_at for shift in shifts]
    return max(0, (now - min(starts)) // WEEK + 1) if starts else 0


def _in_series(shifts: Iterable[Shift]) -> list[list[Shift]]:
    found: list[list[Shift]] = []
    for shift in sorted(shifts, key=lambda shift: (shift.starts_at, shift.pk)):
        for series in found:
            if _goes_on(series, shift):
                series.append(shift)
                break
        else:
            found.append([shift])
    return found


def _goes_on(series: list[Shift], shift: Shift) -> bool:
    last = series[-1]
    return len(series) < LONGEST_SERIES and shift.starts_at - last.starts_at == WEEK and _role(shift) == _role(last)


def _role(shift: Shift) -> dict[str, Any]:
    """All that makes two shifts alike but for their week."""
    begins, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    return {
        "begins": begins.time(),
        "ends": ends.time(),
        "places": shift.places,
        "site": shift.site_id,
        "task": shift.task,
        "skills": [skill.pk for skill in shift.skills.all()],
        "languages": [language.pk for language in shift.languages.all()],
        "clearance_required": shift.clearance_required,
        "adults_only": shift.adults_only,
    }


def _row(series: list[Shift], weeks_later: int) -> dict[str, Any]:
    first = timezone.localdate(series[0].starts_at) + weeks_later * WEEK
    return {"on": first, "weeks": len(series), **_role(series[0])}
