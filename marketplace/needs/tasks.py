"""Celery's way into the clock of needs."""

from celery import shared_task

from .actions import chase_emergencies, expire_needs


@shared_task
def expire_past_needs() -> int:
    return expire_needs()


@shared_task
def chase_unanswered_emergencies() -> int:
    return chase_emergencies()
