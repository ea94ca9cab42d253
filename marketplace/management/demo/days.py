"""Times of the demo: whole hours of coming days in Asia/Shanghai, weekends first."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

WEEKS = 6
STARTS = (9, 10, 14, 15, 18)


def some_time(chance: Random, *, days: int = WEEKS * 7) -> tuple[datetime, datetime]:
    """A start at least two days ahead and an end two or two and a half hours later; two in three fall on a weekend."""
    today = timezone.localdate()
    ahead = [today + timedelta(days=number) for number in range(2, days)]
    weekend = [day for day in ahead if day.weekday() >= 5]
    day = chance.choice(weekend if chance.random() < 0.66 else ahead)
    start = timezone.make_aware(datetime.combine(day, time(chance.choice(STARTS))))
    return start, start + timedelta(minutes=chance.choice((120, 150)))
