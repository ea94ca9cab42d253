"""Reads about volunteers: their clearance as a task list, their free times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .enums import ClearanceResult
from .models import Clearance, ClearanceKind, Volunteer


@dataclass(frozen=True)
class ClearanceTask:
    kind: ClearanceKind
    latest: Clearance | None
    is_done: bool


def volunteer_of(user: Any) -> Volunteer | None:
    """The person's volunteer profile, with what the pages need of it."""
    if not user.is_authenticated:
        return None
    return (
        Volunteer.objects.filter(user=user)
        .select_related("user", "base_area")
        .prefetch_related("skills", "availability", "clearances__kind")
        .first()
    )


def required_kinds() -> list[str]:
    """Codes of the clearances that serving children takes today."""
    return list(ClearanceKind.objects.filter(is_required=True).values_list("code", flat=True))


def clearance_tasks(volunteer: Volunteer, day: date) -> list[ClearanceTask]:
    """What is there and what is missing to serve children on `day`, in the order in which it is done."""
    latest: dict[int, Clearance] = {}
    for clearance in volunteer.clearances.all():
        latest.setdefault(clearance.kind_id, clearance)
    return [
        ClearanceTask(kind, latest.get(kind.pk), _holds(latest.get(kind.pk), day))
        for kind in ClearanceKind.objects.filter(is_required=True)
    ]


def _holds(clearance: Clearance | None, day: date) -> bool:
    return (
        clearance is not None
        and clearance.result == ClearanceResult.CLEAR
        and clearance.checked_on <= day <= clearance.valid_until
    )
