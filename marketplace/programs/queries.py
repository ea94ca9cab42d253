"""Reads about programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from marketplace.shifts.models import Shift

from .enums import ProgramStatus
from .models import Program


def programs_seen_by(user: Any) -> QuerySet[Program]:
    """Everything this person may open, ready for a page."""
    return Program.objects.visible_to(user).select_related(
        "organization__area__parent", "category", "drafted_by", "approved_by"
    )


def programs_of_member(user: Any) -> QuerySet[Program]:
    """The programs of the person's organizations, newest first."""
    return Program.objects.of_member(user).select_related("organization", "category")


def waiting_for_approval(user: Any) -> QuerySet[Program]:
    """The queue of this person's area: the nearest deadline first."""
    return (
        programs_seen_by(user)
        .filter(status=ProgramStatus.SUBMITTED)
        .exclude(drafted_by=user)
        .order_by("approve_due_at", "id")
    )


def past_programs(now: datetime) -> QuerySet[Program]:
    """Approved programs none of whose open shifts is still to come."""
    ahead = Shift.objects.open().filter(program=OuterRef("pk"), ends_at__gt=now)
    return Program.objects.approved().filter(~Exists(ahead))
