"""Celery's way into the clock of programs."""

from celery import shared_task

from .actions import end_programs


@shared_task
def end_past_programs() -> int:
    return end_programs()
