"""Celery's way to passes that end soon, and to relatives who became volunteers later."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def warn_of_ending_passes() -> int:
    return actions.warn_of_ending_passes(timezone.localdate())


@shared_task
def find_new_relatives() -> int:
    return actions.find_new_relatives()
