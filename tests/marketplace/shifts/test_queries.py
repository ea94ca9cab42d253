"""What can be found, signed up for, adopted, and what those who run it see."""

import pytest
from django.utils import timezone

from marketplace.shifts.models import Shift
from marketplace.shifts.queries import adoptable_shifts, all_shifts, public_shift, upcoming_shifts
from tests.factories import a_need, a_program, a_shift, a_site

pytestmark = pytest.mark.django_db

HIDDEN = {
    "a draft's": {"published_at": None},
    "cancelled": {"status": "cancelled"},
    "held": {"status": "held"},
    "past": {"in_hours": -3},
    "at a closed site": {"site": "closed"},
}


def a_hidden_shift(name):
    fields = dict(HIDDEN[name])
    if "site" in fields:
        fields["site"] = a_site(status="closed")
    return a_shift(program=a_program(status="approved"), **fields)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_can_join_is_not_findable(name):
    shown = a_shift()
    a_hidden_shift(name)

    assert list(Shift.objects.findable(timezone.now())) == [shown]


@pytest.mark.parametrize("parent", ["need", "program", "site"])
def test_upcoming_shifts_are_those_of_the_parent_by_start(parent):
    site = a_site()
    need, program = a_need(status="published", site=site, windows=0), a_program(status="approved")
    later, sooner = (a_shift(need=need, program=program, in_hours=hours) for hours in (96, 24))
    a_shift(need=need, program=program, status="cancelled")
    a_shift()

    found = upcoming_shifts({"need": need, "program": program, "site": site}[parent], timezone.now())

    assert list(found) == [sooner, later]


def test_all_shifts_holds_back_nothing_from_those_who_run_it():
    program = a_program()
    own = {a_shift(program=program, **fields) for fields in ({}, {"published_at": None}, {"status": "cancelled"})}

    assert set(all_shifts(program)) == own


def test_adoptable_are_open_shifts_of_needs_without_a_program():
    free = a_shift()
    a_shift(need=a_need(status="published", windows=0), program=a_program())
    a_shift(program=a_program())
    for name in HIDDEN:
        a_hidden_shift(name)

    assert list(adoptable_shifts(timezone.now())) == [free]


def test_public_shift_is_found_cancelled_too_but_not_unpublished():
    cancelled, draft = a_shift(status="cancelled"), a_shift(published_at=None)

    assert public_shift(cancelled.pk) == cancelled
    with pytest.raises(Shift.DoesNotExist):
        public_shift(draft.pk)


@pytest.mark.parametrize("number", [1, 3])
def test_reading_shifts_with_parents_takes_two_queries(django_assert_num_queries, number):
    for _ in range(number):
        a_shift(program=a_program(status="approved"), skills=("homework",))

    with django_assert_num_queries(2):
        for shift in Shift.objects.with_parents().prefetch_related("skills"):
            str(shift), shift.site.area.parent, shift.program.organization, list(shift.skills.all())
