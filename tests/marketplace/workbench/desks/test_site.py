"""The desk of those who speak for a site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.shifts.models import Shift
from marketplace.workbench.desks import site as desk
from tests.factories import (
    a_county_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return a_site(name="双水社区儿童之家")


@pytest.fixture
def keeper(home):
    return a_keeper(home)


def built(user, **later):
    return desk.build(user, timezone.now() + timedelta(**later))


def titles(context):
    return [line["title"] for line in context["today"]]


@pytest.mark.parametrize("make", [a_user, a_county_clerk, a_township_clerk, lambda: a_volunteer().user])
def test_desk_is_not_for_others(make):
    assert built(make()) is None


def test_desk_of_a_keeper_without_a_site_says_so(client):
    client.force_login(a_user(role="site_keeper"))

    assert "还没有由您负责的地点" in client.get(reverse("desk")).text


def test_today_begins_with_what_was_left_unfinished_longest(home, keeper):
    draft = a_need(site=home, status="draft", title="草稿")
    a_need(site=home, status="returned", title="退回", submitted_at=timezone.now() - timedelta(days=3))
    a_need(site=home, status="submitted")
    a_need(status="draft")

    context = built(keeper)
    assert titles(context) == ["退回了，请修改：退回", "草稿，还没提交：草稿"]
    assert context["today"][1]["url"] == reverse("desk_need", args=[draft.pk])


def test_need_whose_shifts_are_over_asks_whether_it_was_met(home, keeper):
    need = a_need(site=home, status="published", title="课业辅导", windows=0)
    a_shift(need=need, in_hours=2)

    assert titles(built(keeper)) == []
    assert titles(built(keeper, days=1)) == ["都结束了，办完了吗：课业辅导"]


def test_shift_that_is_over_asks_who_was_there(home, keeper):
    need = a_need(site=home, status="fulfilled", title="课业辅导", windows=0)
    shift = a_shift(need=need, in_hours=2)
    signup = a_signup(shift=shift)

    assert titles(built(keeper)) == []
    context = built(keeper, days=1)
    assert titles(context) == ["登记谁到场了：课业辅导"]
    assert context["today"][0]["url"] == reverse("roster", args=[shift.pk])

    type(signup).objects.filter(pk=signup.pk).update(status="attended")
    assert titles(built(keeper, days=1)) == []


def test_coming_are_the_shifts_of_seven_days_at_ones_sites(home, keeper):
    need = a_need(site=home, status="published", windows=0)
    soon, adopted = a_shift(need=need, in_hours=48), a_shift(need=need, program=a_program(status="approved"))
    a_shift(need=need, in_hours=24 * 8)
    a_shift(need=need, status="cancelled")
    a_shift(need=need, published_at=None)
    a_shift()

    assert list(built(keeper)["coming"]) == [soon, adopted]


def test_village_worker_has_the_sites_of_the_village(home):
    point = a_site(kind="village", name="双水社区")
    a_site(area="520204002")
    need = a_need(site=point, audience="elders")

    context = built(a_village_worker())
    assert set(context["sites"]) == {home, point}
    assert list(context["needs"]) == [need]


def test_desk_shows_who_comes_and_leads_to_the_roster(client, home, keeper):
    shift = a_shift(need=a_need(site=home, status="published", windows=0), places=5)
    a_signup(shift=shift)
    client.force_login(keeper)

    page = client.get(reverse("desk"))
    assert Shift.objects.get().places_taken == 1
    assert "1 人来" in page.text
    assert "还差 4 人" in page.text
    assert reverse("roster", args=[shift.pk]) in page.text
    assert reverse("desk_need_new") in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_desk_takes_the_same_queries_however_much_there_is(client, home, keeper, django_assert_num_queries, number):
    for _ in range(number):
        need = a_need(site=home, status="published", windows=number)
        a_signup(shift=a_shift(need=need))
        a_need(site=home, status="returned")
    client.force_login(keeper)

    with django_assert_num_queries(16):
        client.get(reverse("desk"))
