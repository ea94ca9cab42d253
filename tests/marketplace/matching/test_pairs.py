"""Two cleared adults at a child's shift: who counts as one, who as two."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.facts import PersonFacts, Restricted
from marketplace.matching.pairs import has_two_unrelated_adults, unrelated_adults, unrelated_pair

from .facts import a_person, a_slot

DAY = date(2026, 11, 28)
PASSES = {"record_check": ((DAY, DAY),)}
SLOT = a_slot(clearances={"record_check": "无违法犯罪记录查询"}, for_children=True, adults_only=True)


def somebody(number: int, **changes) -> PersonFacts:
    """Of age, cleared, and declared."""
    return a_person(**{"volunteer_id": number, "clearances": PASSES, "has_declared_kin": True, **changes})


def test_two_strangers_are_two():
    assert has_two_unrelated_adults([somebody(1), somebody(2)], SLOT)


def test_nobody_is_none_and_one_is_one():
    assert (unrelated_adults([], SLOT), unrelated_adults([somebody(1)], SLOT)) == (0, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_adult": False},
        {"adult_on": DAY + timedelta(days=1)},
        {"clearances": {}},
        {"clearances": {"record_check": ((DAY - timedelta(days=9), DAY - timedelta(days=1)),)}},
        {"restrictions": (Restricted("children", None, None, DAY, None),)},
        {"has_declared_kin": False},
        {"kin": frozenset({1})},
    ],
)
def test_a_second_person_is_not_counted_when(changes):
    assert unrelated_adults([somebody(1), somebody(2, **changes)], SLOT) == 1


def test_relatives_are_one_whoever_of_them_declared_it():
    declared_by_first = [somebody(1, kin=frozenset({2})), somebody(2)]

    assert unrelated_adults(declared_by_first, SLOT) == unrelated_adults(declared_by_first[::-1], SLOT) == 1


def test_a_third_person_makes_a_pair_with_either_of_two_relatives():
    family = [somebody(1, kin=frozenset({2})), somebody(2, kin=frozenset({1}))]

    pair = unrelated_pair([*family, somebody(3)], SLOT)

    assert pair is not None
    assert [person.volunteer_id for person in pair] == [1, 3]


def test_one_person_twice_is_one():
    assert unrelated_adults([somebody(1), somebody(1)], SLOT) == 1


def test_somebody_without_a_number_makes_no_pair():
    assert unrelated_adults([somebody(1), somebody(2, volunteer_id=None)], SLOT) == 1


people = st.lists(
    st.builds(
        somebody,
        st.integers(1, 6),
        kin=st.frozensets(st.integers(1, 6), max_size=5),
        has_declared_kin=st.booleans(),
        is_adult=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda person: person.volunteer_id,
)


@given(present=people, late=st.builds(somebody, st.just(7), kin=st.frozensets(st.integers(1, 6))))
def test_more_people_never_make_fewer_adults(present, late):
    assert unrelated_adults(present, SLOT) <= unrelated_adults([*present, late], SLOT) <= 2


@given(present=people, order=st.randoms())
def test_the_order_in_which_they_signed_up_does_not_matter(present, order):
    shuffled = list(present)
    order.shuffle(shuffled)

    assert unrelated_adults(present, SLOT) == unrelated_adults(shuffled, SLOT)


@given(present=people)
def test_silence_about_relatives_never_adds_anybody(present):
    silent = [somebody(one.volunteer_id, kin=one.kin, has_declared_kin=False, is_adult=one.is_adult) for one in present]

    assert unrelated_adults(silent, SLOT) == min(1, sum(one.is_adult for one in present))
