"""Making, publishing, adopting and cancelling shifts; taking and freeing their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.workflow.actions import take_step
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.wording import say_when

from . import rules
from .enums import ShiftStatus
from .models import Shift


@transaction.atomic
def create_shift(*, actor: Any, skills: Iterable[Any] = (), **fields: Any) -> Shift:
    """One slot of a need or a program, seen by nobody else until it is published."""
    refuse_if(rules.refuse_times(fields["starts_at"], fields["ends_at"], timezone.now()))
    shift = Shift.objects.create(**fields)
    shift.skills.set(skills)
    record("shift.created", shift, actor=actor)
    return shift


@transaction.atomic
def publish_shifts(shifts: Iterable[Shift], *, actor: Any) -> None:
    """From now on these can be found and signed up for."""
    now = timezone.now()
    for shift in shifts:
        Shift.objects.filter(pk=shift.pk, published_at=None).update(published_at=now)
        shift.published_at = now
        record("shift.published", shift, actor=actor)


@transaction.atomic
def adopt_shift(shift: Shift, program: Any, *, actor: Any) -> Shift:
    """A program takes over a need's shift: the same places, counted once. Whoever comes second is refused."""
    adopted = Shift.objects.filter(
        pk=shift.pk, program=None, status=ShiftStatus.OPEN, starts_at__gt=timezone.now()
    ).update(program=program)
    if not adopted:
        raise Refused(
            _("%(when)s 在%(site)s的场次已被认领、取消或已开始，请从项目里去掉这一场。")
            % {"when": say_when(shift.starts_at, shift.ends_at), "site": shift.site}
        )
    shift.program = program
    record("shift.adopted", shift, actor=actor, program=program.pk)
    return shift


@transaction.atomic
def release_shift(shift: Shift, *, actor: Any) -> Shift:
    """The program lets go of a need's shift; it is the need's alone again, with everybody who signed up."""
    Shift.objects.filter(pk=shift.pk, need__isnull=False).update(program=None)
    shift.refresh_from_db(fields=["program"])
    record("shift.released", shift, actor=actor)
    return shift


def take_place(shift: Shift) -> bool:
    """One place, by a conditional update that two people can't both win. False when the shift is full or not open."""
    return bool(
        Shift.objects.filter(pk=shift.pk, status=ShiftStatus.OPEN, places_taken__lt=F("places")).update(
            places_taken=F("places_taken") + 1
        )
    )


def free_place(shift: Shift) -> None:
    """Give one place back."""
    Shift.objects.filter(pk=shift.pk, places_taken__gt=0).update(places_taken=F("places_taken") - 1)


def cancel_shift(
    shift: Shift,
    *,
    actor: Any,
    reason: str,
    remark: str = "",
    refuse: Callable[[Shift, Any], str | None] | None = None,
) -> Shift:
    """It won't happen. `reason` is a CancelReason; whoever calls this for a person says by `refuse` whether they may.

    Sign-ups are released by their own package, in the same transaction.
    """
    return take_step(shift, "cancelled", actor=actor, refuse=refuse, remark=remark, reason=reason)


def hold_shift(shift: Shift, *, actor: Any, now: datetime | None = None) -> Shift:
    """It took place."""
    moment = now or timezone.now()
    return take_step(shift, "held", actor=actor, refuse=lambda fresh, _actor: rules.refuse_held(fresh, moment))
