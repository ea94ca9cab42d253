"""Recording clearances: the rule, the action, and the pages on which staff do it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.signups.models import SignUp
from marketplace.volunteers.actions import record_clearance
from marketplace.volunteers.models import Clearance, ClearanceKind
from marketplace.volunteers.queries import cleared_kinds, volunteers_of_area
from marketplace.volunteers.rules import refuse_clearance_entry
from marketplace.workflow.refusals import Refused
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_shift,
    a_signup,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
    an_area,
    give_role,
)

pytestmark = pytest.mark.django_db

ELSEWHERE = "由志愿者常住地的乡镇、县级或市级工作人员登记。"


def today() -> date:
    return timezone.localdate()


def a_kind(code: str = "record_check") -> ClearanceKind:
    return ClearanceKind.objects.get(code=code)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (a_township_clerk, None),
        (a_county_clerk, None),
        (a_bureau_clerk, None),
        (a_village_worker, ELSEWHERE),
        (lambda: a_county_clerk(PANZHOU), ELSEWHERE),
        (lambda: a_user(role="supervisor", area="520200"), ELSEWHERE),
        (a_keeper, ELSEWHERE),
        (a_user, ELSEWHERE),
    ],
)
def test_result_is_recorded_by_staff_of_the_area(make, sentence):
    volunteer, actor = a_volunteer(), make()

    assert refuse_clearance_entry(volunteer, actor, today(), today()) == sentence
    if sentence is None:
        assert (
            record_clearance(volunteer, a_kind(), actor=actor, result="clear", checked_on=today()).recorded_by == actor
        )
    else:
        with pytest.raises(Refused):
            record_clearance(volunteer, a_kind(), actor=actor, result="clear", checked_on=today())
        assert (Clearance.objects.count(), Event.objects.count()) == (0, 0)


def test_nobody_records_their_own_result():
    volunteer = a_volunteer()
    give_role(volunteer.user, "township", "520204002")

    assert refuse_clearance_entry(volunteer, volunteer.user, today(), today()) == "不能登记自己的审查结果，请同事办理。"


def test_check_of_tomorrow_is_refused():
    tomorrow = today() + timedelta(days=1)

    assert refuse_clearance_entry(a_volunteer(), a_county_clerk(), tomorrow, today()) == "查询日期不能晚于今天。"


def test_pass_holds_as_long_as_its_kind_says():
    kind = a_kind()
    ClearanceKind.objects.filter(pk=kind.pk).update(valid_months=6)
    clerk = a_county_clerk()
    clearance = record_clearance(a_volunteer(), a_kind(), actor=clerk, result="clear", checked_on=today())

    assert clearance.valid_until == today() + relativedelta(months=6)
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.area_code) == ("clearance.recorded", clerk.pk, "520204002")
    assert event.details == {"kind": "record_check", "result": "clear"}


def test_cleared_kinds_are_those_that_hold_on_the_day():
    volunteer = a_volunteer(cleared=True)

    assert cleared_kinds(volunteer, today()) == {"record_check", "commitment", "training"}
    assert cleared_kinds(volunteer, today() + timedelta(days=400)) == set()


def test_volunteers_of_area_are_found_by_part_of_their_name():
    near, other = a_volunteer("李凉都"), a_volunteer("王水城")
    a_volunteer("李盘州", base_area=an_area("520281001"))
    clerk = a_county_clerk()

    assert list(volunteers_of_area(clerk, " 李 ")) == [near]
    assert set(volunteers_of_area(clerk)) == {near, other}


def signed_in(client, user):
    client.force_login(user)
    return client


def test_list_says_how_many_checks_hold(client):
    a_volunteer("李凉都", cleared=True)
    a_volunteer("王水城")

    page = signed_in(client, a_township_clerk()).get(reverse("clearances"))
    assert {(str(line["volunteer"]), line["held"]) for line in page.context["lines"]} == {("李凉都", 3), ("王水城", 0)}
    assert "齐全" in page.text
    assert "0 / 3 项" in page.text


def test_name_that_is_not_there_is_said_in_words(client):
    a_volunteer("李凉都")

    page = signed_in(client, a_township_clerk()).get(reverse("clearances"), {"q": "赵"})
    assert "没有找到" in page.text
    assert page.context["lines"] == []


def test_result_is_recorded_on_the_page(client):
    volunteer, clerk = a_volunteer("李凉都"), a_county_clerk()
    url = reverse("record_clearance", args=[volunteer.pk])
    data = {"kind": a_kind().pk, "result": "clear", "checked_on": today().isoformat()}
    page = signed_in(client, clerk).post(url, data, follow=True)

    assert page.redirect_chain == [(url, 302)]
    assert "已登记：李凉都的无违法犯罪记录查询，通过。" in page.text
    assert [task.is_done for task in page.context["tasks"]] == [True, False, False]
    assert Clearance.objects.get().recorded_by == clerk


def test_future_date_is_refused_on_the_page_and_nothing_is_lost(client):
    volunteer = a_volunteer()
    data = {"kind": a_kind().pk, "result": "pending", "checked_on": (today() + timedelta(days=1)).isoformat()}
    page = signed_in(client, a_county_clerk()).post(reverse("record_clearance", args=[volunteer.pk]), data)

    assert page.context["form"].non_field_errors() == ["查询日期不能晚于今天。"]
    assert page.context["form"]["result"].value() == "pending"
    assert Clearance.objects.count() == 0


def test_missing_answers_are_named(client):
    page = signed_in(client, a_county_clerk()).post(reverse("record_clearance", args=[a_volunteer().pk]), {"kind": "0"})

    assert page.context["form"].errors == {
        "kind": ["请在列出的几项里选择。"],
        "result": ["请选择结果。"],
        "checked_on": ["请填写办理日期。"],
    }


def test_not_clear_takes_back_places_with_children(client):
    volunteer = a_volunteer(cleared=True)
    signup = a_signup(shift=a_shift(clearance_required=True), volunteer=volunteer)
    data = {"kind": a_kind().pk, "result": "not_clear", "checked_on": today().isoformat()}
    signed_in(client, a_county_clerk()).post(reverse("record_clearance", args=[volunteer.pk]), data)

    assert SignUp.objects.get(pk=signup.pk).status == "cancelled"


def test_volunteer_of_another_area_is_not_found(client):
    volunteer = a_volunteer(base_area=an_area("520281001"))
    url = reverse("record_clearance", args=[volunteer.pk])
    signed_in(client, a_county_clerk())

    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404


def test_supervisor_reads_and_is_told_who_records(client):
    url = reverse("record_clearance", args=[a_volunteer().pk])
    page = signed_in(client, a_user(role="supervisor", area="520200")).get(url)

    assert page.context["why_not"] == ELSEWHERE
    assert client.post(url, {}).status_code == 403


@pytest.mark.parametrize("make", [a_village_worker, a_keeper, lambda: a_volunteer().user])
def test_others_have_no_business_here(client, make):
    assert signed_in(client, make()).get(reverse("clearances")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_however_long(client, django_assert_num_queries, number):
    for _ in range(number):
        a_volunteer(cleared=True)
    signed_in(client, a_county_clerk())

    with django_assert_num_queries(8):
        client.get(reverse("clearances"))
