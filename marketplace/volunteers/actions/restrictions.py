"""Keeping somebody from serving, in one place or everywhere. What happened is kept elsewhere, on paper."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from marketplace.history.actions import record
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import refuse_if

from .. import rules
from ..models import Restriction, Volunteer


@transaction.atomic
def record_restriction(volunteer: Volunteer, *, actor: Any, kind: str, **fields: Any) -> Restriction:
    """`fields`: site or organization where the kind names one, starts_on, ends_on."""
    refuse_if(rules.refuse_restriction_entry(volunteer, actor))
    restriction = Restriction.objects.create(volunteer=volunteer, kind=kind, recorded_by=actor, **fields)
    record("restriction.recorded", restriction, actor=actor)
    return restriction


@transaction.atomic
def end_restriction(restriction: Restriction, *, actor: Any) -> Restriction:
    """Today is its last day; one that had not begun never does."""
    fresh = lock(restriction)
    refuse_if(rules.refuse_restriction_entry(fresh.volunteer, actor))
    fresh.ends_on = timezone.localdate()
    fresh.starts_on = min(fresh.starts_on, fresh.ends_on)
    fresh.save(update_fields=["starts_on", "ends_on"])
    record("restriction.ended", fresh, actor=actor)
    return fresh
