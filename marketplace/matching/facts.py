"""What the rules and the score need to know, as plain values: no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from marketplace.geography.travel import Journey

LngLat = tuple[float, float]
Span = tuple[date, date]
OpenSpan = tuple[date, date | None]


@dataclass(frozen=True)
class Commitment:
    """Time already promised, and where."""

    shift_id: int
    starts_at: datetime
    ends_at: datetime
    place: LngLat | None
    area_code: str = ""


@dataclass(frozen=True)
class Restricted:
    """How far somebody is kept from serving, from the first day to the last (None: until further notice)."""

    kind: str
    site_id: int | None
    organization_id: int | None
    first: date
    last: date | None


@dataclass(frozen=True)
class PersonFacts:
    """`clearances` maps a kind's code to its (first day, last day) spans, `qualified` likewise a skill's to the papers
    that were accepted for it; `free_times` are (weekday, part). `adult_on` is known only where the birth date is.
    `journeys` are the known travel times; `kin` are the volunteers with whom either side declared to be related."""

    is_adult: bool
    skills: frozenset[str] = frozenset()
    clearances: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    free_times: frozenset[tuple[int, str]] = frozenset()
    place: LngLat | None = None
    radius_km: float | None = None
    area_code: str = ""
    volunteer_id: int | None = None
    adult_on: date | None = None
    languages: frozenset[str] = frozenset()
    qualified: dict[str, tuple[OpenSpan, ...]] = field(default_factory=dict)
    guardian_agreed: tuple[Span, ...] = ()
    weekly_limit: int | None = None
    restrictions: tuple[Restricted, ...] = ()
    kin: frozenset[int] = frozenset()
    has_declared_kin: bool = False
    journeys: Mapping[Journey, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ShiftFacts:
    """`skills` maps the code of each wanted skill to its name, `qualifications` those of them that count only with a
    paper; `languages` and `clearances` likewise what serving here takes."""

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
    area_code: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    qualifications: dict[str, str] = field(default_factory=dict)
    site_id: int | None = None
    organization_id: int | None = None
    for_children: bool = False
    needs_insurance: bool = False
    is_insured: bool = False


@dataclass(frozen=True)
class Obstacle:
    """Why somebody may not serve a shift: a code for the machine, a sentence for the person."""

    code: str
    sentence: str
