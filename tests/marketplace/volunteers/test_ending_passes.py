"""Whoever holds a pass that ends soon is told once, a month ahead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.messaging.models import Message
from marketplace.volunteers.actions import warn_of_ending_passes
from marketplace.volunteers.models import Clearance, ClearanceKind
from marketplace.volunteers.queries import clearance_tasks
from tests.factories import a_volunteer

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def a_pass(volunteer, *, ends_in: int, result: str = "clear", checked_ago: int = 300) -> Clearance:
    return Clearance.objects.create(
        volunteer=volunteer,
        kind=ClearanceKind.objects.get(code="training"),
        result=result,
        checked_on=TODAY - timedelta(days=checked_ago),
        valid_until=TODAY + timedelta(days=ends_in),
    )


@pytest.mark.parametrize(("ends_in", "told"), [(-1, 0), (0, 1), (30, 1), (31, 0)])
def test_a_pass_is_told_of_in_its_last_thirty_days(ends_in, told):
    volunteer = a_volunteer()
    a_pass(volunteer, ends_in=ends_in)

    assert warn_of_ending_passes(TODAY) == told
    assert Message.objects.filter(recipient=volunteer.user).count() == told
    assert [task.ends_soon for task in clearance_tasks(volunteer, TODAY)] == [False, False, bool(told)]


def test_a_pass_is_told_of_once():
    a_pass(a_volunteer(), ends_in=10)

    assert [warn_of_ending_passes(TODAY), warn_of_ending_passes(TODAY + timedelta(days=1))] == [1, 0]


@pytest.mark.parametrize("result", ["clear", "not_clear"])
def test_a_pass_that_was_renewed_or_taken_back_is_not_told_of(result):
    volunteer = a_volunteer()
    a_pass(volunteer, ends_in=10)
    a_pass(volunteer, ends_in=360, result=result, checked_ago=5)

    assert warn_of_ending_passes(TODAY) == 0


def test_a_kind_that_is_no_longer_asked_for_is_not_told_of():
    a_pass(a_volunteer(), ends_in=10)
    ClearanceKind.objects.update(is_required=False)

    assert warn_of_ending_passes(TODAY) == 0


def test_the_message_says_what_ends_and_who_acts():
    a_pass(a_volunteer(), ends_in=10)
    warn_of_ending_passes(TODAY)

    told = Message.objects.get()
    assert told.subject == "未成年人保护培训快到期了"
    assert "乡镇（街道）组织" in told.body
