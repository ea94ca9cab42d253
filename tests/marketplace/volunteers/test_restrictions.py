"""Restrictions: recorded by county and bureau, ended by them, seen by nobody else."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.volunteers.actions import end_restriction, record_restriction
from marketplace.volunteers.models import Restriction
from marketplace.workflow.refusals import Refused
from tests.factories import (
    ZHONGSHAN,
    a_bureau_clerk,
    a_county_clerk,
    a_site,
    a_township_clerk,
    a_user,
    a_volunteer,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (a_county_clerk, True),
        (a_bureau_clerk, True),
        (a_township_clerk, False),
        (lambda: a_county_clerk(ZHONGSHAN), False),
        (a_user, False),
    ],
)
def test_county_and_bureau_of_the_area_record(who, allowed):
    with suppress(Refused):
        record_restriction(a_volunteer(), actor=who(), kind="everything", starts_on=TODAY)
    assert Restriction.objects.exists() == allowed


def test_nobody_restricts_or_frees_themselves():
    clerk = a_county_clerk()
    own = Restriction.objects.create(volunteer=a_volunteer(user=clerk), kind="everything", starts_on=TODAY)

    with pytest.raises(Refused, match="请同事办理"):
        end_restriction(own, actor=clerk)


@pytest.mark.parametrize("starts_in", [-9, 0, 9])
def test_an_ended_one_lasts_until_today(starts_in):
    begun = Restriction.objects.create(
        volunteer=a_volunteer(), kind="everything", starts_on=TODAY + timedelta(days=starts_in)
    )

    ended = end_restriction(begun, actor=a_county_clerk())

    assert (ended.ends_on, ended.starts_on) == (TODAY, min(begun.starts_on, TODAY))


def sent(**fields) -> dict[str, str]:
    return {"kind": "everything", "starts_on": TODAY.isoformat(), **fields}


def test_the_page_records_and_ends(client):
    volunteer, site = a_volunteer(), a_site()
    client.force_login(a_county_clerk())
    address = reverse("restrictions", args=[volunteer.pk])

    assert client.post(address, sent(kind="site", site=site.pk)).status_code == 302
    found = Restriction.objects.get()
    assert (found.kind, found.site, found.organization) == ("site", site, None)
    client.post(reverse("restriction_end", args=[volunteer.pk, found.pk]))

    found.refresh_from_db()
    assert found.ends_on == TODAY


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "site"},
        {"kind": "organization"},
        {"kind": "jail"},
        {"starts_on": ""},
        {"ends_on": (TODAY - timedelta(days=1)).isoformat()},
    ],
)
def test_the_page_refuses_what_says_too_little(client, fields):
    client.force_login(a_county_clerk())

    assert client.post(reverse("restrictions", args=[a_volunteer().pk]), sent(**fields)).status_code == 200
    assert not Restriction.objects.exists()


def test_the_page_is_closed_to_the_township_and_to_other_counties(client):
    address = reverse("restrictions", args=[a_volunteer().pk])
    answers = []
    for clerk in (a_township_clerk(), a_county_clerk(ZHONGSHAN)):
        client.force_login(clerk)
        answers.append(client.get(address).status_code)

    assert answers == [403, 404]


def test_another_volunteers_restriction_is_not_ended_by_this_ones_address(client):
    theirs = Restriction.objects.create(volunteer=a_volunteer(), kind="everything", starts_on=TODAY)
    client.force_login(a_county_clerk())

    assert client.post(reverse("restriction_end", args=[a_volunteer().pk, theirs.pk])).status_code == 404
