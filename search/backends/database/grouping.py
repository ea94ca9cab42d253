"""From slots that match to needs and programs: how far they are, which slot is the best, in which order they stand.

Pure, and the same for every database. Most slots are looked at once and dropped, so they stay the tuples that the
database gave (in the order of statements.COLUMNS) until a need's or program's best one is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from marketplace.geography.distance import LngLat, great_circle_km

from ...masks import Bits, codes_in
from ...query import Slot, Sort

Fetched = tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """A parent's best slot, how far it is (infinitely where nobody knows), and how the text index rates the parent."""

    slot: Slot
    reach: float
    rank: float

    @property
    def km(self) -> float | None:
        return None if self.reach == inf else self.reach


def best_rows(
    fetched: Iterable[Fetched], *, origin: LngLat | None, limit_km: float | None, sort: Sort, bits: Bits
) -> list[Row]:
    """One row for each need and program with a slot within `limit_km` of `origin`, in the order asked for."""
    reach_of = _Reach(origin)
    best: dict[int, tuple[tuple[float, ...], float, Fetched]] = {}
    for slot in fetched:
        shift_id, parent_id, lng, lat, starts, _ends, _places, places_left, *_rest = slot
        reach = reach_of(lng, lat)
        if limit_km is not None and reach > limit_km:
            continue
        order = _slot_order(sort, places_left, reach, starts, shift_id)
        if parent_id not in best or order < best[parent_id][0]:
            best[parent_id] = order, reach, slot
    rows = [_row(slot, reach, bits) for _order, reach, slot in best.values()]
    return sorted(rows, key=lambda row: _parent_order(row, sort))


class _Reach:
    """Kilometres from one place to the slots, worked out once for those of one site."""

    def __init__(self, origin: LngLat | None) -> None:
        self.origin = origin
        self.known: dict[tuple[float | None, float | None], float] = {}

    def __call__(self, lng: float | None, lat: float | None) -> float:
        if (lng, lat) not in self.known:
            is_known = self.origin is not None and lng is not None and lat is not None
            self.known[lng, lat] = great_circle_km(self.origin, (lng, lat)) if is_known else inf  # type: ignore[arg-type]
        return self.known[lng, lat]


def _slot_order(sort: Sort, places_left: int, reach: float, starts: int, shift_id: int) -> tuple[float, ...]:
    """The best slot is the nearest, then the soonest; for relevance one with a free place comes before either."""
    if sort == Sort.SOONEST:
        return starts, shift_id
    is_full = sort == Sort.RELEVANCE and places_left <= 0
    return is_full, reach, starts, shift_id


def _parent_order(row: Row, sort: Sort) -> tuple[float, ...]:
    """For relevance only a first draft, of which ranking puts the beginning into its final order."""
    slot = row.slot
    if sort == Sort.SOONEST:
        return slot.starts, slot.parent_id
    if sort == Sort.DISTANCE:
        return row.reach, slot.starts, slot.parent_id
    return row.rank, row.reach, slot.starts, slot.parent_id


def _row(fetched: Fetched, reach: float, bits: Bits) -> Row:
    shift_id, parent_id, lng, lat, starts, ends, places, places_left, mask, is_urgent, rank = fetched
    skills = codes_in(mask, bits)
    slot = Slot(shift_id, parent_id, lng, lat, starts, ends, places, places_left, skills, bool(is_urgent))
    return Row(slot, reach, rank)
