"""What a cancelled or moved shift, a clearance, a restriction or a changed profile means for those who signed up."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.privacy.models import Consent, Identity
from marketplace.programs.models import Program
from marketplace.shifts.enums import CancelReason
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Clearance, Restriction, SkillEvidence, Volunteer
from marketplace.workflow.wording import say_when

from .actions import cancel_signup, release_signup, withdraw_signup
from .enums import HOLDING
from .models import SignUp
from .queries import promises_ahead
from .rules import refuse_person, refuse_to_keep
from .telling import link_to_alternatives, tell_person


@receiver(event_recorded, sender=Shift, dispatch_uid="signups.release_cancelled_shift")
def release_cancelled_shift(event: Event, record: Shift, **_kwargs: Any) -> None:
    """Everybody is told, nobody is left with a promise that can't be kept, and each is shown where else to go."""
    if event.verb != "shift.cancelled":
        return
    for signup in record.signups.active().select_related("volunteer__user", "shift__site__area"):
        cancel_signup(signup, actor=None, reason="shift_cancelled")
        tell_person(
            signup,
            gettext_lazy("活动取消：%(title)s"),
            more=lambda: "\n".join((str(CancelReason(event.reason).label), _("同一周还能去的场次，请看下面的链接。"))),
            link=link_to_alternatives(signup),
            urgent=True,
        )


@receiver(event_recorded, sender=Shift, dispatch_uid="signups.follow_moved_shift")
def follow_moved_shift(event: Event, record: Shift, **_kwargs: Any) -> None:
    """Everybody is told of the new time; whom it no longer suits is let go, with the reason and with alternatives."""
    if event.verb != "shift.moved":
        return
    before = event.details["before"]
    start, end = (datetime.fromisoformat(before[name]) for name in ("starts_at", "ends_at"))
    for signup in record.signups.active().select_related("volunteer__user", "shift__site__area"):
        _follow(signup, start, end)


def _follow(signup: SignUp, start: datetime, end: datetime) -> None:
    def moved() -> str:
        return _("原来是 %(when)s，现在改了。") % {"when": say_when(start, end)}

    def what_does_not_fit() -> str:
        return moved() + (refuse_person(signup.shift, signup.volunteer) or "")

    def still_there() -> str:
        return moved() + _("您的报名还在；去不了请尽早退出。")

    if refuse_person(signup.shift, signup.volunteer):
        release_signup(signup, reason="shift_moved", why=what_does_not_fit)
    else:
        tell_person(signup, gettext_lazy("活动改期：%(title)s"), more=still_there, urgent=True)


@receiver(event_recorded, sender=Shift, dispatch_uid="signups.tell_of_released_shift")
def tell_of_released_shift(event: Event, record: Shift, **_kwargs: Any) -> None:
    """The program is gone, the need is not: whoever signed up stays, and knows who runs it now."""
    if event.verb != "shift.released":
        return
    for signup in record.signups.active().select_related("volunteer__user"):
        tell_person(
            signup,
            gettext_lazy("活动换了组织方：%(title)s"),
            more=lambda: _("原来的项目取消了，这一场由提出需求的地点自己组织。您的报名还在，不用再报。"),
            urgent=True,
        )


@receiver(event_recorded, sender=Shift, dispatch_uid="signups.follow_adopted_shift")
def follow_adopted_shift(event: Event, record: Shift, **_kwargs: Any) -> None:
    """A program brings its own organization, from which somebody may be kept, and its own risks."""
    if event.verb != "shift.adopted":
        return
    for signup in record.signups.active().select_related("volunteer__user", "shift__site__area"):
        if signup.status in HOLDING and refuse_to_keep(signup):
            release_signup(signup, reason="no_longer_allowed", why=partial(_why, signup))
        elif record.risk_disclosure:
            _tell_of_risks(signup, record)


@receiver(event_recorded, sender=Program, dispatch_uid="signups.tell_of_new_risks")
def tell_of_new_risks(event: Event, record: Program, **_kwargs: Any) -> None:
    """Whoever agreed to the earlier words reads the new ones before they come (志愿服务条例 §12)."""
    if event.verb != "program.risks_revised":
        return
    coming = SignUp.objects.active().filter(shift__program=record, shift__starts_at__gt=timezone.now())
    for signup in coming.select_related("volunteer__user", "shift__site"):
        _tell_of_risks(signup, record)


def _tell_of_risks(signup: SignUp, source: Program | Shift) -> None:
    tell_person(
        signup,
        gettext_lazy("请看新的风险提示：%(title)s"),
        more=lambda: f"{source.risk_disclosure}\n" + _("不方便再参加，可以退出，名额会让给下一位。"),
        urgent=True,
    )


@receiver(event_recorded, sender=Clearance, dispatch_uid="signups.release_uncleared")
def release_uncleared(event: Event, record: Clearance, **_kwargs: Any) -> None:
    """A finding 未通过 ends the promises that rested on the earlier pass."""
    if event.verb == "clearance.recorded":
        _release_refused(record.volunteer)


@receiver(event_recorded, sender=Restriction, dispatch_uid="signups.release_restricted")
def release_restricted(event: Event, record: Restriction, **_kwargs: Any) -> None:
    """Whoever is kept from a place is not waited for there."""
    if event.verb == "restriction.recorded":
        _release_refused(record.volunteer)


@receiver(event_recorded, sender=SkillEvidence, dispatch_uid="signups.release_unqualified")
def release_unqualified(event: Event, record: SkillEvidence, **_kwargs: Any) -> None:
    """A paper that turned out not to show the skill carries no promise."""
    if event.verb == "skillevidence.refused":
        _release_refused(record.volunteer)


@receiver(event_recorded, sender=Consent, dispatch_uid="signups.release_without_guardian")
def release_without_guardian(event: Event, record: Consent, **_kwargs: Any) -> None:
    """A guardian who no longer agrees ends what rested on the consent (domain: 14–17 岁须监护人同意)."""
    if event.verb == "consent.withdrawn" and record.subject_id:
        for volunteer in Volunteer.objects.filter(user=record.subject_id):
            _release_refused(volunteer)


@receiver(event_recorded, sender=Volunteer, dispatch_uid="signups.release_after_change")
def release_after_change(event: Event, record: Volunteer, **_kwargs: Any) -> None:
    """Whoever turns out not to be of age does not serve children."""
    if event.verb == "volunteer.changed":
        _release_refused(record)


@receiver(event_recorded, sender=Identity, dispatch_uid="signups.release_after_birth_date")
def release_after_birth_date(event: Event, record: Identity, **_kwargs: Any) -> None:
    """A birth date put right may make somebody younger on the day of service and leave their age group as it was."""
    if event.verb in ("identity.kept", "identity.changed") and record.user_id:
        for volunteer in Volunteer.objects.filter(user=record.user_id):
            _release_refused(volunteer)


@receiver(event_recorded, sender=User, dispatch_uid="signups.withdraw_closed_account")
def withdraw_closed_account(event: Event, record: User, **_kwargs: Any) -> None:
    """Whoever closes their account is waited for nowhere; their places go to those who wait."""
    if event.verb == "user.closed":
        coming = SignUp.objects.active().filter(volunteer__user=record, shift__starts_at__gt=timezone.now())
        for signup in coming.select_related("volunteer__user", "shift__site__area"):
            withdraw_signup(signup, actor=record)


def _release_refused(volunteer: Volunteer) -> None:
    for signup in promises_ahead(volunteer, timezone.now()):
        if refuse_to_keep(signup):
            release_signup(signup, reason="no_longer_allowed", why=partial(_why, signup))


def _why(signup: SignUp) -> str:
    """The rule's sentence, asked for once more: in the person's own language."""
    return refuse_to_keep(signup) or ""
