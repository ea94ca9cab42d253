"""What a cancelled shift, a clearance or a changed profile means for those who signed up."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.messaging.actions import tell
from marketplace.shifts.enums import CancelReason
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Clearance, Volunteer
from marketplace.workflow.wording import say_when

from .actions import cancel_signup, release_signup
from .models import SignUp
from .queries import promises_under_clearance
from .rules import refuse_to_keep


@receiver(event_recorded, sender=Shift, dispatch_uid="signups.release_cancelled_shift")
def release_cancelled_shift(event: Event, record: Shift, **_kwargs: Any) -> None:
    """Everybody is told and nobody is left with a promise that can't be kept."""
    if event.verb != "shift.cancelled":
        return
    for signup in record.signups.active().select_related("volunteer__user", "shift__site__area"):
        cancel_signup(signup, actor=None, reason="shift_cancelled")
        tell(
            signup.volunteer.user,
            _("活动取消：%(title)s") % {"title": record.title},
            body=f"{say_when(record.starts_at, record.ends_at)}\n{record.site}\n{CancelReason(event.reason).label}",
            link="/search/",
            urgent=True,
        )


@receiver(event_recorded, sender=Clearance, dispatch_uid="signups.release_uncleared")
def release_uncleared(event: Event, record: Clearance, **_kwargs: Any) -> None:
    """A finding 未通过 ends the promises that rested on the earlier pass."""
    if event.verb == "clearance.recorded":
        _release_refused(record.volunteer)


@receiver(event_recorded, sender=Volunteer, dispatch_uid="signups.release_after_change")
def release_after_change(event: Event, record: Volunteer, **_kwargs: Any) -> None:
    """Whoever turns out not to be of age does not serve children."""
    if event.verb == "volunteer.changed":
        _release_refused(record)


@receiver(event_recorded, sender=User, dispatch_uid="signups.withdraw_closed_account")
def withdraw_closed_account(event: Event, record: User, **_kwargs: Any) -> None:
    """Whoever closes their account is waited for nowhere; their places go to those who wait."""
    if event.verb == "user.closed":
        coming = SignUp.objects.active().filter(volunteer__user=record, shift__starts_at__gt=timezone.now())
        for signup in coming.select_related("volunteer__user", "shift__site__area"):
            cancel_signup(signup, actor=record, reason="account_closed")


def _release_refused(volunteer: Volunteer) -> None:
    for signup in promises_under_clearance(volunteer, timezone.now()):
        if sentence := refuse_to_keep(signup):
            release_signup(signup, reason="no_longer_allowed", why=sentence)
