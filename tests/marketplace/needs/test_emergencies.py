"""An emergency is answered by people on the phone: never a call for volunteers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from marketplace.messaging.models import Message, OutgoingMail
from marketplace.needs import actions
from marketplace.needs.models import Need
from marketplace.needs.tasks import chase_unanswered_emergencies
from marketplace.safeguarding.models import Hotline
from marketplace.shifts.models import Shift
from marketplace.workflow.refusals import Refused
from tests.factories import PANZHOU, a_bureau_clerk, a_county_clerk, a_need, a_township_clerk, a_village_worker

pytestmark = pytest.mark.django_db


def an_emergency(site, keeper, **fields) -> Need:
    return a_need(site=site, raised_by=keeper, **{"urgency": "emergency", "windows": 0, **fields})


@time_machine.travel("2026-11-28T23:30:00+08:00", tick=False)
def test_answer_is_due_in_two_hours_at_night_and_at_weekends(site, keeper):
    need = actions.submit_need(an_emergency(site, keeper), actor=keeper)

    assert need.verify_due_at == timezone.now() + timedelta(hours=2)


def test_hours_are_a_setting(site, keeper, settings):
    settings.EMERGENCY_ANSWER_HOURS = 1
    need = actions.submit_need(an_emergency(site, keeper), actor=keeper)

    assert need.verify_due_at - need.submitted_at == timedelta(hours=1)


@time_machine.travel("2026-11-28T23:30:00+08:00", tick=False)
def test_township_and_county_are_told_at_once(site, keeper):
    here = {a_township_clerk(), a_county_clerk()}
    a_bureau_clerk(), a_village_worker(), a_county_clerk(PANZHOU), a_township_clerk("520281001")
    need = actions.submit_need(an_emergency(site, keeper), actor=keeper)

    assert {message.recipient for message in Message.objects.all()} == here
    assert {message.subject for message in Message.objects.all()} == {f"危急需求，请马上打电话核实：{need.title}"}
    assert {mail.due_at for mail in OutgoingMail.objects.all()} == {timezone.now()}


def test_bureau_is_told_where_township_and_county_have_nobody(site, keeper):
    clerk = a_bureau_clerk()
    actions.submit_need(an_emergency(site, keeper), actor=keeper)

    assert [message.recipient for message in Message.objects.all()] == [clerk]


def test_bureau_is_told_once_when_the_hours_are_over(site, keeper):
    clerk = a_bureau_clerk()
    a_township_clerk()
    need = actions.submit_need(an_emergency(site, keeper), actor=keeper)
    due = need.verify_due_at

    assert actions.chase_emergencies(due - timedelta(seconds=1)) == 0
    with time_machine.travel(due, tick=False):
        assert chase_unanswered_emergencies() == 1
        assert chase_unanswered_emergencies() == 0
    assert [message.subject for message in Message.objects.filter(recipient=clerk)] == [
        f"危急需求超过时限没有答复：{need.title}"
    ]


def test_emergency_that_comes_again_is_looked_after_again(site, keeper):
    need = actions.submit_need(an_emergency(site, keeper), actor=keeper)
    with time_machine.travel(need.verify_due_at, tick=False):
        assert actions.chase_emergencies() == 1
        actions.return_need(need, actor=a_township_clerk(), remark="电话打不通，请再留一个")
    with time_machine.travel(need.verify_due_at + timedelta(hours=1), tick=False):
        again = actions.submit_need(need, actor=keeper)
        assert actions.chase_emergencies(again.verify_due_at) == 1


@pytest.mark.parametrize("status", ["draft", "returned", "referred", "withdrawn"])
def test_answered_emergencies_are_not_chased(site, keeper, status):
    past = timezone.now() - timedelta(hours=1)
    an_emergency(site, keeper, status=status, submitted_at=past, verify_due_at=past)

    assert actions.chase_emergencies() == 0


@pytest.mark.parametrize("urgency", ["normal", "urgent"])
def test_other_needs_wake_nobody(site, keeper, urgency):
    a_township_clerk()
    actions.submit_need(a_need(site=site, raised_by=keeper, urgency=urgency), actor=keeper)

    assert Message.objects.count() == 0


@pytest.mark.parametrize("clerk", [a_township_clerk, a_county_clerk, a_bureau_clerk])
@pytest.mark.parametrize(("step", "status"), [(actions.verify_need, "submitted"), (actions.publish_need, "verified")])
def test_nobody_makes_it_a_call_for_volunteers(site, keeper, clerk, step, status):
    need = an_emergency(site, keeper, status=status, windows=1)

    with pytest.raises(Refused, match="危急的事不等志愿者"):
        step(need, actor=clerk())
    assert (Need.objects.get().status, Shift.objects.count()) == (status, 0)


@pytest.mark.parametrize("step", [actions.return_need, actions.refer_need])
def test_it_is_returned_or_referred(site, keeper, step):
    need = step(an_emergency(site, keeper, status="submitted"), actor=a_township_clerk(), remark="已电话联系派出所")

    assert need.status in {"returned", "referred"}


def test_page_offers_staff_the_phone_and_two_ways(client, site, keeper):
    need = actions.submit_need(an_emergency(site, keeper), actor=keeper)
    client.force_login(a_township_clerk())
    page = client.get(reverse("desk_need", args=[need.pk]))

    assert [item["step"].slug for item in page.context["steps"]] == ["return", "refer", "withdraw"]
    assert "前要有答复" in page.text


@pytest.mark.parametrize("url_name", ["desk_need_new", "desk_need"])
def test_numbers_to_call_stand_on_the_page_at_once(client, site, keeper, url_name):
    need = an_emergency(site, keeper)
    client.force_login(keeper)
    page = client.get(reverse(url_name, args=[need.pk] if url_name == "desk_need" else []))

    numbers = set(Hotline.objects.filter(for_emergencies=True).values_list("number", flat=True))
    assert numbers
    assert all(f'href="tel:{number}"' in page.text for number in numbers)
