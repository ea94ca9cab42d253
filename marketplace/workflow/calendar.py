"""Working days: Monday to Friday, except where the table of WorkDay says otherwise. A deadline ends with its day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .models import WorkDay


def exceptions_between(first: date, last: date) -> dict[date, bool]:
    """The days in this span on which the calendar departs from Monday to Friday: day → is it worked."""
    return dict(WorkDay.objects.filter(on__range=(first, last)).values_list("on", "is_workday"))


def is_workday(day: date, exceptions: dict[date, bool]) -> bool:
    """Whether people work on this day."""
    return exceptions.get(day, day.weekday() < 5)


def due_after(start: datetime, workdays: int) -> datetime:
    """The end of the n-th working day after `start`, counted from the next day (the usual reading of 工作日)."""
    day = timezone.localtime(start).date()
    exceptions = exceptions_between(day, day + timedelta(days=workdays * 3 + 30))
    left = workdays
    while left:
        day += timedelta(days=1)
        left -= is_workday(day, exceptions)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def workdays_left(due: datetime, now: datetime, exceptions: dict[date, bool] | None = None) -> int:
    """Working days from the day after `now` up to `due`'s day; negative when overdue, counted the same way backwards.

    A page with many deadlines reads the `exceptions` of all of them once.
    """
    today, last = timezone.localtime(now).date(), timezone.localtime(due).date()
    first, end = min(today, last), max(today, last)
    if exceptions is None:
        exceptions = exceptions_between(first, end)
    span = (first + timedelta(days=n) for n in range(1, (end - first).days + 1))
    count = sum(is_workday(day, exceptions) for day in span)
    return count if last >= today else -count
