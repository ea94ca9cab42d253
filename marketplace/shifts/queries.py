"""Reads about shifts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from .enums import ShiftStatus
from .models import Shift


def public_shift(pk: int) -> Shift:
    """A published shift with its parents. Raises Shift.DoesNotExist."""
    return Shift.objects.public().with_parents().with_demands().get(pk=pk)


def upcoming_shifts(parent: Model, now: datetime) -> QuerySet[Shift]:
    """What people can still sign up for under this need, program or site."""
    return _of(parent).findable(now).with_parents().with_demands()


def all_shifts(parent: Model) -> QuerySet[Shift]:
    """Every shift of this need, program or site by start, for those who run it."""
    return _of(parent).with_parents().with_demands()


def adoptable_shifts(now: datetime) -> QuerySet[Shift]:
    """Shifts of published needs that no program has adopted yet."""
    return Shift.objects.findable(now).filter(program=None).with_parents().with_demands()


def shifts_in_areas(prefixes: Iterable[str], start: datetime, end: datetime) -> QuerySet[Shift]:
    """Published shifts that begin between the two moments in areas whose codes begin so; cancelled ones left out."""
    somewhere = Q(pk__in=())
    for prefix in prefixes:
        somewhere |= Q(site__area__code__startswith=prefix)
    return _beginning(start, end).filter(somewhere)


def shifts_at(sites: QuerySet, start: datetime, end: datetime) -> QuerySet[Shift]:
    """The same at these sites."""
    return _beginning(start, end).filter(site__in=sites)


def _beginning(start: datetime, end: datetime) -> QuerySet[Shift]:
    ahead = Shift.objects.public().exclude(status=ShiftStatus.CANCELLED).filter(starts_at__gte=start, starts_at__lt=end)
    return ahead.with_parents()


def places_of(shifts: QuerySet[Shift]) -> dict[str, int]:
    """`shifts`, `places` and `taken` over all of them, in one query."""
    return shifts.order_by().aggregate(
        shifts=Count("pk"), places=Coalesce(Sum("places"), 0), taken=Coalesce(Sum("places_taken"), 0)
    )


def _of(parent: Any) -> Any:
    return Shift.objects.filter(
        **{{"servicesite": "site"}.get(parent._meta.model_name, parent._meta.model_name): parent}
    )


def clashing_shifts(shift: Shift, starts_at: datetime, ends_at: datetime, site: Any) -> QuerySet[Shift]:
    """Other open shifts of the same program, or need, with the same task at this place while it would last."""
    theirs = {"program": shift.program_id} if shift.program_id else {"need": shift.need_id}
    at_once = Shift.objects.open().filter(site=site, starts_at__lt=ends_at, ends_at__gt=starts_at, task=shift.task)
    return at_once.filter(**theirs).exclude(pk=shift.pk)


def shifts_of_week(program: Any, monday: date) -> QuerySet[Shift]:
    """Open shifts the program has, or would adopt, in the seven days from this one."""
    start = timezone.make_aware(datetime.combine(monday, time.min))
    theirs = Q(program=program) | Q(wanted_by=program, program=None)
    week = Shift.objects.open().filter(theirs, starts_at__gte=start, starts_at__lt=start + timedelta(days=7))
    return week.select_related("site").distinct()
