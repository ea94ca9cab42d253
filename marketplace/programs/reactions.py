"""What a suspended organization means for the programs it runs."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.organizations.models import Organization

from .actions import stop_program


@receiver(event_recorded, sender=Organization, dispatch_uid="programs.stop_with_their_organization")
def stop_with_their_organization(event: Event, record: Organization, **_kwargs: Any) -> None:
    """Nobody is sent to a body that may not act: its running programs stop, adopted shifts go back to their needs."""
    if event.verb != "organization.suspended":
        return
    for program in record.programs.approved():
        stop_program(program, reason="organization_suspended")
