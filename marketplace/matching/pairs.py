"""Two cleared adults at a child's shift who are no relatives: who of those that come makes such a pair. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from .constraints import days_of, is_of_age, needs_clearance, not_restricted
from .facts import PersonFacts, ShiftFacts

ADULTS_AT_CHILDRENS_SHIFTS = 2


def cleared_adults(people: Iterable[PersonFacts], shift: ShiftFacts) -> list[PersonFacts]:
    """Those of age on the day, with every clearance, and kept from it by no restriction."""
    first, _last = days_of(shift)
    return [
        person
        for person in people
        if is_of_age(person, first) and not needs_clearance(person, shift) and not not_restricted(person, shift)
    ]


def are_unrelated(one: PersonFacts, other: PersonFacts) -> bool:
    """Both declared, it was recorded, and neither named the other. Silence is not a no."""
    if one.volunteer_id == other.volunteer_id or None in (one.volunteer_id, other.volunteer_id):
        return False
    if not (one.has_declared_kin and other.has_declared_kin):
        return False
    return other.volunteer_id not in one.kin and one.volunteer_id not in other.kin


def unrelated_pair(people: Iterable[PersonFacts], shift: ShiftFacts) -> tuple[PersonFacts, PersonFacts] | None:
    """The first two cleared adults who are no relatives of each other."""
    pairs = combinations(cleared_adults(people, shift), ADULTS_AT_CHILDRENS_SHIFTS)
    return next(((one, other) for one, other in pairs if are_unrelated(one, other)), None)


def unrelated_adults(people: Iterable[PersonFacts], shift: ShiftFacts) -> int:
    """How many of the two adults are there: relatives, and those who declared nothing, are one between them."""
    present = cleared_adults(people, shift)
    return ADULTS_AT_CHILDRENS_SHIFTS if unrelated_pair(present, shift) else min(1, len(present))


def has_two_unrelated_adults(people: Iterable[PersonFacts], shift: ShiftFacts) -> bool:
    """Whether the shift may be held, as far as the adults go."""
    return unrelated_adults(people, shift) == ADULTS_AT_CHILDRENS_SHIFTS
