"""The shared re-rank: the same terms decide the order and are said in words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.matching.facts import PersonFacts
from marketplace.matching.queries import NOBODY
from marketplace.matching.scoring import score
from search.query import PAGE_SIZE, SearchQuery, Sort
from search.ranking import RERANKED, TEXT_WEIGHT, facts_of, in_order, judge, ranked_page, soon_term, text_term
from tests.search.rows import a_candidate

NOW = timezone.now()
GROUPS = ((("英语",), ("外语",)), (("周末",),))
NAMES = {"english": "英语"}


def keys(pairs) -> list[int]:
    return [candidate.slot.parent_id for candidate, _score in pairs]


def said_of(term):
    return term.code, term.points, term.words


def test_score_is_the_one_of_matching_with_text_and_soonness():
    candidate = a_candidate(skills=frozenset({"english"}))
    person = PersonFacts(is_adult=True, skills=frozenset({"english"}), place=(104.85, 26.59))
    fit = score(person, facts_of(candidate.slot, NAMES))
    judged = judge(person, GROUPS, NAMES, NOW)(candidate)
    expected = (*fit.terms, text_term(candidate, GROUPS), soon_term(candidate.slot, NOW))
    assert [said_of(term) for term in judged.terms] == [said_of(term) for term in expected]
    assert "会英语" in judged.reasons()


@pytest.mark.parametrize(
    ("title", "words", "share"),
    [
        ("英语 周末", "英语 周末", 1.0),
        ("外语 周末", "外语 周末", 1.0),
        ("英语", "英语 周末", 0.8),
        ("", "英语 周末", 0.6),
        ("", "英语", 0.3),
        ("", "", 0.0),
    ],
)
def test_text_counts_groups_in_title_and_body(title, words, share):
    assert text_term(a_candidate(title=title, words=words), GROUPS).points == pytest.approx(TEXT_WEIGHT * share)


def test_without_a_question_the_text_says_nothing():
    assert text_term(a_candidate(title="英语"), ()).points == 0.0


def test_sooner_is_worth_more_and_is_said_when_it_is_soon():
    soon = soon_term(a_candidate(starts=int((NOW + timedelta(hours=5)).timestamp())).slot, NOW)
    later = soon_term(a_candidate(starts=int((NOW + timedelta(days=20)).timestamp())).slot, NOW)
    assert soon.points > later.points > 0
    assert (soon.words, later.words) == ("两天内开始", "")


def test_ties_stand_by_key():
    same = a_candidate(2)
    pair = [replace(same, slot=replace(same.slot, parent_id=key)) for key in (5, 3, 4)]
    assert keys(in_order(pair, judge(NOBODY, (), NAMES, NOW))) == [3, 4, 5]


def test_relevance_reorders_the_first_and_keeps_the_rest():
    far, near = a_candidate(2, lng=105.4, lat=25.8), a_candidate(3)
    person = PersonFacts(is_adult=True, place=(104.957, 26.540))
    assert keys(ranked_page([far, near], SearchQuery(), judge(person, (), NAMES, NOW))) == [3, 2]


@pytest.mark.parametrize("sort", [Sort.DISTANCE, Sort.SOONEST])
def test_other_orders_are_the_backends(sort):
    far, near = a_candidate(2, lng=105.4, lat=25.8), a_candidate(3)
    person = PersonFacts(is_adult=True, place=(104.957, 26.540))
    assert keys(ranked_page([far, near], SearchQuery(sort=sort), judge(person, (), NAMES, NOW))) == [2, 3]


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_every_candidate_once(sort):
    many = [a_candidate(key) for key in range(2, RERANKED + PAGE_SIZE + 7)]
    judged = judge(NOBODY, (), NAMES, NOW)
    pages = [ranked_page(many, SearchQuery(sort=sort, page=page), judged) for page in range(1, 13)]
    assert [len(page) for page in pages] == [20] * 11 + [5]
    assert sorted(key for page in pages for key in keys(page)) == [one.slot.parent_id for one in many]


def test_facts_come_from_the_row_alone():
    slot = a_candidate(places=4, places_left=1, skills=frozenset({"english", "yi"}), is_urgent=True).slot
    facts = facts_of(slot, NAMES)
    assert (facts.places, facts.places_taken, facts.is_urgent) == (4, 3, True)
    assert facts.skills == {"english": "英语", "yi": "yi"}
    assert facts.starts_at.timestamp() == slot.starts
    assert facts.place == (104.957, 26.540)
