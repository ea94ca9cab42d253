"""Signing up, withdrawing, moving up the waiting list, saying who was there.

Whoever needs several locks takes them in one order, so that two people never wait for each other: shift, volunteer,
sign-up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.history.actions import record
from marketplace.shifts.actions import free_place, hold_shift, take_place
from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Volunteer, VolunteerGroup
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.wording import say_when

from .. import rules
from ..adults import refuse_without_adults
from ..enums import HOLDING, SignUpStatus
from ..models import SignUp
from ..queries import expired_offers, locked_with_demands
from ..telling import link_to_alternatives, tell_person

# Before this much is left, a freed place is given at once; after, it is only offered: people have other plans by then.
SURE_BEFORE = timedelta(hours=24)
OFFER_LASTS = timedelta(hours=1)


@transaction.atomic
def sign_up(
    shift: Shift,
    *,
    volunteer: Volunteer,
    actor: Any,
    acknowledged_risks: bool,
    key: str = "",
    now: datetime | None = None,
) -> SignUp:
    """A place if there is one, else the end of the waiting list. The same `key` again returns the first answer."""
    fresh = locked_with_demands(shift)
    lock(volunteer)
    moment = now or timezone.now()  # read under the lock, so that the waiting list keeps the order of its entries
    if first := _first_answer(key, fresh, actor):
        return first
    refuse_if(rules.refuse_signup(fresh, volunteer, acknowledged_risks, moment))
    let_those_who_wait_go_first(fresh, moment)
    return write_signup(fresh, volunteer, actor=actor, has_place=take_place(fresh), key=key, now=moment)


def write_signup(
    shift: Shift,
    volunteer: Volunteer,
    *,
    actor: Any,
    has_place: bool,
    key: str,
    now: datetime,
    group: VolunteerGroup | None = None,
) -> SignUp:
    """The record of somebody who was allowed in, within the transaction that took the place."""
    signup = SignUp.objects.create(
        shift=shift,
        volunteer=volunteer,
        group=group,
        status=SignUpStatus.CONFIRMED if has_place else SignUpStatus.WAITLISTED,
        joined_at=now,
        risk_version=shift.risk_version if shift.risk_disclosure else 0,
        made_by=actor,
        idempotency_key=key or None,
    )
    position = None if has_place else shift.signups.waiting().filter(joined_at__lte=now).count()
    record(f"signup.{signup.status}", signup, actor=actor, shift=shift.pk, position=position)
    if group:
        said = gettext_lazy("团队为您报了名：%(title)s")
        tell_person(signup, said, more=lambda: _("「%(group)s」报的名。去不了可以自己退出。") % {"group": group})
    else:
        tell_person(signup, gettext_lazy("报名成功：%(title)s") if has_place else gettext_lazy("已加入候补：%(title)s"))
    return signup


def let_those_who_wait_go_first(shift: Shift, now: datetime) -> None:
    """A place can be free while people wait who could not take it when it came free, and who can by now."""
    while promote_next(shift, now=now):
        pass


def _first_answer(key: str, shift: Shift, actor: Any) -> SignUp | None:
    first = SignUp.objects.filter(made_by=actor, idempotency_key=key).first() if key else None
    if first is not None and first.shift_id != shift.pk:
        raise Refused(_("这个页面已经用过了，请刷新后再报名。"))
    return first


@transaction.atomic
def withdraw_signup(signup: SignUp, *, actor: Any, now: datetime | None = None) -> SignUp:
    """The person does not come; the place goes to the next who waits."""
    moment = now or timezone.now()
    lock(signup.shift)
    held = lock(signup).status in HOLDING
    if held:  # before the event: whoever hears of it counts the places
        free_place(signup.shift)
    take_step(
        signup,
        "withdrawn",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_withdrawal(fresh, who, moment),
        shift=signup.shift_id,
    )
    if held:
        promote_next(signup.shift, now=moment)
    return signup


@transaction.atomic
def accept_offer(signup: SignUp, *, actor: Any, now: datetime | None = None) -> SignUp:
    """The person takes the place that was kept for them."""
    moment = now or timezone.now()
    lock(signup.shift)
    lock(signup.volunteer)
    return take_step(
        signup,
        "accepted",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_acceptance(fresh, who, moment),
        shift=signup.shift_id,
    )


@transaction.atomic
def promote_next(shift: Shift, *, now: datetime) -> SignUp | None:
    """Give a free place to the first of the waiting list whom every rule still allows."""
    fresh = lock(shift)
    if fresh.is_full or rules.refuse_shift(fresh, now):
        return None
    for signup in fresh.signups.waiting().select_related("volunteer__user", "shift"):
        lock(signup.volunteer)
        if not rules.refuse_person(fresh, signup.volunteer):
            return _give_place(signup, now) if take_place(fresh) else None
    return None


def _give_place(signup: SignUp, now: datetime) -> SignUp:
    if signup.shift.starts_at - now > SURE_BEFORE:
        take_step(signup, "confirmed", actor=None, reason="promoted", shift=signup.shift_id)
        tell_person(
            signup,
            gettext_lazy("候补成功，您有名额了：%(title)s"),
            more=lambda: _("不参加了的话，点开下面的链接，点一下「撤销」，名额马上让给下一位。"),
            link=f"/shifts/{signup.shift_id}/?promoted#join",
        )
        return signup
    take_step(signup, "offered", actor=None, shift=signup.shift_id)
    signup.offer_ends_at = min(now + OFFER_LASTS, signup.shift.starts_at)
    signup.save(update_fields=["offer_ends_at"])
    ends = signup.offer_ends_at
    tell_person(
        signup,
        gettext_lazy("有空位了，请尽快确认：%(title)s"),
        more=lambda: _("这个名额为您保留到 %(until)s。") % {"until": say_when(ends)},
        link=f"/shifts/{signup.shift_id}/#join",
        urgent=True,
    )
    return signup


@transaction.atomic
def cancel_signup(signup: SignUp, *, actor: Any, reason: str, now: datetime | None = None) -> SignUp:
    """It ended without the person's doing; a place it held goes to the next who waits, unless the whole shift is off."""
    lock(signup.shift)
    held = lock(signup).status in HOLDING
    if held:
        free_place(signup.shift)
    take_step(signup, "cancelled", actor=actor, reason=reason, shift=signup.shift_id)
    if held:
        promote_next(signup.shift, now=now or timezone.now())
    return signup


@transaction.atomic
def release_signup(signup: SignUp, *, reason: str, why: Callable[[], str]) -> SignUp:
    """The person may no longer come: the place goes on; they are told `why`, and where they could go instead."""
    cancel_signup(signup, actor=None, reason=reason)
    tell_person(
        signup,
        gettext_lazy("报名已取消：%(title)s"),
        more=lambda: "\n".join((why(), _("同一周还能去的场次，请看下面的链接。"))),
        link=link_to_alternatives(signup),
        urgent=True,
    )
    return signup


def expire_offers(now: datetime | None = None) -> int:
    """The clock passes unanswered offers to the next who waits. Returns how many ended."""
    moment = now or timezone.now()
    return sum(pass_on_offer(signup, moment) for signup in expired_offers(moment))


@transaction.atomic
def pass_on_offer(signup: SignUp, now: datetime) -> bool:
    """The place goes to the next who waits. False where the person answered while the clock was reading its list."""
    lock(signup.shift)
    if lock(signup).status != SignUpStatus.OFFERED:
        return False
    cancel_signup(signup, actor=None, reason="offer_expired", now=now)
    tell_person(
        signup,
        gettext_lazy("空位的保留时间已过：%(title)s"),
        more=lambda: _("名额已让给下一位。还想参加的话，可以重新加入候补。"),
    )
    return True


@transaction.atomic
def record_attendance(signup: SignUp, *, actor: Any, was_there: bool, now: datetime | None = None) -> SignUp:
    """Who was there and who was missed; the first who was there makes the shift one that took place."""
    moment = now or timezone.now()
    shift = lock(signup.shift)
    take_step(
        signup,
        "attended" if was_there else "no_show",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_attendance(fresh, who, moment),
        shift=signup.shift_id,
    )
    if was_there and shift.status == ShiftStatus.OPEN:
        hold_shift(shift, actor=actor, now=moment)
    return signup


@transaction.atomic
def open_roster(shift: Shift, *, actor: Any) -> Shift:
    """Let somebody see who comes, and keep that they did."""
    refuse_if(rules.refuse_roster(shift, actor) or refuse_without_adults(shift))
    record("shift.roster_opened", shift, actor=actor)
    return shift
