"""Signing up, withdrawing, moving up the waiting list, saying who was there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.shifts.actions import free_place, take_place
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Volunteer
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.refusals import refuse_if
from marketplace.workflow.wording import say_when

from . import rules
from .enums import HOLDING, SignUpStatus
from .models import SignUp
from .queries import expired_offers

# Before this much is left, a freed place is given at once; after, it is only offered: people have other plans by then.
SURE_BEFORE = timedelta(hours=24)
OFFER_LASTS = timedelta(hours=1)


@transaction.atomic
def sign_up(
    shift: Shift, *, volunteer: Volunteer, actor: Any, acknowledged_risks: bool, key: str = "", now: datetime | None = None
) -> SignUp:
    """A place if there is one, else the next place of the waiting list. The same `key` again returns the first answer."""
    if key and (first := SignUp.objects.filter(made_by=actor, idempotency_key=key).first()):
        return first
    moment = now or timezone.now()
    lock(volunteer)
    fresh = lock(shift)
    refuse_if(rules.refuse_signup(fresh, volunteer, acknowledged_risks, moment))
    has_place = take_place(fresh)
    signup = SignUp.objects.create(
        shift=fresh,
        volunteer=volunteer,
        status=SignUpStatus.CONFIRMED if has_place else SignUpStatus.WAITLISTED,
        joined_at=moment,
        risk_version=fresh.risk_version if fresh.risk_disclosure else 0,
        made_by=actor,
        idempotency_key=key or None,
    )
    record(f"signup.{signup.status}", signup, actor=actor, shift=fresh.pk)
    _tell_person(signup, _("报名成功：%(title)s") if has_place else _("已加入候补：%(title)s"))
    return signup


@transaction.atomic
def withdraw_signup(signup: SignUp, *, actor: Any, now: datetime | None = None) -> SignUp:
    """The person does not come; the place goes to the next who waits."""
    moment = now or timezone.now()
    held = lock(signup).status in HOLDING
    take_step(
        signup,
        "withdrawn",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_withdrawal(fresh, who, moment),
        shift=signup.shift_id,
    )
    if held:
        free_place(signup.shift)
        promote_next(signup.shift, now=moment)
    return signup


@transaction.atomic
def accept_offer(signup: SignUp, *, actor: Any, now: datetime | None = None) -> SignUp:
    """The person takes the place that was kept for them."""
    moment = now or timezone.now()
    return take_step(
        signup,
        "confirmed",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_acceptance(fresh, who, moment),
        shift=signup.shift_id,
    )


@transaction.atomic
def promote_next(shift: Shift, *, now: datetime) -> SignUp | None:
    """Give a free place to the first of the waiting list whom every rule still allows."""
    fresh = lock(shift)
    if rules.refuse_shift(fresh, now):
        return None
    for signup in fresh.signups.waiting().select_related("volunteer__user", "shift"):
        if rules.refuse_person(fresh, signup.volunteer):
            continue
        if not take_place(fresh):
            return None
        return _give_place(signup, now)
    return None


def _give_place(signup: SignUp, now: datetime) -> SignUp:
    if signup.shift.starts_at - now > SURE_BEFORE:
        take_step(signup, "confirmed", actor=None, reason="promoted", shift=signup.shift_id)
        _tell_person(signup, _("候补成功，您有名额了：%(title)s"))
        return signup
    take_step(signup, "offered", actor=None, shift=signup.shift_id)
    signup.offer_ends_at = min(now + OFFER_LASTS, signup.shift.starts_at)
    signup.save(update_fields=["offer_ends_at"])
    _tell_person(signup, _("有空位了，请尽快确认：%(title)s"), urgent=True)
    return signup


@transaction.atomic
def cancel_signup(signup: SignUp, *, actor: Any, reason: str, promote: bool = True, now: datetime | None = None) -> SignUp:
    """It ended without the person's doing; a place it held goes on unless the whole shift is off."""
    held = lock(signup).status in HOLDING
    take_step(signup, "cancelled", actor=actor, reason=reason, shift=signup.shift_id)
    if held:
        free_place(signup.shift)
        if promote:
            promote_next(signup.shift, now=now or timezone.now())
    return signup


def expire_offers(now: datetime | None = None) -> int:
    """The clock passes unanswered offers to the next who waits. Returns how many ended."""
    moment = now or timezone.now()
    return sum(
        bool(cancel_signup(signup, actor=None, reason="offer_expired", now=moment)) for signup in expired_offers(moment)
    )


@transaction.atomic
def record_attendance(signup: SignUp, *, actor: Any, was_there: bool, now: datetime | None = None) -> SignUp:
    """Who was there and who was missed."""
    moment = now or timezone.now()
    return take_step(
        signup,
        "attended" if was_there else "no_show",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_attendance(fresh, who, moment),
        shift=signup.shift_id,
    )


def _tell_person(signup: SignUp, subject: str, *, urgent: bool = False) -> None:
    shift = signup.shift
    tell(
        signup.volunteer.user,
        subject % {"title": shift.title},
        body=f"{say_when(shift.starts_at, shift.ends_at)}\n{shift.site}",
        link="/desk/signups/",
        urgent=urgent,
    )
