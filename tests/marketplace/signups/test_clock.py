"""What the clock means to sign-ups: midnight, the end of a month, a leap day, the last second of an offer."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from marketplace.shifts.models import Shift
from marketplace.signups.actions import expire_offers, sign_up, withdraw_signup
from marketplace.signups.models import SignUp
from marketplace.volunteers.models import Clearance, ClearanceKind
from marketplace.workflow.refusals import Refused
from tests.factories import a_shift, a_volunteer

pytestmark = pytest.mark.django_db

# Local midnight is 16:00 UTC the day before.
MOMENTS = {
    "midnight": datetime(2026, 11, 24, 16, tzinfo=UTC),
    "end of a month": datetime(2026, 11, 30, 16, tzinfo=UTC),
    "end of a year": datetime(2026, 12, 31, 16, tzinfo=UTC),
    "leap day": datetime(2028, 2, 28, 16, tzinfo=UTC),
    "after the leap day": datetime(2028, 2, 29, 16, tzinfo=UTC),
    "Mid-autumn 2027": datetime(2027, 9, 14, 16, tzinfo=UTC),
}
at_each_moment = pytest.mark.parametrize("start", MOMENTS.values(), ids=MOMENTS)


def at(start: datetime, **fields) -> Shift:
    return a_shift(starts_at=start, ends_at=start + timedelta(hours=2), **fields)


def join(shift: Shift) -> SignUp:
    volunteer = a_volunteer()
    return sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True)


def leave(signup: SignUp) -> None:
    withdraw_signup(signup, actor=signup.volunteer.user)


def state(signup: SignUp) -> str:
    return SignUp.objects.get(pk=signup.pk).status


@at_each_moment
def test_the_doors_close_at_the_very_start(start):
    shift = at(start)
    with time_machine.travel(start - timedelta(seconds=1), tick=False) as clock:
        signup = join(shift)
        clock.move_to(start)
        with pytest.raises(Refused, match="活动已经开始，不能再报名"):
            join(shift)
        with pytest.raises(Refused, match="活动已经开始，不能退出"):
            leave(signup)
    assert state(signup) == "confirmed"


@at_each_moment
@pytest.mark.parametrize(
    ("left", "becomes"), [(timedelta(hours=24, seconds=1), "confirmed"), (timedelta(hours=24), "offered")]
)
def test_a_freed_place_is_given_until_a_day_before_and_then_offered(start, left, becomes):
    with time_machine.travel(start - timedelta(days=9), tick=False) as clock:
        shift = at(start, places=1)
        first, second = join(shift), join(shift)
        clock.move_to(start - left)
        leave(first)
    assert state(second) == becomes


@at_each_moment
def test_an_offer_ends_in_its_last_second_or_with_the_start(start):
    with time_machine.travel(start - timedelta(days=9), tick=False) as clock:
        shift = at(start, places=1)
        first, second, third = join(shift), join(shift), join(shift)
        clock.move_to(start - timedelta(hours=2))
        leave(first)
        clock.shift(timedelta(hours=1) - timedelta(seconds=1))
        assert [expire_offers(), state(second)] == [0, "offered"]
        clock.shift(timedelta(seconds=1))
        assert [expire_offers(), state(second), state(third)] == [1, "cancelled", "offered"]
        assert SignUp.objects.get(pk=third.pk).offer_ends_at == start
        clock.move_to(start)
        assert [expire_offers(), state(third)] == [1, "cancelled"]
    assert Shift.objects.get(pk=shift.pk).places_taken == 0


def test_a_clock_that_steps_back_an_hour_keeps_the_records_true():
    start = MOMENTS["midnight"]
    with time_machine.travel(start - timedelta(days=3), tick=False) as clock:
        shift = at(start, places=1)
        first, second = join(shift), join(shift)
        clock.shift(timedelta(hours=-1))
        third = join(shift)
        leave(first)
        held = [state(second), state(third)]
    assert sorted(held) == ["confirmed", "waitlisted"]
    assert Shift.objects.get(pk=shift.pk).places_taken == 1


@pytest.mark.parametrize(("last", "is_cleared"), [(date(2028, 2, 29), True), (date(2028, 2, 28), False)])
def test_a_clearance_holds_to_the_end_of_its_last_day_here(last, is_cleared):
    start = datetime(2028, 2, 29, 13, tzinfo=UTC)  # 21:00 to 23:00 on the leap day
    with time_machine.travel(start - timedelta(days=3), tick=False):
        shift, volunteer = at(start, clearance_required=True), a_volunteer()
        for kind in ClearanceKind.objects.all():
            Clearance.objects.create(
                volunteer=volunteer, kind=kind, result="clear", checked_on=date(2027, 3, 1), valid_until=last
            )
        try:
            sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True)
        except Refused:
            assert not is_cleared
        else:
            assert is_cleared
