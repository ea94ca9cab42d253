"""Celery's way to what runs out."""

from celery import shared_task
from django.utils import timezone

from .actions import warn_of_expiry


@shared_task
def tell_of_expiry() -> int:
    return warn_of_expiry(timezone.localdate())
