"""Signing up: a place while there is one, the waiting list after, and everything that refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.shifts.models import Shift
from marketplace.signups.actions import sign_up, withdraw_signup
from marketplace.signups.models import SignUp
from marketplace.workflow.refusals import Refused
from tests.factories import a_need, a_program, a_shift, a_signup, a_site, a_volunteer
from tests.factories.people import a_guardians_consent, a_season

pytestmark = pytest.mark.django_db


def join(shift, volunteer=None, **fields) -> SignUp:
    volunteer = volunteer or a_volunteer()
    values = {"volunteer": volunteer, "actor": volunteer.user, "acknowledged_risks": True}
    return sign_up(shift, **{**values, **fields})


def taken(shift) -> int:
    return Shift.objects.get(pk=shift.pk).places_taken


def refusal(shift, volunteer=None, **fields) -> str:
    """The sentence, after making sure that nothing was changed."""
    before = (SignUp.objects.count(), taken(shift), Event.objects.count())
    with pytest.raises(Refused) as refused:
        join(shift, volunteer, **fields)
    assert (SignUp.objects.count(), taken(shift), Event.objects.count()) == before
    return refused.value.sentence


def test_sign_up_takes_a_place_tells_the_person_and_writes_history():
    shift, volunteer = a_shift(places=2), a_volunteer()

    signup = join(shift, volunteer)

    assert (signup.status, signup.made_by, taken(shift)) == ("confirmed", volunteer.user, 1)
    told = Message.objects.get(recipient=volunteer.user)
    assert (told.subject, told.link) == (f"报名成功：{shift.title}", f"/shifts/{shift.pk}/")
    event = Event.objects.about(signup).get()
    assert (event.verb, event.actor_id, event.details) == (
        "signup.confirmed",
        volunteer.user_id,
        {"shift": shift.pk, "position": None},
    )


def test_sign_up_beyond_the_last_place_joins_the_waiting_list_in_order():
    shift = a_shift(places=1)

    statuses = [join(shift).status for _person in range(3)]

    assert statuses == ["confirmed", "waitlisted", "waitlisted"]
    assert taken(shift) == 1
    waiting = list(shift.signups.waiting())
    assert waiting == sorted(waiting, key=lambda signup: (signup.joined_at, signup.pk))


def test_sign_up_keeps_the_version_of_the_risks_that_were_read():
    program = a_program(status="approved", risk_version=3)
    without = a_shift(need=a_need(status="published", windows=0, risk_disclosure=""))

    assert join(a_shift(program=program)).risk_version == 3
    assert join(without, acknowledged_risks=False).risk_version == 0


def test_sign_up_asks_that_the_risks_were_read():
    shift = a_shift(program=a_program(status="approved"))

    assert refusal(shift, acknowledged_risks=False) == "还差一步：请阅读风险提示，并勾选「我已了解以上风险」。"


def test_sign_up_twice_is_refused():
    shift, volunteer = a_shift(), a_volunteer()
    join(shift, volunteer)

    assert refusal(shift, volunteer) == "您已经报过名了，可以在「我的活动」里查看。"


def test_sign_up_after_withdrawing_goes_to_the_end_of_the_line():
    shift, volunteer = a_shift(places=1), a_volunteer()
    withdraw_signup(join(shift, volunteer), actor=volunteer.user)
    other = join(shift)

    again = join(shift, volunteer)

    assert (other.status, again.status) == ("confirmed", "waitlisted")


@pytest.mark.parametrize("status", ["waitlisted", "offered", "confirmed"])
def test_the_database_itself_refuses_a_second_living_sign_up(status):
    first = a_signup(status=status)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(
            shift=first.shift,
            volunteer=first.volunteer,
            status="confirmed",
            joined_at=timezone.now(),
            made_by_id=first.made_by_id,
        )


@pytest.mark.parametrize("status", ["withdrawn", "cancelled", "attended", "no_show"])
def test_an_ended_sign_up_stands_in_nobodys_way(status):
    first = a_signup(status=status)

    assert join(first.shift, first.volunteer).status == "confirmed"


def test_the_same_key_gives_the_first_answer():
    shift, volunteer = a_shift(places=1), a_volunteer()
    first = join(shift, volunteer, key="page-1")
    events, messages = Event.objects.count(), Message.objects.count()

    second = join(shift, volunteer, key="page-1")

    assert second == first
    assert (Event.objects.count(), Message.objects.count(), taken(shift)) == (events, messages, 1)


def test_the_same_key_gives_the_first_answer_even_when_the_shift_is_over():
    shift, volunteer = a_shift(), a_volunteer()
    first = join(shift, volunteer, key="page-1")

    assert join(shift, volunteer, key="page-1", now=shift.ends_at) == first


def test_the_key_of_another_person_means_nothing():
    shift = a_shift()
    first = join(shift, key="page-1")

    assert join(shift, key="page-1") != first


def test_the_key_of_another_shift_is_refused():
    volunteer = a_volunteer()
    join(a_shift(), volunteer, key="page-1")

    assert refusal(a_shift(in_hours=200), volunteer, key="page-1") == "这个页面已经用过了，请刷新后再报名。"


def test_sign_up_closes_when_the_shift_starts():
    shift = a_shift()

    assert refusal(shift, now=shift.starts_at) == "活动已经开始，不能再报名。"
    assert join(shift, now=shift.starts_at - timedelta(seconds=1)).status == "confirmed"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("cancelled", "这个场次现在是「已取消」，不能报名。"), ("held", "这个场次现在是「已举行」，不能报名。")],
)
def test_sign_up_needs_an_open_shift(status, sentence):
    assert refusal(a_shift(status=status)) == sentence


def test_sign_up_needs_a_published_shift():
    assert refusal(a_shift(published_at=None)) == "这个场次还没有发布。"


@pytest.mark.parametrize("demand", [{"adults_only": True}, {"clearance_required": True}])
@pytest.mark.parametrize("age_group", ["youth", "child"])
def test_sign_up_refuses_minors_where_adults_are_asked(demand, age_group):
    minor = a_volunteer(age_group=age_group, cleared=True)

    assert refusal(a_shift(**demand), minor) == "这个场次需要年满 18 岁。"


def test_sign_up_lets_a_youth_in_where_nothing_speaks_against_it():
    youth = a_volunteer(age_group="youth")
    a_guardians_consent(youth, a_season())

    assert join(a_shift(), youth).status == "confirmed"


def test_sign_up_says_everything_that_is_missing_at_once():
    shift = a_shift(clearance_required=True, skills=("homework",))

    assert refusal(shift, a_volunteer()) == (
        "还差 3 项：无违法犯罪记录查询、未成年人保护承诺书、未成年人保护培训。 "
        "需要会：课业辅导。会的话请在「我的资料」里勾选。"
    )
    assert join(shift, a_volunteer(cleared=True, skills=("homework",))).status == "confirmed"


def test_sign_up_refuses_the_waiting_list_too_where_a_rule_speaks_against_it():
    shift = a_shift(places=1, clearance_required=True)
    join(shift, a_volunteer(cleared=True))

    assert refusal(shift, a_volunteer()).startswith("还差 3 项")


def test_sign_up_refuses_two_promises_at_one_time():
    volunteer, site = a_volunteer(), a_site()
    first = a_shift(program=a_program(status="approved"), site=site)
    at_once = a_shift(program=a_program(status="approved"), site=site, places=5)
    join(first, volunteer)

    assert "时间冲突" in refusal(at_once, volunteer)


def test_waiting_for_two_shifts_at_one_time_is_no_promise():
    volunteer, site = a_volunteer(), a_site()
    full = [a_shift(program=a_program(status="approved"), site=site, places=1) for _one in range(2)]
    for shift in full:
        join(shift)

    assert [join(shift, volunteer).status for shift in full] == ["waitlisted", "waitlisted"]
