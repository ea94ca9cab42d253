"""Reads about needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from marketplace.shifts.models import Shift

from .enums import NeedStatus
from .models import Need


def needs_seen_by(user: Any) -> QuerySet[Need]:
    """Everything this person may open, ready for a page."""
    return (
        Need.objects.visible_to(user)
        .select_related("site__area__parent", "category", "raised_by", "verified_by")
        .prefetch_related("skills", "windows")
    )


def needs_of_sites(sites: QuerySet) -> QuerySet[Need]:
    """The needs of these sites, newest first."""
    return Need.objects.of_sites(sites).select_related("site", "category").prefetch_related("windows")


def waiting_for_verification(user: Any) -> QuerySet[Need]:
    """The queue of this person's area: the nearest deadline first."""
    return (
        needs_seen_by(user)
        .filter(status__in=(NeedStatus.SUBMITTED, NeedStatus.VERIFIED))
        .exclude(raised_by=user)
        .order_by("verify_due_at", "id")
    )


def past_needs(now: datetime) -> QuerySet[Need]:
    """Published needs none of whose open shifts is still to come."""
    ahead = Shift.objects.open().filter(need=OuterRef("pk"), ends_at__gt=now)
    return Need.objects.published().filter(~Exists(ahead))
