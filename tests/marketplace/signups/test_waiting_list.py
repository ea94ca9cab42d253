"""What happens to a place that comes free: given, offered, passed on; and nobody overtakes those who wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.shifts.models import Shift
from marketplace.signups.actions import (
    accept_offer,
    expire_offers,
    pass_on_offer,
    promote_next,
    sign_up,
    withdraw_signup,
)
from marketplace.signups.actions.life import OFFER_LASTS
from marketplace.signups.models import SignUp
from marketplace.signups.queries import signups_of
from marketplace.workflow.refusals import Refused
from tests.factories import a_program, a_shift, a_signup, a_site, a_volunteer

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24)


def join(shift, volunteer=None, now=None) -> SignUp:
    volunteer = volunteer or a_volunteer()
    return sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True, now=now)


def leave(signup, now=None) -> SignUp:
    return withdraw_signup(signup, actor=signup.volunteer.user, now=now)


def state(signup) -> str:
    return SignUp.objects.get(pk=signup.pk).status


def taken(shift) -> int:
    return Shift.objects.get(pk=shift.pk).places_taken


def a_full_shift(*, waiting: int = 2, **fields):
    """A shift with one place: who has it, and who waits in their order."""
    shift = a_shift(places=1, **fields)
    holder, *line = [join(shift) for _person in range(1 + waiting)]
    return shift, holder, line


def test_a_place_that_comes_free_in_good_time_goes_to_the_first_who_waits():
    shift, holder, (first, second) = a_full_shift()

    leave(holder, now=shift.starts_at - DAY - timedelta(seconds=1))

    assert (state(holder), state(first), state(second), taken(shift)) == ("withdrawn", "confirmed", "waitlisted", 1)
    assert (
        Message.objects.filter(recipient=first.volunteer.user).first().subject == f"候补成功，您有名额了：{shift.title}"
    )
    assert Event.objects.about(first).last().reason == "promoted"


def test_a_place_that_comes_free_late_is_only_offered():
    shift, holder, (first, second) = a_full_shift()
    now = shift.starts_at - DAY

    leave(holder, now=now)

    assert (state(first), state(second), taken(shift)) == ("offered", "waitlisted", 1)
    assert SignUp.objects.get(pk=first.pk).offer_ends_at == now + OFFER_LASTS
    told = Message.objects.filter(recipient=first.volunteer.user).first()
    assert told.subject == f"有空位了，请尽快确认：{shift.title}"
    assert told.body.splitlines()[-1].startswith("这个名额为您保留到 ")


def test_an_offer_ends_with_the_start_at_the_latest():
    shift, holder, (first, _second) = a_full_shift()

    leave(holder, now=shift.starts_at - timedelta(minutes=10))

    assert SignUp.objects.get(pk=first.pk).offer_ends_at == shift.starts_at


def test_accepting_an_offer_keeps_the_place():
    shift, holder, (first, _second) = a_full_shift()
    now = shift.starts_at - timedelta(hours=5)
    leave(holder, now=now)

    accept_offer(SignUp.objects.get(pk=first.pk), actor=first.volunteer.user, now=now + timedelta(minutes=59))

    assert (state(first), taken(shift)) == ("confirmed", 1)


def test_accepting_too_late_is_refused():
    shift, holder, (first, _second) = a_full_shift()
    now = shift.starts_at - timedelta(hours=5)
    leave(holder, now=now)

    with pytest.raises(Refused, match="这个空位的保留时间已过，已让给下一位。"):
        accept_offer(SignUp.objects.get(pk=first.pk), actor=first.volunteer.user, now=now + OFFER_LASTS)

    assert state(first) == "offered"


def test_accepting_asks_every_rule_again():
    site = a_site()
    shift, holder, (first, _second) = a_full_shift(program=a_program(status="approved"), site=site)
    leave(holder, now=shift.starts_at - timedelta(hours=5))
    a_signup(shift=a_shift(program=a_program(status="approved"), site=site), volunteer=first.volunteer)

    with pytest.raises(Refused, match="时间冲突"):
        accept_offer(SignUp.objects.get(pk=first.pk), actor=first.volunteer.user)


def test_nobody_takes_a_place_from_the_waiting_list_by_accepting():
    shift, _holder, (first, _second) = a_full_shift()

    with pytest.raises(Refused, match="候补中"):
        accept_offer(first, actor=first.volunteer.user)

    assert (state(first), taken(shift)) == ("waitlisted", 1)


def test_an_unanswered_offer_passes_to_the_next():
    shift, holder, (first, second) = a_full_shift()
    now = shift.starts_at - timedelta(hours=5)
    leave(holder, now=now)

    assert expire_offers(now + OFFER_LASTS - timedelta(seconds=1)) == 0
    assert expire_offers(now + OFFER_LASTS) == 1

    assert (state(first), state(second), taken(shift)) == ("cancelled", "offered", 1)
    assert SignUp.objects.get(pk=second.pk).offer_ends_at == now + 2 * OFFER_LASTS
    assert (
        Message.objects.filter(recipient=first.volunteer.user).first().subject == f"空位的保留时间已过：{shift.title}"
    )
    assert Event.objects.about(first).last().reason == "offer_expired"


def test_an_offer_answered_while_the_clock_reads_its_list_stays():
    shift, holder, (first, _second) = a_full_shift()
    now = shift.starts_at - timedelta(hours=5)
    leave(holder, now=now)
    stale = SignUp.objects.get(pk=first.pk)
    accept_offer(SignUp.objects.get(pk=first.pk), actor=first.volunteer.user, now=now)

    assert pass_on_offer(stale, now + OFFER_LASTS) is False
    assert (state(first), taken(shift)) == ("confirmed", 1)


def test_declining_an_offer_passes_it_on():
    shift, holder, (first, second) = a_full_shift()
    now = shift.starts_at - timedelta(hours=5)
    leave(holder, now=now)

    leave(SignUp.objects.get(pk=first.pk), now=now)

    assert (state(first), state(second), taken(shift)) == ("withdrawn", "offered", 1)


def test_promotion_passes_over_people_whom_a_rule_now_refuses():
    site = a_site()
    shift, holder, (first, second) = a_full_shift(program=a_program(status="approved"), site=site)
    a_signup(shift=a_shift(program=a_program(status="approved"), site=site), volunteer=first.volunteer)

    leave(holder)

    assert (state(first), state(second), taken(shift)) == ("waitlisted", "confirmed", 1)


def test_promotion_passes_over_people_who_are_no_longer_cleared():
    shift = a_shift(places=1, clearance_required=True)
    holder, first, second = (join(shift, a_volunteer(cleared=True)) for _person in range(3))
    first.volunteer.clearances.filter(kind__code="training").delete()

    leave(holder)

    assert (state(first), state(second)) == ("waitlisted", "confirmed")


def test_nobody_overtakes_those_who_wait_and_may_come_by_now():
    site = a_site()
    shift, holder, (first,) = a_full_shift(waiting=1, program=a_program(status="approved"), site=site)
    elsewhere = a_signup(shift=a_shift(program=a_program(status="approved"), site=site), volunteer=first.volunteer)
    leave(holder)
    assert (state(first), taken(shift)) == ("waitlisted", 0)
    leave(elsewhere)

    newcomer = join(shift)

    assert (state(first), newcomer.status, taken(shift)) == ("confirmed", "waitlisted", 1)


def test_a_free_place_is_there_for_newcomers_when_those_who_wait_may_not_come():
    site = a_site()
    shift, holder, (first,) = a_full_shift(waiting=1, program=a_program(status="approved"), site=site)
    a_signup(shift=a_shift(program=a_program(status="approved"), site=site), volunteer=first.volunteer)
    leave(holder)

    assert join(shift).status == "confirmed"
    assert (state(first), taken(shift)) == ("waitlisted", 1)


def test_leaving_the_waiting_list_frees_no_place_and_moves_the_others_up():
    shift, holder, (first, second) = a_full_shift()

    leave(first)

    assert (state(holder), state(second), taken(shift)) == ("confirmed", "waitlisted", 1)
    assert signups_of(second.volunteer.user).get().ahead == 0


def test_nobody_is_promoted_once_the_shift_has_started():
    shift, _holder, (first, _second) = a_full_shift()
    Shift.objects.filter(pk=shift.pk).update(places_taken=0)

    assert promote_next(shift, now=shift.starts_at) is None
    assert state(first) == "waitlisted"


def test_promotion_of_an_empty_list_does_nothing():
    assert promote_next(a_shift(), now=timezone.now()) is None


def test_people_who_came_at_one_moment_still_stand_in_a_line():
    shift = a_shift(places=1)
    moment = timezone.now()
    _holder, *line = [join(shift, now=moment) for _person in range(4)]

    assert list(shift.signups.waiting()) == line
    assert [signups_of(signup.volunteer.user).get().ahead for signup in line] == [0, 1, 2]


def test_people_ahead_are_counted_in_the_order_of_the_list():
    shift, _holder, line = a_full_shift(waiting=3)

    assert [signups_of(signup.volunteer.user).get().ahead for signup in line] == [0, 1, 2]
    assert shift.signups.waiting().count() == 3
