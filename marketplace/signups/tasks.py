"""Celery's way into the clocks of the waiting list and of shifts with children."""

from celery import shared_task

from . import actions


@shared_task
def expire_offers() -> int:
    return actions.expire_offers()


@shared_task
def flag_short_shifts() -> int:
    return actions.flag_short_shifts()
