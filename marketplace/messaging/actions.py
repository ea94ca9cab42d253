"""Telling people: a message in the inbox, and mail that follows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .enums import MailStatus
from .models import Message, OutgoingMail
from .queries import due_mail

ATTEMPTS = 10


Words = str | Callable[[], str]


@transaction.atomic
def tell(recipient: Any, subject: Words, *, body: Words = "", link: str = "", urgent: bool = False) -> Message:
    """Put a message into the person's inbox and queue mail where they have an address; quiet hours hold it unless urgent.

    Our own words are given as a function (`lambda: _("…")`), because they are found in the recipient's language and
    not in that of whoever acts; a person's words are given as they are. The text must not hold anything that
    identifies a child or an elder.
    """
    with translation.override(recipient.language):
        subject_said, body_said = (words() if callable(words) else words for words in (subject, body))
    message = Message.objects.create(recipient=recipient, subject=subject_said, body=body_said, link=link)
    if recipient.email:
        now = timezone.now()
        OutgoingMail.objects.create(message=message, due_at=now if urgent else after_quiet_hours(now))
    return message


def after_quiet_hours(moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    begin, end = settings.QUIET_HOURS
    local = timezone.localtime(moment)
    if end <= local.hour < begin:
        return moment
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return morning if local.hour < end else morning + timedelta(days=1)


@transaction.atomic
def mark_read(message: Message, *, actor: Any) -> None:
    """The person has seen it. Reading one's own mail is no event of the house."""
    Message.objects.filter(pk=message.pk, recipient=actor, read_at=None).update(read_at=timezone.now())


def deliver_mail(now: datetime | None = None) -> int:
    """Send what is due, each piece claimed by a conditional update so that two workers never send one twice. Returns how many were sent."""
    moment = now or timezone.now()
    return sum(_deliver(mail, moment) for mail in list(due_mail(moment)[:100]))


def _deliver(mail: OutgoingMail, now: datetime) -> bool:
    claimed = OutgoingMail.objects.filter(pk=mail.pk, status=mail.status, claimed_at=mail.claimed_at).update(
        status=MailStatus.SENDING, claimed_at=now, attempts=mail.attempts + 1
    )
    if not claimed:
        return False
    mail.refresh_from_db()
    try:
        _as_email(mail).send()
    except Exception as problem:  # a mail server fails in many ways; each is kept and tried again
        return _keep_for_later(mail, now, problem)
    OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.SENT, last_error="")
    return True


def _keep_for_later(mail: OutgoingMail, now: datetime, problem: Exception) -> bool:
    given_up = mail.attempts >= ATTEMPTS
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=MailStatus.FAILED if given_up else MailStatus.QUEUED,
        due_at=now + timedelta(minutes=2**mail.attempts),
        last_error=type(problem).__name__,
    )
    return False


def _as_email(mail: OutgoingMail) -> EmailMessage:
    message = mail.message
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    where = f"{settings.WAGTAILADMIN_BASE_URL}{message.link}" if message.link else ""
    with translation.override(message.recipient.language):
        sender = _("—— 对接平台")
    text = "\n\n".join(part for part in (message.body, where, sender) if part)
    # The same id on every try lets a mail server drop a second copy.
    return EmailMessage(
        f"【{settings.WAGTAIL_SITE_NAME}】{message.subject}",
        text,
        to=[message.recipient.email or ""],
        headers={"Message-ID": f"<message-{message.pk}@{host}>"},
    )
