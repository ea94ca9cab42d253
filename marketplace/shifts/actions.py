"""Making, publishing, adopting, moving and cancelling shifts; taking and freeing their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.workflow.actions import add_remark, lock, take_step
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.wording import say_when

from . import rules
from .enums import ShiftStatus
from .models import Shift


@transaction.atomic
def create_shift(*, actor: Any, skills: Iterable[Any] = (), languages: Iterable[Any] = (), **fields: Any) -> Shift:
    """One slot of a need or a program, seen by nobody else until it is published."""
    refuse_if(rules.refuse_times(fields["starts_at"], fields["ends_at"], timezone.now()))
    shift = Shift.objects.create(**fields)
    shift.skills.set(skills)
    shift.languages.set(languages)
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


@transaction.atomic
def move_shift(
    shift: Shift,
    *,
    starts_at: datetime,
    ends_at: datetime,
    site: Any = None,
    actor: Any,
    remark: str = "",
    refuse: Callable[[Shift, Any], str | None] | None = None,
    now: datetime | None = None,
) -> Shift:
    """Another time, and where `site` is given another place. Whoever calls this for a person says by `refuse` whether
    they may; the event keeps the old and the new, and sign-ups follow in their own package."""
    fresh, where = lock(shift), site or shift.site
    if refuse is not None:
        refuse_if(refuse(fresh, actor))
    refuse_if(rules.refuse_move(fresh, starts_at, ends_at, where, now or timezone.now()))
    before = _when_and_where(fresh)
    fresh.starts_at, fresh.ends_at, fresh.site = starts_at, ends_at, where
    # Whether enough adults come is a question to be asked anew for the new time.
    fresh.short_of_adults_at = None
    fresh.save(update_fields=["starts_at", "ends_at", "site", "short_of_adults_at"])
    event = record("shift.moved", fresh, actor=actor, before=before, after=_when_and_where(fresh))
    add_remark(event, text=remark, author=actor)
    shift.__dict__.update(fresh.__dict__)
    return shift


def _when_and_where(shift: Shift) -> dict[str, Any]:
    return {"starts_at": shift.starts_at.isoformat(), "ends_at": shift.ends_at.isoformat(), "site": shift.site_id}


def take_place(shift: Shift) -> bool:
    """One place, by a conditional update that two people can't both win. False when the shift is full or not open."""
    return bool(
        Shift.objects.filter(pk=shift.pk, status=ShiftStatus.OPEN, places_taken__lt=F("places")).update(
            places_taken=F("places_taken") + 1
        )
    )


def take_places(shift: Shift, count: int) -> bool:
    """So many places at once or none, by the same conditional update."""
    return bool(
        Shift.objects.filter(pk=shift.pk, status=ShiftStatus.OPEN, places_taken__lte=F("places") - count).update(
            places_taken=F("places_taken") + count
        )
    )


@transaction.atomic
def flag_short_of_adults(shift: Shift, *, is_short: bool, now: datetime | None = None) -> bool:
    """Keep since when a shift with children lacks adults, or that it no longer does. False where nothing changed."""
    fresh = lock(shift)
    if is_short == (fresh.short_of_adults_at is not None):
        return False
    shift.short_of_adults_at = (now or timezone.now()) if is_short else None
    Shift.objects.filter(pk=shift.pk).update(short_of_adults_at=shift.short_of_adults_at)
    record("shift.short_of_adults" if is_short else "shift.adults_found", shift, actor=None)
    return True


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
