"""Celery's way into the mail."""

from celery import shared_task

from .actions import deliver_mail


@shared_task
def deliver_due_mail() -> int:
    return deliver_mail()
