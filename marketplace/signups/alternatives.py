"""Where somebody can go instead: the same program, place or need, in the same week, and what they may serve."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from marketplace.matching.constraints import obstacles
from marketplace.matching.queries import person_facts, required_clearances, shift_facts
from marketplace.shifts.models import Shift

from .models import SignUp
from .queries import held_shifts


def alternatives_to(signup: SignUp, now: datetime) -> list[Shift]:
    """Shifts with a free place by start, in a fixed number of queries."""
    shift, volunteer = signup.shift, signup.volunteer
    same = Q(site=shift.site_id)
    if shift.program_id:
        same |= Q(program=shift.program_id)
    if shift.need_id:
        same |= Q(need=shift.need_id)
    start, end = _week_of(shift.starts_at)
    taken = SignUp.objects.active().filter(volunteer=volunteer).values("shift")
    found = Shift.objects.findable(now).filter(same, starts_at__gte=start, starts_at__lt=end)
    found = found.exclude(pk=shift.pk).exclude(pk__in=taken).with_parents().with_demands()
    person, clearances = person_facts(volunteer, held_shifts(volunteer)), required_clearances()
    return [one for one in found if not one.is_full and not obstacles(person, shift_facts(one, clearances))]


def _week_of(moment: datetime) -> tuple[datetime, datetime]:
    """From Monday to Monday, as the people here count it."""
    day = timezone.localtime(moment).date()
    monday = timezone.make_aware(datetime.combine(day - timedelta(days=day.weekday()), time()))
    return monday, monday + timedelta(days=7)
