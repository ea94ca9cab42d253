"""What a closed account means for what is known of its person."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded

from .actions import forget_person


@receiver(event_recorded, sender=User, dispatch_uid="privacy.forget_closed_account")
def forget_closed_account(event: Event, record: User, **_kwargs: Any) -> None:
    if event.verb == "user.closed":
        forget_person(record, actor=record)
