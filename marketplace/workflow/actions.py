"""The one door that changes a status: lock, rule, transition, event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from marketplace.history.actions import record as record_event
from marketplace.history.models import Event

from .models import Remark
from .refusals import Refused, refuse_if

R = TypeVar("R", bound=models.Model)


@transaction.atomic
def take_step(
    record: R,
    step: str,
    *,
    actor: Any,
    refuse: Callable[[R, Any], str | None] | None = None,
    remark: str = "",
    reason: str = "",
    **details: Any,
) -> R:
    """Take the declared transition `step` of `record` and write its event `<model>.<step>`.

    The record is locked and read afresh, so what the caller saw may have changed meanwhile. Raises Refused with the rule's
    sentence, or with one that names the present status where the step doesn't start from it; then nothing is changed.
    """
    fresh = lock(record)
    if refuse is not None:
        refuse_if(refuse(fresh, actor))
    try:
        getattr(fresh, step)()
    except TransitionNotAllowed:
        raise Refused(
            _("现在的状态是「%(status)s」，不能做这一步。请刷新页面看看最新情况。") % {"status": status_label(fresh)}
        ) from None
    fresh.save()
    event = record_event(f"{fresh._meta.model_name}.{step}", fresh, actor=actor, reason=reason, **details)
    add_remark(event, text=remark, author=actor)
    record.__dict__.update(fresh.__dict__)
    return record


def lock(record: R) -> R:
    """The record as it is now, locked until the transaction ends (on SQLite the transaction itself is the lock)."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def add_remark(event: Event, *, text: str, author: Any) -> Remark | None:
    """Keep a person's words beside the event they belong to."""
    if not text.strip():
        return None
    return Remark.objects.create(
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        event_id=event.pk,
        author=author,
        text=text.strip(),
    )


def status_label(record: models.Model) -> str:
    """The status in words."""
    return str(record.get_status_display())  # type: ignore[attr-defined]
