"""Who sees which need, and what the lists hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.needs import actions
from marketplace.needs.models import Need
from marketplace.needs.queries import (
    STORY,
    holidays_on,
    need_story,
    needs_to_close,
    needs_worked_on_by,
    other_needs_here,
    own_needs,
    people_in_charge,
    waiting_for_verification,
)
from marketplace.workflow.lists import status_counts
from marketplace.workflow.models import WorkDay
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_need,
    a_shift,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
)

pytestmark = pytest.mark.django_db
STATUSES = ("draft", "submitted", "returned", "verified", "published", "fulfilled", "expired", "withdrawn", "referred")


@pytest.fixture
def needs():
    site = a_site()
    keeper = a_keeper(site)
    return {status: a_need(status=status, site=site, raised_by=keeper) for status in STATUSES}


def statuses(queryset):
    return {need.status for need in queryset}


def test_public_sees_what_was_published(needs):
    public = {"published", "fulfilled", "expired"}

    assert statuses(Need.objects.visible_to(AnonymousUser())) == public
    assert statuses(Need.objects.visible_to(a_user())) == public
    assert statuses(needs_worked_on_by(a_user())) == set()


def test_those_who_speak_for_the_site_work_on_all_of_it(needs):
    keeper = needs["draft"].raised_by

    for user in (keeper, a_keeper(needs["draft"].site), a_village_worker(), a_township_clerk()):
        assert statuses(needs_worked_on_by(user)) == set(STATUSES)


def test_staff_of_the_area_work_on_all_but_drafts(needs):
    for user in (a_county_clerk(), a_bureau_clerk(), a_user(role="supervisor", area="520200")):
        assert statuses(needs_worked_on_by(user)) == set(STATUSES) - {"draft"}
    assert statuses(needs_worked_on_by(a_county_clerk(PANZHOU))) == set()


def test_queue_holds_what_awaits_a_decision_nearest_deadline_first(needs):
    clerk = a_township_clerk()
    now = timezone.now()
    Need.objects.filter(pk=needs["submitted"].pk).update(verify_due_at=now + timedelta(days=2))
    Need.objects.filter(pk=needs["verified"].pk).update(verify_due_at=now + timedelta(days=1))
    a_need(status="submitted", raised_by=clerk)

    assert list(waiting_for_verification(clerk)) == [needs["verified"], needs["submitted"]]


def test_status_counts_leave_out_what_is_not_there(needs):
    a_need(status="draft", site=needs["draft"].site)
    mine = Need.objects.filter(status__in=("draft", "published"))

    assert status_counts(mine) == {"draft": 2, "published": 1}


def test_other_needs_here_leave_out_drafts_and_itself(needs):
    a_need(status="published")

    assert statuses(other_needs_here(needs["published"])) == set(STATUSES) - {"draft", "published"}


def test_need_is_to_close_once_all_its_shifts_are_over(needs):
    need = needs["published"]
    a_shift(need=need, in_hours=24)
    over = a_shift(need=need, in_hours=48).ends_at
    a_shift(need=need, in_hours=96, status="cancelled")
    mine = Need.objects.filter(site=need.site)

    assert list(needs_to_close(mine, over - timedelta(minutes=1))) == []
    assert [(found, found.over_at) for found in needs_to_close(mine, over)] == [(need, over)]


def test_story_has_words_for_everything_that_can_happen():
    site = a_site()
    keeper = a_keeper(site)
    need = a_need(site=site, raised_by=keeper)
    actions.change_need(need, actor=keeper, windows=[], skills=[])
    declared = {transition.name for transition in Need._meta.get_field("status").get_all_transitions(Need)}

    assert set(STORY) == {f"need.{verb}" for verb in {"created", "changed", "read_back", "chased", *declared}}
    assert [(entry["what"], entry["who"]) for entry in need_story(need)] == [("修改内容", keeper)]


def test_own_needs_are_those_asked_for_an_elder_in_ones_own_name():
    point, neighbour = a_site(kind="village"), a_user()
    own = a_need(site=point, raised_by=neighbour, audience="elders")
    a_need(site=point, raised_by=a_user(), audience="elders")
    worker = a_village_worker()
    a_need(site=point, raised_by=worker, audience="elders")

    assert list(own_needs(neighbour)) == [own]
    assert list(own_needs(worker)) == []


def test_people_in_charge_hold_their_role_today():
    clerk, gone = a_township_clerk(), a_county_clerk()
    gone.role_assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
    left = a_county_clerk()
    User.objects.filter(pk=left.pk).update(is_active=False)

    assert list(people_in_charge("520204002005")) == [clerk]


def test_holidays_are_said_for_the_windows_that_fall_on_them():
    need = a_need(windows=2)
    first = need.windows.first()
    WorkDay.objects.update_or_create(
        on=timezone.localtime(first.starts_at).date(),
        defaults={"is_workday": False, "name": "元旦", "source": "测试"},
    )

    assert holidays_on(need) == {first.pk: "元旦"}
