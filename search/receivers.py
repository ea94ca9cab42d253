"""The one receiver: whatever happens in the marketplace, the index's rows follow in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver

from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.shifts.models import Shift

from .entries import key_of, keys_of, keys_with, write_entries, write_places
from .query import Kind

# What an event about one of these records may have changed, by the name of its model.
TOUCHED: dict[str, Callable[[Any], set[int]]] = {
    "need": lambda need: {key_of(Kind.NEED, need.pk)},
    "program": lambda program: {key_of(Kind.PROGRAM, program.pk)},
    "shift": lambda shift: keys_of([shift]) | keys_with(shift.pk),
    "servicesite": lambda site: keys_of(Shift.objects.filter(site=site)),
    "organization": lambda organization: {
        key_of(Kind.PROGRAM, pk) for pk in organization.programs.values_list("pk", flat=True)
    },
}
# A shift is made unpublished, and reading who comes changes nothing: neither can be seen in the index.
UNSEEN = frozenset({"shift.created", "shift.roster_opened"})


@receiver(event_recorded, dispatch_uid="search.follow")
def follow(event: Event, record: Any, **_kwargs: Any) -> None:
    """A sign-up changes one number; anything else writes the touched entries whole."""
    if event.subject_type == "signup":
        write_places(record.shift_id)
    elif event.subject_type in TOUCHED and event.verb not in UNSEEN:
        write_entries(TOUCHED[event.subject_type](record))
