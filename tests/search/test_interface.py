"""The only door: an oracle in plain Python agrees on what is found, on the best slots and on the order."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from marketplace.matching.facts import PersonFacts
from search.entries import key_of, rebuild
from search.interface import search
from search.queries import shown
from search.query import LONGEST_LIST, PAGE_SIZE, Near, SearchQuery, Sort
from tests.factories import a_category, a_need, a_program, a_shift, a_site, hours
from tests.search.markets import a_market, a_question
from tests.search.rows import a_parent, a_slot

pytestmark = pytest.mark.django_db

MARKETS = 50
QUESTIONS = 12


def found(query: SearchQuery, now: datetime | None = None, **more):
    return search(query, now=now or timezone.now(), **more)


def titles(query: SearchQuery) -> list[str]:
    """In the order of the answer, loose ones left out."""
    result = found(query)
    shifts, _total = shown(result, timezone.now())
    return [shifts[hit.shift_id].title for hit in result.hits if not hit.is_loose]


@pytest.mark.parametrize("seed", range(MARKETS))
def test_oracle_agrees(seed):
    market = a_market(seed)
    chance = random.Random(seed + 1_000)
    for _question in range(QUESTIONS):
        query = a_question(chance, market)
        expected = market.answers(query)
        result = found(query, market.now)
        hits = [hit for hit in result.hits if not hit.is_loose]
        assert result.total == len(expected), query
        if query.sort != Sort.RELEVANCE:
            first = [(slot.parent, slot.id) for slot in expected[:PAGE_SIZE]]
            assert [(key_of(hit.kind, hit.record_id), hit.shift_id) for hit in hits] == first, query
        best = {slot.parent: slot for slot in expected}
        for hit in hits:
            slot = best[key_of(hit.kind, hit.record_id)]
            assert hit.shift_id == slot.id, query
            if hit.km is not None:
                assert hit.km == pytest.approx(market.km(slot, query), abs=1e-6)


def test_conditions_hold_of_one_and_the_same_slot():
    """A program with a far slot on the asked day and a near slot on another day is no answer."""
    now = timezone.now()
    near_site, far_site = a_site(lng=104.85, lat=26.59), a_site(lng=105.4, lat=25.7)
    program = a_program(status="approved")
    a_shift(program=program, site=far_site, in_hours=48)
    a_shift(program=program, site=near_site, in_hours=240)
    rebuild()
    day = now + timedelta(hours=24)
    asked = SearchQuery(near=Near(104.85, 26.59, 10), starts_from=day, starts_before=day + timedelta(days=2))
    assert found(asked).total == 0
    assert found(replace(asked, starts_from=None, starts_before=None)).total == 1
    assert found(replace(asked, near=None)).total == 1


def test_an_adopted_shift_is_found_under_its_program_only():
    need, program = a_need(status="published"), a_program(status="approved")
    adopted, own = a_shift(need=need, program=program), a_shift(need=need, in_hours=96)
    rebuild()
    hits = found(SearchQuery(sort=Sort.SOONEST)).hits
    assert [(hit.kind, hit.record_id, hit.shift_id) for hit in hits] == [
        ("program", program.pk, adopted.pk),
        ("need", need.pk, own.pk),
    ]


def test_a_site_without_a_point_is_found_by_text_and_area_never_by_distance():
    site = a_site(name="以朵社区服务站", lng=None, lat=None)
    a_shift(need=a_need(status="published", site=site))
    rebuild()
    assert found(SearchQuery(text="以朵社区")).total == 1
    assert found(SearchQuery(area_prefixes=frozenset({"520204"}))).total == 1
    assert found(SearchQuery(near=Near(104.957, 26.540, 500))).total == 0
    (hit,) = found(SearchQuery(near=Near(104.957, 26.540), sort=Sort.DISTANCE)).hits
    assert hit.km is None


def test_nearest_without_text_comes_first():
    places = {"far": (105.3, 25.8), "near": (104.96, 26.54), "middle": (104.7, 26.4)}
    for title, (lng, lat) in places.items():
        a_shift(need=a_need(status="published", title=title, site=a_site(lng=lng, lat=lat)))
    rebuild()
    query = SearchQuery(near=Near(104.957, 26.540), sort=Sort.DISTANCE)
    assert titles(query) == ["near", "middle", "far"]


def test_distance_counts_from_the_persons_own_place_when_none_is_asked():
    a_shift(need=a_need(status="published", site=a_site(lng=104.957, lat=26.540)))
    rebuild()
    at_home = PersonFacts(is_adult=True, place=(104.957, 26.540))
    assert found(SearchQuery(), user_facts=at_home).hits[0].km == pytest.approx(0.0)
    assert found(SearchQuery()).hits[0].km is None


def test_title_outweighs_body_and_a_fitting_skill_is_said():
    a_shift(need=a_need(status="published", title="整理图书", summary="之后教英语"))
    a_shift(need=a_need(status="published", title="教英语", summary="每周一次"), skills=("english",))
    rebuild()
    teacher = PersonFacts(is_adult=True, skills=frozenset({"english"}))
    first, second = found(SearchQuery(text="英语"), user_facts=teacher).hits
    assert first.score.total > second.score.total
    assert "会英语" in first.score.reasons()


def test_a_full_slot_is_the_best_only_when_no_other_has_a_place():
    need = a_need(status="published")
    full = a_shift(need=need, places=1, places_taken=1)
    free = a_shift(need=need, in_hours=200)
    rebuild()
    assert found(SearchQuery()).hits[0].shift_id == free.pk
    assert found(SearchQuery(sort=Sort.SOONEST)).hits[0].shift_id == full.pk
    assert found(SearchQuery(places=1, sort=Sort.SOONEST)).hits[0].shift_id == free.pk


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("志愿", ["志愿活动讲解"]),
        ("儿童之家", ["儿童之家布置"]),
        ("課業輔導", ["周末课业辅导"]),
        ("写作业", ["周末课业辅导"]),
        ("理发", ["上门理发"]),
        ("办理发票", ["代办发票"]),
    ],
)
def test_chinese_questions(question, expected):
    site = a_site(name="双水社区", kind="village")
    for title in ("志愿活动讲解", "儿童之家布置", "周末课业辅导", "上门理发", "代办发票"):
        summary = "帮老人办理发票" if title == "代办发票" else "请带水杯"
        fields = {"title": title, "summary": summary, "audience": "everybody"}
        a_shift(need=a_need(status="published", site=site, category=a_category("cleaning"), **fields))
    rebuild()
    assert titles(SearchQuery(text=question)) == expected


def test_what_matches_in_part_follows_as_loose_and_is_not_counted():
    a_shift(need=a_need(status="published", title="围棋入门", summary="每周一次"))
    a_shift(need=a_need(status="published", title="书法入门", summary="每周一次"))
    rebuild()
    result = found(SearchQuery(text="围棋 毛笔 书法"))
    assert (result.total, [hit.is_loose for hit in result.hits]) == (0, [True, True])
    exact = found(SearchQuery(text="围棋"))
    assert (exact.total, [hit.is_loose for hit in exact.hits]) == (1, [False])


def test_loose_ones_obey_every_other_condition():
    a_shift(need=a_need(status="published", title="围棋入门", summary="每周一次"), clearance_required=True)
    rebuild()
    assert found(SearchQuery(text="围棋 书法", without_clearance=True)).hits == []
    assert len(found(SearchQuery(text="围棋 书法")).hits) == 1


def test_pages_follow_one_another_and_end():
    for key in range(2, 2 * 45 + 2, 2):
        a_slot(key, a_parent(key))
    pages = [found(SearchQuery(page=page)).hits for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert len({hit.record_id for page in pages for hit in page}) == 45


def test_beyond_the_longest_list_it_says_so():
    a_slot(2, a_parent(2))
    last = LONGEST_LIST // PAGE_SIZE
    assert found(SearchQuery(page=last)).reason == ""
    beyond = found(SearchQuery(page=last + 1))
    assert (beyond.total, beyond.hits, bool(beyond.reason)) == (1, [], True)


def test_what_begins_now_is_not_found():
    start, _end = hours(72)
    a_shift(in_hours=72)
    rebuild()
    moment = start.astimezone(UTC)
    assert found(SearchQuery(), moment - timedelta(seconds=1)).total == 1
    assert found(SearchQuery(), moment).total == 0
