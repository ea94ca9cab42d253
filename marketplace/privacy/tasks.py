"""What the clock asks of identities."""

from celery import shared_task
from django.utils import timezone

from .actions import come_of_age


@shared_task
def note_birthdays() -> int:
    return come_of_age(timezone.localdate())
