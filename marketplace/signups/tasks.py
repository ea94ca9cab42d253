"""Celery's way into the clock of the waiting list."""

from celery import shared_task

from . import actions


@shared_task
def expire_offers() -> int:
    return actions.expire_offers()
