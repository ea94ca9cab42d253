"""What a new and a closed account mean for consents and for what is known of their person."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded

from .actions import forget_person, give_consent
from .enums import Method, Purpose


@receiver(event_recorded, sender=User, dispatch_uid="privacy.keep_agreement")
def keep_agreement(event: Event, record: User, **_kwargs: Any) -> None:
    """Who signed up agreed to the notice of that day."""
    if event.verb == "user.created" and event.details.get("agreed"):
        give_consent(purpose=Purpose.ACCOUNT, method=Method.ONLINE, actor=record, subject=record)


@receiver(event_recorded, sender=User, dispatch_uid="privacy.forget_closed_account")
def forget_closed_account(event: Event, record: User, **_kwargs: Any) -> None:
    if event.verb == "user.closed":
        forget_person(record, actor=record)
