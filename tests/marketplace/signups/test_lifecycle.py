"""Every status × every step × every role: who may do what, and that a refusal changes nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.history.models import Event
from marketplace.shifts.models import Shift
from marketplace.signups.actions import accept_offer, cancel_signup, record_attendance, withdraw_signup
from marketplace.signups.enums import ACTIVE, HOLDING, SignUpStatus
from marketplace.signups.models import SignUp
from marketplace.workflow.refusals import Refused
from tests.factories import (
    CITY,
    SHUANGSHUI,
    SHUANGSHUI_COMMUNITY,
    SHUICHENG,
    a_keeper,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_user,
    a_volunteer,
    add_member,
    an_organization,
)

pytestmark = pytest.mark.django_db

S = SignUpStatus
ENDED = {S.WITHDRAWN, S.CANCELLED, S.ATTENDED, S.NO_SHOW}
RECEIVERS = {"keeper", "village", "township", "organization"}
# step: from which statuses, by whom, to which status
ALLOWED = {
    "withdraw": ({S.WAITLISTED, S.OFFERED, S.CONFIRMED}, {"owner"}, S.WITHDRAWN),
    "accept": ({S.OFFERED}, {"owner"}, S.CONFIRMED),
    "attended": ({S.CONFIRMED, S.NO_SHOW}, RECEIVERS, S.ATTENDED),
    "missed": ({S.CONFIRMED, S.ATTENDED}, RECEIVERS, S.NO_SHOW),
}


def people(signup) -> dict[str, object]:
    """Somebody of every role; the first five have to do with this shift."""
    shift = signup.shift
    member = a_user("本机构")
    add_member(shift.program.organization, member)
    return {
        "owner": signup.volunteer.user,
        "keeper": a_keeper(shift.site),
        "organization": member,
        "village": a_user("本社区", role=Role.VILLAGE, area=SHUANGSHUI_COMMUNITY),
        "township": a_user("本街道", role=Role.TOWNSHIP, area=SHUANGSHUI),
        "other volunteer": a_volunteer().user,
        "group leader": a_user("队长", role=Role.GROUP_LEADER),
        "keeper elsewhere": a_keeper(a_site()),
        "organization elsewhere": an_organization(member=a_user("别的机构")).memberships.get().user,
        "village elsewhere": a_user("别的社区", role=Role.VILLAGE, area="520204002006"),
        "township elsewhere": a_user("别的街道", role=Role.TOWNSHIP, area="520204001"),
        "county": a_user("区县", role=Role.COUNTY, area=SHUICHENG),
        "bureau": a_user("市局", role=Role.BUREAU, area=CITY),
        "supervisor": a_user("监督", role=Role.SUPERVISOR, area=CITY),
        "nobody yet": a_user("新用户"),
    }


def take(step: str, signup, actor) -> None:
    now = signup.shift.starts_at + timedelta(hours=1)
    if step == "withdraw":
        withdraw_signup(signup, actor=actor)
    elif step == "accept":
        accept_offer(signup, actor=actor)
    else:
        record_attendance(signup, actor=actor, was_there=step == "attended", now=now)


def snapshot(signup) -> tuple:
    return (
        SignUp.objects.values_list("status", flat=True).get(pk=signup.pk),
        Shift.objects.values_list("places_taken", "status").get(pk=signup.shift_id),
        Event.objects.count(),
    )


def a_signup_in(status: str) -> SignUp:
    shift = a_shift(program=a_program(status="approved"), site=a_site())
    ends = timezone.now() + timedelta(hours=1) if status == S.OFFERED else None
    return a_signup(shift=shift, status=status, offer_ends_at=ends)


@pytest.mark.parametrize("step", ALLOWED)
@pytest.mark.parametrize("status", S.values)
def test_every_step_from_every_status_by_every_role(status, step):
    signup = a_signup_in(status)
    sources, actors, target = ALLOWED[step]
    before = snapshot(signup)
    outcomes = {}

    for name, person in people(signup).items():
        savepoint = transaction.savepoint()
        try:
            take(step, SignUp.objects.get(pk=signup.pk), person)
            outcomes[name] = snapshot(signup)[0]
        except Refused:
            outcomes[name] = "refused" if snapshot(signup) == before else "half done"
        transaction.savepoint_rollback(savepoint)

    allowed = actors if status in sources else set()
    assert outcomes == {name: target if name in allowed else "refused" for name in outcomes}


@pytest.mark.parametrize("status", S.values)
def test_the_house_cancels_only_what_is_alive(status):
    signup = a_signup_in(status)
    before = snapshot(signup)

    if status in ACTIVE:
        cancel_signup(signup, actor=None, reason="shift_cancelled")
        assert snapshot(signup)[0] == S.CANCELLED
    else:
        with pytest.raises(Refused, match=str(S(status).label)):
            cancel_signup(signup, actor=None, reason="shift_cancelled")
        assert snapshot(signup) == before


@pytest.mark.parametrize("status", ACTIVE)
@pytest.mark.parametrize("end", [withdraw_signup, cancel_signup])
def test_ending_a_sign_up_frees_a_place_exactly_when_it_held_one(status, end):
    signup = a_signup_in(status)
    held = Shift.objects.get(pk=signup.shift_id).places_taken
    extra = {"reason": "shift_cancelled"} if end is cancel_signup else {}

    end(signup, actor=signup.volunteer.user, **extra)

    assert held == (status in HOLDING)
    assert Shift.objects.get(pk=signup.shift_id).places_taken == 0


def test_withdrawing_ends_with_the_start():
    signup = a_signup_in(S.CONFIRMED)
    start, owner = signup.shift.starts_at, signup.volunteer.user

    with pytest.raises(Refused, match="活动已经开始，不能退出；没有去的话请联系活动负责人。"):
        withdraw_signup(signup, actor=owner, now=start)
    assert withdraw_signup(signup, actor=owner, now=start - timedelta(seconds=1)).status == S.WITHDRAWN


def test_attendance_begins_with_the_start():
    signup = a_signup_in(S.CONFIRMED)
    keeper, start = a_keeper(signup.shift.site), signup.shift.starts_at

    with pytest.raises(Refused, match="活动还没有开始，开始以后才能登记到场。"):
        record_attendance(signup, actor=keeper, was_there=True, now=start - timedelta(seconds=1))
    assert record_attendance(signup, actor=keeper, was_there=True, now=start).status == S.ATTENDED


def test_the_first_who_was_there_makes_the_shift_one_that_took_place():
    signup = a_signup_in(S.CONFIRMED)
    keeper, now = a_keeper(signup.shift.site), signup.shift.starts_at

    record_attendance(signup, actor=keeper, was_there=False, now=now)
    assert Shift.objects.get(pk=signup.shift_id).status == "open"
    record_attendance(signup, actor=keeper, was_there=True, now=now)
    record_attendance(signup, actor=keeper, was_there=False, now=now)
    record_attendance(signup, actor=keeper, was_there=True, now=now)

    assert Shift.objects.get(pk=signup.shift_id).status == "held"
    assert list(Event.objects.about(signup).values_list("verb", flat=True)) == [
        "signup.no_show",
        "signup.attended",
        "signup.no_show",
        "signup.attended",
    ]
