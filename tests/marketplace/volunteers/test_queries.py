"""What is known of a volunteer: the clearance as a task list, which agrees with the rule; the groups they lead."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from marketplace.volunteers.models import Clearance, ClearanceKind, GroupMember
from marketplace.volunteers.queries import clearance_spans, clearance_tasks, groups_led_by, volunteer_of
from tests.factories import a_group, a_user, a_volunteer

pytestmark = pytest.mark.django_db

KINDS = ["record_check", "commitment", "training"]


def today():
    return timezone.localdate()


def check(volunteer, result: str, *, days_ago: int, lasts_days: int = 365, kind: str = "record_check") -> Clearance:
    checked_on = today() - timedelta(days=days_ago)
    return Clearance.objects.create(
        volunteer=volunteer,
        kind=ClearanceKind.objects.get(code=kind),
        result=result,
        checked_on=checked_on,
        valid_until=checked_on + timedelta(days=lasts_days),
    )


def first_task(volunteer, day=None):
    return clearance_tasks(volunteer, day or today())[0]


def test_tasks_stand_in_the_order_in_which_they_are_done():
    tasks = clearance_tasks(a_volunteer(), today())

    assert [task.kind.code for task in tasks] == KINDS
    assert [(task.latest, task.valid_until, task.is_done) for task in tasks] == [(None, None, False)] * 3


def test_a_kind_that_is_not_asked_is_no_task():
    ClearanceKind.objects.filter(code="training").update(is_required=False)

    assert [task.kind.code for task in clearance_tasks(a_volunteer(), today())] == KINDS[:2]


def test_a_pass_is_done_on_its_last_day_and_not_after():
    volunteer = a_volunteer()
    passed = check(volunteer, "clear", days_ago=10, lasts_days=30)

    assert first_task(volunteer, passed.valid_until).valid_until == passed.valid_until
    assert first_task(volunteer, passed.checked_on).is_done
    assert not first_task(volunteer, passed.valid_until + timedelta(days=1)).is_done
    assert not first_task(volunteer, passed.checked_on - timedelta(days=1)).is_done


def test_a_renewal_under_way_leaves_the_pass_that_holds():
    volunteer = a_volunteer()
    passed = check(volunteer, "clear", days_ago=300)
    pending = check(volunteer, "pending", days_ago=1)

    task = first_task(volunteer)

    assert (task.latest, task.valid_until, task.is_done) == (pending, passed.valid_until, True)


def test_a_finding_ends_the_pass():
    volunteer = a_volunteer()
    check(volunteer, "clear", days_ago=300)
    finding = check(volunteer, "not_clear", days_ago=1)

    task = first_task(volunteer)

    assert (task.latest, task.is_done) == (finding, False)


def test_of_two_passes_the_longer_counts():
    volunteer = a_volunteer()
    check(volunteer, "clear", days_ago=300)
    newer = check(volunteer, "clear", days_ago=5)

    assert first_task(volunteer).valid_until == newer.valid_until
    assert len(clearance_spans(volunteer)["record_check"]) == 2


def test_volunteer_of_asks_a_fixed_number_of_queries(django_assert_num_queries):
    volunteer = a_volunteer(skills=("homework", "english"), cleared=True)

    with django_assert_num_queries(6):
        loaded = volunteer_of(volunteer.user)
    with django_assert_num_queries(1):  # the kinds
        clearance_tasks(loaded, today())
    assert loaded == volunteer


def test_volunteer_of_knows_who_has_no_profile():
    assert volunteer_of(a_user()) is None
    assert volunteer_of(AnonymousUser()) is None


def test_groups_led_by_brings_their_members(django_assert_num_queries):
    leader, member = a_volunteer("队长"), a_volunteer("队员")
    group = a_group(leader=leader)
    GroupMember.objects.create(group=group, volunteer=member)
    a_group()

    with django_assert_num_queries(3):
        found = [(one, [str(person) for person in one.members.all()]) for one in groups_led_by(leader.user)]

    assert found == [(group, ["队长", "队员"])]
    assert list(groups_led_by(member.user)) == []
