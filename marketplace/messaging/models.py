"""Message: what a person was told. OutgoingMail: its way out, a queue of record that a worker drains."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import MailStatus

__all__ = ["Message", "OutgoingMail"]


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> MessageQuerySet:
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self) -> MessageQuerySet:
        return self.filter(read_at=None)


class Message(models.Model):
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("内容"), blank=True)
    link = models.CharField(max_length=200, blank=True, help_text="A path on this site.")
    sent_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["recipient", "read_at"])]

    def __str__(self) -> str:
        return self.subject


class OutgoingMail(models.Model):
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="mail")
    status = models.CharField(max_length=10, choices=MailStatus.choices, default=MailStatus.QUEUED)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return f"{self.message_id} {self.status}"
