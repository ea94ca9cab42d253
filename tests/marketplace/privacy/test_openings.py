"""Who may look at an identity, after whose word, and for how long."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.privacy.actions import (
    ask_opening,
    forget_identity,
    grant_opening,
    open_identity,
    refuse_opening,
)
from marketplace.privacy.enums import OpeningStatus, Whose
from marketplace.privacy.models import IdentityOpening
from marketplace.privacy.queries import waiting_openings
from marketplace.workflow.refusals import Refused
from tests.factories import (
    CITY,
    PANZHOU,
    SHUANGSHUI,
    SHUANGSHUI_COMMUNITY,
    SHUICHENG,
    a_bureau_clerk,
    a_county_clerk,
    a_township_clerk,
    a_user,
    a_village_worker,
)

from .people import REASON, a_person, an_identity

pytestmark = pytest.mark.django_db

BORN = date(2018, 6, 1)
REACH = {
    Role.VILLAGE: SHUANGSHUI_COMMUNITY,
    Role.TOWNSHIP: SHUANGSHUI,
    Role.COUNTY: SHUICHENG,
    Role.BUREAU: CITY,
    Role.SUPERVISOR: CITY,
}


def a_child(**values):
    return an_identity(a_person(BORN), area=SHUANGSHUI_COMMUNITY, **values)


def refusal(action, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        action(*args, **kwargs)
    return refused.value.sentence


def test_an_adults_identity_opens_at_once_for_a_reason():
    identity, clerk = an_identity(), a_township_clerk()
    opening = ask_opening(identity, actor=clerk, reason=REASON)
    assert (opening.status, opening.decided_by) == (OpeningStatus.GRANTED, None)
    assert open_identity(identity, actor=clerk).name == "彭阿依"


def test_every_look_is_an_event_of_its_own():
    identity, clerk = an_identity(), a_township_clerk()
    ask_opening(identity, actor=clerk, reason=REASON)
    open_identity(identity, actor=clerk)
    open_identity(identity, actor=clerk)
    looks = Event.objects.filter(verb="identity.opened", subject_id=identity.pk, actor_id=clerk.pk)
    assert [look.details for look in looks] == [{"opening": identity.openings.get().pk}] * 2


def test_a_childs_identity_waits_for_another_persons_word():
    identity, asker, other = a_child(), a_township_clerk(), a_county_clerk()
    opening = ask_opening(identity, actor=asker, reason=REASON)
    assert opening.status == OpeningStatus.REQUESTED
    assert refusal(open_identity, identity, actor=asker) == "现在不能查看完整资料，请先写明原因提出申请。"
    grant_opening(opening, actor=other)
    assert open_identity(identity, actor=asker).name == "彭阿依"
    assert (opening.decided_by, Message.objects.get(recipient=asker).subject) == (other, "可以查看您申请的资料了")


def test_an_opening_lasts_a_day_and_not_a_minute_longer():
    identity, asker = a_child(), a_township_clerk()
    with time_machine.travel("2026-11-24 09:00+08:00", tick=False) as clock:
        grant_opening(ask_opening(identity, actor=asker, reason=REASON), actor=a_county_clerk())
        clock.shift(timedelta(hours=24) - timedelta(seconds=1))
        open_identity(identity, actor=asker)
        clock.shift(timedelta(seconds=1))
        assert refusal(open_identity, identity, actor=asker).startswith("现在不能查看")


def test_how_long_is_a_setting(settings):
    settings.OPENING_HOURS = 1
    opening = ask_opening(an_identity(), actor=a_township_clerk(), reason=REASON)
    assert timedelta(minutes=59) < opening.open_until - timezone.now() <= timedelta(hours=1)


def test_an_opening_is_for_the_one_who_asked_alone():
    identity, asker, other = a_child(), a_township_clerk(), a_county_clerk()
    grant_opening(ask_opening(identity, actor=asker, reason=REASON), actor=other)
    assert refusal(open_identity, identity, actor=other).startswith("现在不能查看")


def test_nobody_grants_what_they_asked_for():
    asker = a_county_clerk()
    opening = ask_opening(a_child(), actor=asker, reason=REASON)
    assert refusal(grant_opening, opening, actor=asker) == "不能批准自己的申请，请同事办理。"
    assert refusal(refuse_opening, opening, actor=asker, remark="不用") == "不能批准自己的申请，请同事办理。"
    opening = IdentityOpening.objects.get()
    assert (opening.status, opening.decided_by) == (OpeningStatus.REQUESTED, None)


def test_the_database_too_keeps_asking_and_granting_apart():
    asker = a_county_clerk()
    opening = ask_opening(a_child(), actor=asker, reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityOpening.objects.filter(pk=opening.pk).update(decided_by=asker)


@pytest.mark.parametrize("role", REACH)
def test_who_may_ask(role):
    may = role != Role.SUPERVISOR
    clerk = a_user(role=role, area=REACH[role])
    if may:
        assert ask_opening(a_child(), actor=clerk, reason=REASON).status == OpeningStatus.REQUESTED
    else:
        assert refusal(ask_opening, a_child(), actor=clerk, reason=REASON) == "由所在地的工作人员查看。"


@pytest.mark.parametrize("role", REACH)
def test_who_may_grant(role):
    opening = ask_opening(a_child(), actor=a_village_worker(), reason=REASON)
    clerk = a_user(role=role, area=REACH[role])
    if role in (Role.COUNTY, Role.BUREAU):
        assert grant_opening(opening, actor=clerk).status == OpeningStatus.GRANTED
    else:
        assert refusal(grant_opening, opening, actor=clerk) == "由所在地的县级或市级民政部门批准。"


@pytest.mark.parametrize("role", [Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY])
def test_staff_of_another_place_ask_for_nothing(role):
    elsewhere = {Role.VILLAGE: "520281", Role.TOWNSHIP: "520281", Role.COUNTY: PANZHOU}[role]
    clerk = a_user(role=role, area=elsewhere)
    assert refusal(ask_opening, a_child(), actor=clerk, reason=REASON) == "由所在地的工作人员查看。"


def test_a_role_that_ended_ends_the_opening_too():
    identity, clerk = an_identity(), a_township_clerk()
    ask_opening(identity, actor=clerk, reason=REASON)
    clerk.role_assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
    clerk.__dict__.pop("assignments")
    assert refusal(open_identity, identity, actor=clerk) == "由所在地的工作人员查看。"


def test_nobody_decides_about_a_look_at_themselves():
    clerk = a_county_clerk()
    identity = an_identity(a_person(BORN), whose=Whose.VOLUNTEER, user=clerk)
    opening = ask_opening(identity, actor=a_township_clerk(), reason=REASON)
    assert refusal(grant_opening, opening, actor=clerk) == "这是您自己的资料，应当回避，请同事办理。"
    assert refusal(ask_opening, identity, actor=clerk, reason=REASON).startswith("这是您自己的资料，请在")


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_opens(reason):
    assert refusal(ask_opening, an_identity(), actor=a_township_clerk(), reason=reason) == (
        "请写明原因，对方才知道为什么、接下来怎么办。"
    )


def test_a_reason_names_nobody():
    sentence = refusal(ask_opening, an_identity(), actor=a_township_clerk(), reason="彭阿依受伤了")
    assert sentence.startswith("文字里的「彭阿依」可能是真实姓名")


def test_a_refused_request_stays_closed_and_says_why():
    identity, asker = a_child(), a_township_clerk()
    opening = ask_opening(identity, actor=asker, reason=REASON)
    refuse_opening(opening, actor=a_county_clerk(), remark="不看也能办")
    assert refusal(open_identity, identity, actor=asker).startswith("现在不能查看")
    message = Message.objects.get(recipient=asker)
    assert (message.subject, message.body) == ("查看资料的申请未获批准", "不看也能办")


@pytest.mark.parametrize("act", [grant_opening, refuse_opening])
def test_what_is_decided_is_decided_once(act):
    opening = ask_opening(a_child(), actor=a_township_clerk(), reason=REASON)
    grant_opening(opening, actor=a_county_clerk())
    words = {"remark": "改主意"} if act is refuse_opening else {}
    assert refusal(act, opening, actor=a_bureau_clerk(), **words).startswith("现在的状态是「可以查看」")


def test_a_forgotten_identity_opens_for_nobody():
    identity, clerk = an_identity(), a_township_clerk()
    ask_opening(identity, actor=clerk, reason=REASON)
    forget_identity(identity, actor=None)
    assert refusal(open_identity, identity, actor=clerk) == "这份资料已经按本人的要求删除。"


def test_somebody_of_age_needs_no_word_also_before_the_clock_noted_it():
    with time_machine.travel("2026-11-23 12:00+08:00"):
        identity = an_identity(a_person(date(2008, 11, 24)))
    with time_machine.travel("2026-11-24 00:01+08:00"):
        assert ask_opening(identity, actor=a_township_clerk(), reason=REASON).status == OpeningStatus.GRANTED


def test_the_queue_holds_what_one_may_decide():
    child = a_child()
    county, bureau, other = a_county_clerk(), a_bureau_clerk(), a_county_clerk(PANZHOU)
    opening = ask_opening(child, actor=county, reason=REASON)
    assert [list(waiting_openings(one)) for one in (county, bureau, other)] == [[], [opening], []]
