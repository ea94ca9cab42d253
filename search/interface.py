"""The only door to the index, whichever backend answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.geography.distance import LngLat
from marketplace.matching.facts import PersonFacts
from marketplace.matching.queries import NOBODY
from marketplace.matching.scoring import Score
from marketplace.volunteers.models import Skill

from .backends.database.sqlite import SqliteBackend
from .entries import record_of
from .query import LONGEST_LIST, PAGE_SIZE, Candidate, Found, Hit, SearchQuery, SearchResult
from .ranking import RERANKED, in_order, judge, ranked_page
from .text import groups_of


class SearchBackend(Protocol):
    """What an index must be able to do. All of them are held to one contract test."""

    def find(self, query: SearchQuery, *, origin: LngLat | None, now: datetime, wanted: int) -> Found:
        """Every need and program with a slot of which all of `query` holds, counted, the first `wanted` with their best
        slots. Distances are measured from `origin`. What fills no first page is followed by loose ones."""
        ...


BACKENDS: dict[str, Callable[[], SearchBackend]] = {"database": SqliteBackend}


def search(query: SearchQuery, *, user_facts: PersonFacts = NOBODY, now: datetime) -> SearchResult:
    """What answers `query`, best first for this person. Distances are from the asked place, else the person's own."""
    last = query.page * PAGE_SIZE
    wanted = max(RERANKED, last) if last <= LONGEST_LIST else 0
    origin = query.near.place if query.near else user_facts.place
    found = BACKENDS[settings.SEARCH_BACKEND]().find(query, origin=origin, now=now, wanted=wanted)
    judged = judge(replace(user_facts, place=origin), groups_of(query.text), _skill_names(), now)
    page = [*ranked_page(found.candidates, query, judged), *in_order(found.loose, judged)]
    reason = "" if wanted else _("只能翻到前 %(count)d 个结果，请加上条件再找。") % {"count": LONGEST_LIST}
    return SearchResult(found.total, [_hit(candidate, score) for candidate, score in page], reason=reason)


def _skill_names() -> dict[str, str]:
    return {skill.code: str(skill) for skill in Skill.objects.all()}


def _hit(candidate: Candidate, score: Score) -> Hit:
    kind, record_id = record_of(candidate.slot.parent_id)
    return Hit(kind, record_id, candidate.slot.shift_id, candidate.km, score, candidate.is_loose)
