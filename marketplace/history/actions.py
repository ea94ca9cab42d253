"""Writing history: the only place that makes an Event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from .models import Event
from .signals import event_recorded, work_ended

PutOff = dict[str, set[int]]
_put_off: ContextVar[PutOff | None] = ContextVar("put_off", default=None)


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
    # Not type(): the request's user is a proxy, whose class is the user's while its type is its own.
    event_recorded.send(sender=subject.__class__, event=event, record=subject)
    return event


def _area_code(subject: models.Model) -> str:
    return getattr(subject, "area_code", "") or ""


@contextmanager
def together() -> Iterator[None]:
    """One transaction of many actions, such as loading a demo: what only follows from them is done once, at its end."""
    if _put_off.get() is not None:
        yield
        return
    with transaction.atomic():
        waiting: PutOff = defaultdict(set)
        token = _put_off.set(waiting)
        try:
            yield
        finally:
            _put_off.reset(token)
        work_ended.send(sender=None, put_off=waiting)


def put_off(work: str, keys: Iterable[int]) -> bool:
    """Keep these keys for the end of the work recorded together; False where there is none, so it is to be done now."""
    waiting = _put_off.get()
    if waiting is not None:
        waiting[work].update(keys)
    return waiting is not None
