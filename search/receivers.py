"""The receivers: whatever happens in the marketplace, the index's rows follow in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver

from marketplace.history.actions import put_off
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded, work_ended
from marketplace.shifts.models import Shift

from .entries import REBUILT_AT_ONCE, key_of, keys_of, keys_with, write_entries, write_places
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


WORK = "search entries"


@receiver(event_recorded, dispatch_uid="search.follow")
def follow(event: Event, record: Any, **_kwargs: Any) -> None:
    """A sign-up changes one number; anything else writes the touched entries whole, once for work recorded together."""
    if event.subject_type == "signup":
        if not put_off(WORK, keys_with(record.shift_id)):
            write_places(record.shift_id)
    elif event.subject_type in TOUCHED and event.verb not in UNSEEN:
        keys = TOUCHED[event.subject_type](record)
        if not put_off(WORK, keys):
            write_entries(keys)


@receiver(work_ended, dispatch_uid="search.catch_up")
def catch_up(put_off: dict[str, set[int]], **_kwargs: Any) -> None:
    """What happened together is written once."""
    keys = sorted(put_off.get(WORK, ()))
    for start in range(0, len(keys), REBUILT_AT_ONCE):
        write_entries(keys[start : start + REBUILT_AT_ONCE])
