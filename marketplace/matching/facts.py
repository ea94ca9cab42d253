"""What the rules and the score need to know, as plain values: no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

LngLat = tuple[float, float]


@dataclass(frozen=True)
class Commitment:
    """Time already promised, and where."""

    shift_id: int
    starts_at: datetime
    ends_at: datetime
    place: LngLat | None


@dataclass(frozen=True)
class PersonFacts:
    """`clearances` maps a kind's code to its (first day, last day) spans; `free_times` are (weekday, part)."""

    is_adult: bool
    skills: frozenset[str] = frozenset()
    clearances: dict[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    free_times: frozenset[tuple[int, str]] = frozenset()
    place: LngLat | None = None
    radius_km: float | None = None


@dataclass(frozen=True)
class ShiftFacts:
    """`skills` maps the code of each wanted skill to its name; `clearances` likewise what serving here takes."""

    shift_id: int
    starts_at: datetime
    ends_at: datetime
    places: int
    places_taken: int
    skills: dict[str, str] = field(default_factory=dict)
    clearances: dict[str, str] = field(default_factory=dict)
    adults_only: bool = False
    is_urgent: bool = False
    weeks_unserved: int = 0
    place: LngLat | None = None


@dataclass(frozen=True)
class Obstacle:
    """Why somebody may not serve a shift: a code for the machine, a sentence for the person."""

    code: str
    sentence: str
