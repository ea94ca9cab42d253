"""What a cancelled shift means for those who signed up for it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.messaging.actions import tell
from marketplace.shifts.models import Shift
from marketplace.workflow.wording import say_when

from .actions import cancel_signup


@receiver(event_recorded, sender=Shift, dispatch_uid="signups.release_cancelled_shift")
def release_cancelled_shift(event: Event, record: Shift, **_kwargs: Any) -> None:
    """Everybody is told and nobody is left with a promise that can't be kept."""
    if event.verb != "shift.cancelled":
        return
    for signup in record.signups.active().select_related("volunteer__user", "shift__site__area"):
        cancel_signup(signup, actor=None, reason="shift_cancelled", promote=False)
        tell(
            signup.volunteer.user,
            _("活动取消：%(title)s") % {"title": record.title},
            body=f"{say_when(record.starts_at, record.ends_at)}\n{record.site}",
            link="/search/",
            urgent=True,
        )
