"""What a closed site means for its shifts."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.sites.models import ServiceSite

from .actions import cancel_shift
from .enums import CancelReason


@receiver(event_recorded, sender=ServiceSite, dispatch_uid="shifts.cancel_with_their_site")
def cancel_with_their_site(event: Event, record: ServiceSite, **_kwargs: Any) -> None:
    """Nobody is sent to a closed door."""
    if event.verb != "servicesite.closed":
        return
    for shift in record.shifts.open().future(timezone.now()):
        cancel_shift(shift, actor=None, reason=CancelReason.PLACE)
