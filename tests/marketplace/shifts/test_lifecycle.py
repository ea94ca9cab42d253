"""Every status × every step × every role of a shift, be it a program's, a need's, or both."""

from datetime import timedelta

import pytest

from marketplace.history.models import Event
from marketplace.programs.actions import call_off_shift
from marketplace.shifts.actions import hold_shift
from marketplace.shifts.enums import CancelReason, ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.sites.actions import close_site
from marketplace.workflow.refusals import Refused
from tests.factories import (
    a_bureau_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_user,
    add_member,
    an_organization,
)
from tests.lifecycles import members, passes, strangers, who_passes

pytestmark = pytest.mark.django_db

SPEAK_FOR_THE_SITE = {"keeper", "village", "township"}
RUN_THE_PROGRAM = {"colleague", "bureau and colleague"}
RECEIVE = {
    "program": SPEAK_FOR_THE_SITE | RUN_THE_PROGRAM,
    "adopted": SPEAK_FOR_THE_SITE | RUN_THE_PROGRAM,
    "need": SPEAK_FOR_THE_SITE,
}


def a_shift_with_people(kind, status="open", **fields):
    site, organization = a_site(), an_organization(member=a_user())
    people = {"keeper": a_keeper(site), **members(organization), **strangers()}
    need = None if kind == "program" else a_need(status="published", site=site, windows=0)
    program = None if kind == "need" else a_program(status="approved", organization=organization)
    return a_shift(need=need, program=program, site=site, status=status, **fields), people


@pytest.mark.parametrize("status", ShiftStatus.values)
@pytest.mark.parametrize("kind", RECEIVE)
def test_shift_is_called_off_by_those_who_receive_the_people_while_it_is_open(kind, status):
    shift, people = a_shift_with_people(kind, status)

    def call_off(person):
        call_off_shift(Shift.objects.get(pk=shift.pk), actor=person, reason="weather", remark="凝冻")
        assert Shift.objects.get(pk=shift.pk).status == "cancelled"

    assert who_passes(people, call_off) == (RECEIVE[kind] if status == "open" else set())


@pytest.mark.parametrize("status", ShiftStatus.values)
@pytest.mark.parametrize(("minutes", "has_begun"), [(-1, False), (0, True), (600, True)])
def test_shift_is_held_once_after_it_began(status, minutes, has_begun):
    shift = a_shift(status=status)

    def hold(person):
        hold_shift(Shift.objects.get(pk=shift.pk), actor=person, now=shift.starts_at + timedelta(minutes=minutes))

    assert passes(hold, a_user()) == (status == "open" and has_begun)


@pytest.mark.parametrize(("status", "label"), [("cancelled", "已取消"), ("held", "已举行")])
def test_refusal_names_the_status(status, label):
    shift, people = a_shift_with_people("need", status)

    with pytest.raises(Refused) as refusal:
        call_off_shift(shift, actor=people["keeper"], reason="weather")

    assert refusal.value.sentence == f"现在的状态是「{label}」，不能做这一步。请刷新页面看看最新情况。"


def test_event_keeps_the_reason_as_a_code_and_the_words_apart():
    shift, people = a_shift_with_people("program")

    call_off_shift(shift, actor=people["colleague"], reason=CancelReason.WEATHER, remark="凝冻")

    event = Event.objects.about(shift).get()
    assert (event.verb, event.reason, event.details) == ("shift.cancelled", "weather", {})


def test_former_colleague_calls_nothing_off():
    organization = an_organization(member=a_user())
    former = a_user()
    membership = add_member(organization, former)
    shift = a_shift(program=a_program(status="approved", organization=organization))
    assert passes(lambda who: call_off_shift(shift, actor=who, reason="weather"), former)

    membership.ended_on = membership.started_on
    membership.save()

    assert not passes(lambda who: call_off_shift(shift, actor=who, reason="weather"), former)


def test_closed_site_takes_its_coming_shifts_with_it():
    site = a_site()
    coming, past = (a_shift(program=a_program(status="approved"), site=site, in_hours=hours) for hours in (72, -5))
    elsewhere = a_shift(program=a_program(status="approved"))
    signup = a_signup(shift=coming)

    close_site(site, actor=a_bureau_clerk(), remark="屋顶漏水")

    statuses = [Shift.objects.get(pk=shift.pk).status for shift in (coming, past, elsewhere)]
    assert statuses == ["cancelled", "open", "open"]
    assert SignUp.objects.get(pk=signup.pk).status == "cancelled"
    assert signup.volunteer.user.messages.get().body.splitlines()[2] == "场地不能使用"
