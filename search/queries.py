"""What may be found, and what the database still shows of the index's hits."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from marketplace.needs.enums import NeedStatus
from marketplace.organizations.enums import OrganizationStatus
from marketplace.programs.enums import ProgramStatus
from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift, ShiftQuerySet
from marketplace.sites.enums import SiteStatus

from .query import SearchResult

ENDED = (ShiftStatus.CANCELLED, ShiftStatus.HELD)
# A need is found by the shifts that no program adopted; an adopted one is found under its program only.
UNDER_NEED = Q(program=None, need__status=NeedStatus.PUBLISHED)
UNDER_PROGRAM = Q(program__status=ProgramStatus.APPROVED, program__organization__status=OrganizationStatus.ACTIVE)


def indexed_shifts() -> ShiftQuerySet:
    """Shifts that the index holds, ready for a page. No clock: it only leaves out what some action ended.

    "Not ended" instead of "open", because SQLite would follow the index of the status through all open shifts there are.
    """
    living = Shift.objects.public().exclude(status__in=ENDED).filter(UNDER_NEED | UNDER_PROGRAM)
    return living.filter(site__status=SiteStatus.OPEN).with_parents().with_demands()


def findable_shifts(now: datetime) -> ShiftQuerySet:
    """Shifts that search shows to everybody."""
    return indexed_shifts().future(now)


def shown(result: SearchResult, now: datetime) -> tuple[dict[int, Shift], int]:
    """The hits' shifts that may still be shown, and the total without the others: the index proposes, the database
    decides."""
    shifts = findable_shifts(now).in_bulk([hit.shift_id for hit in result.hits])
    dropped = sum(hit.shift_id not in shifts for hit in result.hits if not hit.is_loose)
    return shifts, result.total - dropped
