"""What can be asked and what comes back, the same for every backend."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.geography.distance import LngLat
from marketplace.matching.scoring import Score

PAGE_SIZE = 20
# So many results can be paged through; nobody reads further, and every page costs what lies before it.
LONGEST_LIST = 10_000


class Kind(TextChoices):
    NEED = "need", _("需求")
    PROGRAM = "program", _("项目")


class Sort(TextChoices):
    RELEVANCE = "relevance", _("最合适的在前")
    DISTANCE = "distance", _("最近的在前")
    SOONEST = "soonest", _("最早的在前")


@dataclass(frozen=True)
class Near:
    """A place in degrees WGS-84, and how far from it in straight kilometres (inclusive; None: any distance)."""

    lng: float
    lat: float
    km: float | None = None
    name: str = ""

    @property
    def place(self) -> LngLat:
        return self.lng, self.lat


@dataclass(frozen=True)
class SearchQuery:
    """Everything but `text` and `kinds` must hold of the same slot. Empty fields ask nothing."""

    text: str = ""
    near: Near | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    part: str = ""
    without_clearance: bool = False
    skills: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    area_prefixes: frozenset[str] = frozenset()
    places: int = 0
    kinds: frozenset[str] = frozenset()
    sort: Sort = Sort.RELEVANCE
    page: int = 1


@dataclass(frozen=True)
class Slot:
    """A row of the index. Times are seconds since 1970."""

    shift_id: int
    parent_id: int
    lng: float | None
    lat: float | None
    starts: int
    ends: int
    places: int
    places_left: int
    skills: frozenset[str]
    is_urgent: bool

    @property
    def place(self) -> LngLat | None:
        return None if self.lng is None or self.lat is None else (self.lng, self.lat)


@dataclass(frozen=True)
class Candidate:
    """A need or program that a backend found, with its best slot; `km` from where the person is."""

    slot: Slot
    km: float | None
    title_words: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    is_loose: bool = False


@dataclass(frozen=True)
class Found:
    """A backend's answer: how many needs and programs match, and the first of them in its own order."""

    total: int
    candidates: list[Candidate] = field(default_factory=list)
    loose: list[Candidate] = field(default_factory=list)


@dataclass(frozen=True)
class Hit:
    """A need or program on the page with its best slot. A loose one answers a part of the words, uncounted."""

    kind: Kind
    record_id: int
    shift_id: int
    km: float | None
    score: Score
    is_loose: bool = False


@dataclass(frozen=True)
class SearchResult:
    """`total` counts needs and programs. `is_degraded`: another backend answered than the one set. `reason` says what
    keeps this from being the whole answer."""

    total: int
    hits: list[Hit]
    is_degraded: bool = False
    reason: str = ""
