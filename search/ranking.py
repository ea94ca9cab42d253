"""The shared re-rank: a backend chooses the first few hundred, this puts them into order and says why. Pure.

Reach, skill, urgency, deficit and free time are computed by matching.scoring alone; text and soonness are added here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from marketplace.matching.facts import PersonFacts, ShiftFacts
from marketplace.matching.scoring import Score, Term, score

from .query import PAGE_SIZE, Candidate, SearchQuery, Slot, Sort
from .text import Groups, is_in

# Beyond these the engine's own order stands.
RERANKED = 200
# What was asked in words outweighs every other single term.
TEXT_WEIGHT = 1.5
IN_BODY = 0.6
SOON_WEIGHT = 0.3
HALF_SOON_DAYS = 14
SECONDS_A_DAY = 86_400

Judge = Callable[[Candidate], Score]
Ranked = list[tuple[Candidate, Score]]


def judge(person: PersonFacts, groups: Groups, skill_names: Mapping[str, str], now: datetime) -> Judge:
    """The score of any candidate for this person and question."""

    def judged(candidate: Candidate) -> Score:
        fit = score(person, facts_of(candidate.slot, skill_names))
        return Score((*fit.terms, text_term(candidate, groups), soon_term(candidate.slot, now)))

    return judged


def ranked_page(candidates: list[Candidate], query: SearchQuery, judged: Judge) -> Ranked:
    """The page that was asked for, best first, ties by key; nearest and soonest keep the backend's order."""
    start = (query.page - 1) * PAGE_SIZE
    stop = start + PAGE_SIZE
    head = in_order(candidates[:RERANKED], judged) if query.sort == Sort.RELEVANCE else []
    rest = candidates[max(start, len(head)) : stop]
    return head[start:stop] + [(candidate, judged(candidate)) for candidate in rest]


def in_order(candidates: list[Candidate], judged: Judge) -> Ranked:
    pairs = [(candidate, judged(candidate)) for candidate in candidates]
    return sorted(pairs, key=lambda pair: (-pair[1].total, pair[0].slot.parent_id))


def text_term(candidate: Candidate, groups: Groups) -> Term:
    """The share of the asked words that the title says; those that only the rest says count less."""
    if not groups:
        return Term("text", 0.0, "")
    said = sum(
        1.0 if is_in(group, candidate.title_words) else IN_BODY if is_in(group, candidate.words) else 0.0
        for group in groups
    )
    return Term("text", TEXT_WEIGHT * said / len(groups), "")


def soon_term(slot: Slot, now: datetime) -> Term:
    """In two weeks worth half of today."""
    days = max(0.0, (slot.starts - now.timestamp()) / SECONDS_A_DAY)
    words = _("两天内开始") if days < 2 else ""
    return Term("soon", SOON_WEIGHT * HALF_SOON_DAYS / (HALF_SOON_DAYS + days), words)


def facts_of(slot: Slot, skill_names: Mapping[str, str]) -> ShiftFacts:
    """What matching asks of a shift, from the index's row alone."""
    return ShiftFacts(
        shift_id=slot.shift_id,
        starts_at=datetime.fromtimestamp(slot.starts, UTC),
        ends_at=datetime.fromtimestamp(slot.ends, UTC),
        places=slot.places,
        places_taken=slot.places - slot.places_left,
        skills={code: skill_names.get(code, code) for code in sorted(slot.skills)},
        is_urgent=slot.is_urgent,
        place=slot.place,
    )
