"""Reads for the inbox and for the worker that drains the mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from .enums import MailStatus
from .models import Message, OutgoingMail

# A worker that died in the middle is taken to have let go after this long.
CLAIM_LASTS = timedelta(minutes=5)


def inbox(user: Any) -> QuerySet[Message]:
    """This person's messages, newest first."""
    return Message.objects.visible_to(user)


def unread_count(user: Any) -> int:
    """How many of them are unread."""
    return Message.objects.visible_to(user).unread().count()


def due_mail(now: datetime) -> QuerySet[OutgoingMail]:
    """Mail whose time has come, and mail whose sender was lost."""
    waiting = Q(status=MailStatus.QUEUED, due_at__lte=now)
    lost = Q(status=MailStatus.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    return OutgoingMail.objects.filter(waiting | lost).order_by("due_at", "id")
