"""From slots that match to needs and programs: how far they are, which slot is the best, in which order they stand.

Pure, and the same for every database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from marketplace.geography.distance import LngLat, great_circle_km

from ...masks import Bits, codes_in
from ...query import Slot, Sort


@dataclass(frozen=True)
class Row:
    """A slot that matches, how far it is, and how the text index rates its parent (smaller is better)."""

    slot: Slot
    km: float | None
    rank: float

    @property
    def reach(self) -> float:
        return inf if self.km is None else self.km


def measured(fetched: Iterable[tuple[Any, ...]], origin: LngLat | None, bits: Bits) -> list[Row]:
    """Rows in the order of statements.COLUMNS; what slots of one site or one set of skills share is worked out once."""
    kilometres: dict[LngLat, float] = {}
    skills: dict[int, frozenset[str]] = {}
    rows = []
    for shift_id, parent_id, lng, lat, starts, ends, places, left, mask, is_urgent, rank in fetched:
        if mask not in skills:
            skills[mask] = codes_in(mask, bits)
        slot = Slot(shift_id, parent_id, lng, lat, starts, ends, places, left, skills[mask], bool(is_urgent))
        place = slot.place
        if origin and place and place not in kilometres:
            kilometres[place] = great_circle_km(origin, place)
        rows.append(Row(slot, kilometres.get(place) if place else None, rank))
    return rows


def best_rows(rows: Iterable[Row], sort: Sort) -> list[Row]:
    """One row for each need and program, its best slot, in the order asked for."""
    best: dict[int, Row] = {}
    for row in rows:
        held = best.get(row.slot.parent_id)
        if held is None or _slot_order(row, sort) < _slot_order(held, sort):
            best[row.slot.parent_id] = row
    return sorted(best.values(), key=lambda row: _parent_order(row, sort))


def _slot_order(row: Row, sort: Sort) -> tuple[float, ...]:
    """The best slot is the nearest, then the soonest; for relevance one with a free place comes before either."""
    slot = row.slot
    if sort == Sort.SOONEST:
        return slot.starts, slot.shift_id
    is_full = slot.places_left <= 0 and sort == Sort.RELEVANCE
    return is_full, row.reach, slot.starts, slot.shift_id


def _parent_order(row: Row, sort: Sort) -> tuple[float, ...]:
    """For relevance only a first draft, of which ranking puts the beginning into its final order."""
    slot = row.slot
    if sort == Sort.SOONEST:
        return slot.starts, slot.parent_id
    if sort == Sort.DISTANCE:
        return row.reach, slot.starts, slot.parent_id
    return row.rank, row.reach, slot.starts, slot.parent_id
