"""What may be found, and what the database still shows of the index's hits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from marketplace.needs.enums import NeedStatus
from marketplace.organizations.enums import OrganizationStatus
from marketplace.programs.enums import ProgramStatus
from marketplace.shifts.models import Shift, ShiftQuerySet
from marketplace.sites.enums import SiteStatus

# A need is found by the shifts that no program adopted; an adopted one is found under its program only.
UNDER_NEED = Q(program=None, need__status=NeedStatus.PUBLISHED)
UNDER_PROGRAM = Q(program__status=ProgramStatus.APPROVED, program__organization__status=OrganizationStatus.ACTIVE)


def indexed_shifts() -> ShiftQuerySet:
    """Shifts that the index holds, ready for a page. No clock: it only leaves out what some action ended."""
    living = Shift.objects.open().public().filter(UNDER_NEED | UNDER_PROGRAM, site__status=SiteStatus.OPEN)
    return living.with_parents().prefetch_related("skills")


def findable_shifts(now: datetime) -> ShiftQuerySet:
    """Shifts that search shows to everybody."""
    return indexed_shifts().future(now)


def shown_shifts(ids: Iterable[int], now: datetime) -> dict[int, Shift]:
    """Of these shifts those that may still be shown: the index proposes, the database decides."""
    return {shift.pk: shift for shift in findable_shifts(now).filter(pk__in=list(ids))}
