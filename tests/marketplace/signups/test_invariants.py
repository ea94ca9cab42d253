"""Whatever people do in whatever order: places are counted truly, nobody holds two at one time, nobody is overtaken."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.shifts.models import Shift
from marketplace.signups.actions import accept_offer, expire_offers, sign_up, withdraw_signup
from marketplace.signups.enums import SignUpStatus
from marketplace.signups.models import SignUp
from marketplace.signups.queries import held_shifts
from marketplace.signups.rules import refuse_person
from marketplace.volunteers.models import Volunteer
from marketplace.workflow.refusals import Refused
from tests.factories import a_program, a_shift, a_site, a_volunteer

pytestmark = pytest.mark.django_db

PEOPLE, SHIFTS = 5, 3

steps = st.lists(
    st.tuples(
        st.sampled_from(["join", "join", "join", "leave", "accept", "wait"]),
        st.integers(0, PEOPLE - 1),
        st.integers(0, SHIFTS - 1),
    ),
    min_size=5,
    max_size=20,
)


class Market:
    """Two shifts at one time and one much later, with few places; the clock is moved by `wait`."""

    def __init__(self) -> None:
        site, program = a_site(), a_program(status="approved")
        self.shifts = [
            a_shift(program=program, site=site, in_hours=hours, places=places)
            for hours, places in ((30, 1), (30, 2), (80, 2))
        ]
        self.people = [a_volunteer() for _person in range(PEOPLE)]
        self.begin = self.now = self.shifts[0].starts_at - timedelta(hours=26)

    @contextmanager
    def opened_anew(self) -> Iterator[None]:
        """As if nobody had come before: what happens within is forgotten afterwards."""
        self.now = self.begin
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def take(self, step: str, volunteer: Volunteer, shift: Shift) -> None:
        if step == "wait":
            self.now += timedelta(minutes=50)
            expire_offers(self.now)
        elif step == "join":
            sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True, now=self.now)
        elif signup := SignUp.objects.active().filter(shift=shift, volunteer=volunteer).first():
            act = withdraw_signup if step == "leave" else accept_offer
            act(signup, actor=volunteer.user, now=self.now)

    def check(self) -> None:
        for shift in Shift.objects.filter(pk__in=[shift.pk for shift in self.shifts]):
            assert 0 <= shift.places_taken == shift.signups.holding().count() <= shift.places
        for volunteer in self.people:
            assert not overlaps(list(held_shifts(volunteer)))

    def check_waiting_lists(self) -> None:
        for shift in Shift.objects.filter(pk__in=[shift.pk for shift in self.shifts]):
            assert shift.is_full or not self.those_kept_waiting(shift)

    def those_kept_waiting(self, shift: Shift) -> list[SignUp]:
        """People who could have the free place, unless their own calendar has changed since it came free."""
        return [
            signup
            for signup in shift.signups.waiting()
            if not refuse_person(shift, signup.volunteer) and not has_left_something(signup.volunteer)
        ]


def has_left_something(volunteer: Volunteer) -> bool:
    ended = (SignUpStatus.WITHDRAWN, SignUpStatus.CANCELLED)
    return SignUp.objects.filter(volunteer=volunteer, status__in=ended).exists()


def overlaps(shifts: list[Shift]) -> bool:
    in_order = sorted(shifts, key=lambda shift: shift.starts_at)
    return any(later.starts_at < earlier.ends_at for earlier, later in zip(in_order, in_order[1:], strict=False))


def play(market: Market, walk: list[tuple[str, int, int]]) -> None:
    with market.opened_anew():
        for step, person, place in walk:
            with suppress(Refused):
                market.take(step, market.people[person], market.shifts[place])
            market.check()
        market.check_waiting_lists()


@pytest.fixture
def market() -> Market:
    return Market()


# The market is opened anew for each walk, so one fixture serves them all.
ONE_MARKET = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=8, **ONE_MARKET)
@given(walk=steps)
def test_places_stay_true_whatever_people_do(market, walk):
    play(market, walk)


@pytest.mark.long
@settings(max_examples=400, **ONE_MARKET)
@given(walk=steps)
def test_places_stay_true_over_many_walks(market, walk):
    play(market, walk)
