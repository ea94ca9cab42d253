"""Writing history: the only place that makes an Event."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.utils import timezone

from .models import Event
from .signals import event_recorded


def record(verb: str, subject: models.Model, *, actor: Any, reason: str = "", **details: Any) -> Event:
    """Write that `actor` (a user, or None for the clock) did `verb` to `subject`, and let later packages react.

    `details` must hold no personal data: an event can't be unwritten. Must run inside the action's transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history.record needs the transaction of the action it tells of")
    event = Event.objects.create(
        at=timezone.now(),
        verb=verb,
        actor_id=getattr(actor, "pk", None),
        actor_role=getattr(actor, "acting_role", ""),
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        area_code=_area_code(subject),
        reason=reason,
        details=details,
    )
    event_recorded.send(sender=type(subject), event=event, record=subject)
    return event


def _area_code(subject: models.Model) -> str:
    return getattr(subject, "area_code", "") or ""
