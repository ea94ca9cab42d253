"""From slots to needs and programs: the best slot of each, and their order."""

import pytest

from search.backends.database.grouping import best_rows
from search.query import Sort

HERE, NEAR, FAR = (104.9, 26.5), (104.95, 26.5), (105.3, 26.5)
BITS = {"english": 0, "music": 1}


def fetched(shift_id: int, parent_id: int, place=HERE, *, starts=1_000, left=1, mask=0, rank=0.0) -> tuple:
    lng, lat = place or (None, None)
    return shift_id, parent_id, lng, lat, starts, starts + 10, 3, left, mask, 0, rank


def best(*slots, sort=Sort.RELEVANCE, origin=HERE, limit_km=None) -> list[tuple[int, int]]:
    rows = best_rows(slots, origin=origin, limit_km=limit_km, sort=sort, bits=BITS)
    return [(row.slot.parent_id, row.slot.shift_id) for row in rows]


@pytest.mark.parametrize(
    ("sort", "shift"),
    [(Sort.RELEVANCE, 3), (Sort.DISTANCE, 1), (Sort.SOONEST, 2)],
)
def test_the_best_slot_depends_on_the_order(sort, shift):
    full_here, early_and_far = fetched(1, 2, left=0), fetched(2, 2, FAR, starts=500)
    assert best(full_here, early_and_far, fetched(3, 2, NEAR), sort=sort) == [(2, shift)]


def test_slots_alike_are_told_apart_by_id():
    assert best(fetched(8, 2), fetched(7, 2), fetched(9, 2)) == [(2, 7)]


def test_parents_stand_nearest_first_those_without_a_place_last():
    slots = [fetched(1, 2, None), fetched(2, 3, FAR), fetched(3, 4, NEAR), fetched(4, 5, NEAR, starts=900)]
    assert best(*slots, sort=Sort.DISTANCE) == [(5, 4), (4, 3), (3, 2), (2, 1)]


def test_a_text_question_stands_in_the_order_of_its_engine():
    assert best(fetched(1, 2, rank=-1.0), fetched(2, 3, FAR, rank=-5.0)) == [(3, 2), (2, 1)]


def test_a_limit_leaves_out_what_is_farther_or_nowhere():
    slots = [fetched(1, 2, None), fetched(2, 3, FAR), fetched(3, 4, NEAR)]
    assert best(*slots, limit_km=10.0) == [(4, 3)]
    assert best(*slots, limit_km=10.0, origin=None) == []


def test_a_row_tells_its_skills_and_how_far_it_is():
    (row,) = best_rows([fetched(1, 2, mask=2)], origin=HERE, limit_km=None, sort=Sort.RELEVANCE, bits=BITS)
    assert (row.slot.skills, row.km, row.slot.place) == ({"music"}, 0.0, HERE)
    (row,) = best_rows([fetched(1, 2, None)], origin=HERE, limit_km=None, sort=Sort.RELEVANCE, bits=BITS)
    assert (row.km, row.slot.place) == (None, None)
