"""What follows on the pages from what the marketplace did, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.programs.models import Program

from .actions import close_project_page, open_project_page


@receiver(event_recorded, sender=Program, dispatch_uid="cms.keep_project_page")
def keep_project_page(event: Event, record: Program, **_kwargs: Any) -> None:
    """An approved program gets its page; a cancelled one loses it."""
    if event.verb == "program.approved":
        open_project_page(record)
    elif event.verb == "program.cancelled":
        close_project_page(record)
