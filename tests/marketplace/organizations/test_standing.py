"""Ratings and credit lists as dated records; what a serious breach does; what runs out is told once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.messaging.models import Message
from marketplace.organizations import actions
from marketplace.organizations.enums import OrganizationStatus
from marketplace.organizations.models import CreditFlag, Organization, Rating
from marketplace.organizations.queries import rating_of
from marketplace.organizations.tasks import tell_of_expiry
from marketplace.programs.models import Program
from marketplace.signups.models import SignUp
from marketplace.workflow.refusals import Refused
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_user,
    an_organization,
)
from tests.factories.papers import a_paper
from tests.lifecycles import members, strangers, who_passes

pytestmark = pytest.mark.django_db
HANDLERS = {"county", "bureau"}
TODAY = date(2026, 11, 24)
GRADE = {"grade": "4A", "starts_on": date(2026, 1, 1), "ends_on": date(2030, 12, 31), "source": "评估公告第 3 号"}


def days(number):
    return timezone.localdate() + timedelta(days=number)


def flagged(organization, kind="serious", clerk=None):
    return actions.record_flag(
        organization, actor=clerk or a_county_clerk(), list=kind, starts_on=days(-1), source="决定书 12 号"
    )


def signed_in(user):
    visitor = Client()
    visitor.force_login(user)
    return visitor


def desk_of(organization):
    return reverse("desk_organization", args=[organization.pk])


def test_ratings_and_lists_are_recorded_by_those_who_verify_and_do_not_belong_to_it():
    organization = an_organization()
    people = {**members(organization), **strangers()}
    flag = CreditFlag.objects.create(organization=organization, list="abnormal", starts_on=days(-9), source="公告")

    assert who_passes(people, lambda who: actions.record_rating(organization, actor=who, **GRADE)) == HANDLERS
    assert who_passes(people, lambda who: flagged(organization, "abnormal", who)) == HANDLERS
    assert who_passes(people, lambda who: actions.lift_flag(flag, actor=who, ends_on=days(0))) == HANDLERS


@pytest.mark.parametrize(
    ("day", "grade"),
    [(date(2025, 12, 31), "3A"), (date(2026, 1, 1), "4A"), (date(2030, 12, 31), "4A"), (date(2031, 1, 1), None)],
)
def test_grade_holds_on_its_days(day, grade):
    organization, clerk = an_organization(), a_county_clerk()
    earlier = {**GRADE, "grade": "3A", "starts_on": date(2021, 1, 1), "ends_on": date(2025, 12, 31)}
    for fields in (earlier, GRADE):
        actions.record_rating(organization, actor=clerk, **fields)

    found = rating_of(organization, day)

    assert (found and found.grade) == grade


@pytest.mark.parametrize("status", OrganizationStatus.values)
@pytest.mark.parametrize("kind", ["serious", "abnormal"])
def test_only_a_serious_breach_suspends_and_only_who_is_active(status, kind):
    organization = an_organization(status=status, member=a_user())

    flagged(organization, kind)

    suspended = kind == "serious" and status == "active"
    assert Organization.objects.get().status == ("suspended" if suspended else status)


def test_suspension_says_why_and_releases_what_depends_on_it():
    member = a_user("机构小何")
    organization = an_organization(member=member)
    need = a_need(status="published", windows=0)
    program = a_program(status="approved", organization=organization)
    own = a_signup(shift=a_shift(program=program))
    adopted = a_signup(shift=a_shift(program=program, need=need))

    flagged(organization)

    assert Message.objects.get(recipient=member, subject__endswith="已被暂停").body == (
        "列入严重违法失信名单：决定书 12 号"
    )
    assert Program.objects.get().status == "cancelled"
    assert SignUp.objects.get(pk=own.pk).status == "cancelled"
    kept = SignUp.objects.get(pk=adopted.pk)
    assert (kept.status, kept.shift.program, kept.shift.need) == ("confirmed", None, need)
    assert Message.objects.filter(recipient=own.volunteer.user).count() == 1


@pytest.mark.parametrize(("status", "act"), [("submitted", "verify"), ("suspended", "restore")])
def test_who_is_on_the_list_is_neither_verified_nor_restored(status, act):
    organization, clerk = an_organization(status=status, member=a_user()), a_county_clerk()
    step = {"verify": actions.verify_organization, "restore": actions.restore_organization}[act]
    flag = flagged(organization, clerk=clerk)

    with pytest.raises(Refused, match="在严重违法失信名单上"):
        step(organization, actor=clerk)
    actions.lift_flag(flag, actor=clerk, ends_on=days(-1))
    step(organization, actor=clerk)

    assert Organization.objects.get().status == "active"
    assert CreditFlag.objects.count() == 1


def test_list_is_not_left_before_it_was_entered():
    flag = flagged(an_organization(), "abnormal")

    with pytest.raises(Refused, match="移出日期不能早于列入日期"):
        actions.lift_flag(flag, actor=a_county_clerk(), ends_on=days(-2))


def test_pages_record_and_the_public_page_shows_it_as_information(client):
    organization = an_organization()
    visitor = signed_in(a_county_clerk())

    visitor.post(
        reverse("organization_rating", args=[organization.pk]),
        {"grade": "4A", "starts_on": days(-9), "ends_on": days(900), "source": "评估公告第 3 号"},
    )
    visitor.post(
        reverse("organization_flag", args=[organization.pk]),
        {"list": "abnormal", "starts_on": days(-9), "source": "未按时报送年报"},
    )

    flag = CreditFlag.objects.get()
    shown = client.get(reverse("organization", args=[organization.pk])).text
    assert [word in shown for word in ("4A", "仅供了解，不影响排序", "活动异常名录", "未按时报送年报")] == [True] * 4
    visitor.post(reverse("organization_flag_lift", args=[organization.pk, flag.pk]), {"ends_on": days(-1)})
    assert "活动异常名录" not in client.get(reverse("organization", args=[organization.pk])).text
    assert "活动异常名录" in visitor.get(desk_of(organization)).text


@pytest.mark.parametrize(
    ("url_name", "sent", "field"),
    [
        ("organization_rating", {"grade": "6A", "starts_on": "2026-01-01", "source": "x"}, "grade"),
        ("organization_rating", {"grade": "5A", "starts_on": "2999-01-01", "source": "x"}, "starts_on"),
        (
            "organization_rating",
            {"grade": "5A", "starts_on": "2026-01-01", "ends_on": "2025-01-01", "source": "x"},
            "ends_on",
        ),
        ("organization_flag", {"list": "serious", "starts_on": "2026-01-01", "source": ""}, "source"),
        ("organization_flag", {"list": "serious", "starts_on": "2999-01-01", "source": "x"}, "starts_on"),
    ],
)
def test_record_that_can_not_be_is_refused_beside_its_field(url_name, sent, field):
    organization = an_organization()

    page = signed_in(a_county_clerk()).post(reverse(url_name, args=[organization.pk]), sent)

    assert list(page.context["form"].errors) == [field]
    assert (Rating.objects.count(), CreditFlag.objects.count()) == (0, 0)


@pytest.mark.parametrize("url_name", ["organization_rating", "organization_flag"])
def test_other_county_does_not_find_the_page(url_name):
    url = reverse(url_name, args=[an_organization().pk])

    assert signed_in(a_county_clerk(PANZHOU)).get(url).status_code == 404
    assert signed_in(a_bureau_clerk()).get(url).status_code == 200


@pytest.mark.parametrize(("ends_in", "is_told"), [(-1, False), (0, True), (30, True), (31, False)])
def test_what_runs_out_is_told_thirty_days_ahead(ends_in, is_told, settings):
    settings.EXPIRY_NOTICE_DAYS = 30
    organization = an_organization(member=a_user("机构小何"))
    a_paper(organization, valid_until=TODAY + timedelta(days=ends_in))
    actions.record_rating(organization, actor=a_county_clerk(), **{**GRADE, "ends_on": TODAY + timedelta(days=ends_in)})

    assert actions.warn_of_expiry(TODAY) == (2 if is_told else 0)


def test_members_and_staff_are_told_once():
    member, clerks = a_user("机构小何"), {a_county_clerk(), a_bureau_clerk()}
    a_county_clerk(PANZHOU)
    organization = an_organization(member=member, name="凉都 100% 社工")
    a_paper(organization, valid_until=TODAY + timedelta(days=10))

    assert [actions.warn_of_expiry(TODAY + timedelta(days=later)) for later in (0, 0, 5)] == [1, 0, 0]

    messages = Message.objects.all()
    assert {message.recipient for message in messages} == {member, *clerks}
    assert {message.subject for message in messages} == {"「凉都 100% 社工」的登记证书 12月4日 周五 到期"}
    assert len(messages) == 3


@pytest.mark.parametrize("status", OrganizationStatus.values)
def test_only_verified_organizations_are_reminded(status):
    a_paper(an_organization(status=status), valid_until=TODAY)

    assert actions.warn_of_expiry(TODAY) == (status in {"active", "suspended"})


@pytest.mark.parametrize("newer", [None, TODAY + timedelta(days=400)])
def test_what_was_replaced_is_not_told(newer):
    organization = an_organization()
    a_paper(organization, valid_until=TODAY)
    a_paper(organization, valid_until=newer)

    assert actions.warn_of_expiry(TODAY) == 0


def test_task_asks_about_today():
    a_paper(an_organization(), valid_until=days(1))

    assert [tell_of_expiry(), tell_of_expiry()] == [1, 0]
