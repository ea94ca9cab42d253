"""The desk of an organization: what came back first, then drafts, then days that lack people."""

from __future__ import annotations

import pytest
from django.utils import timezone

from marketplace.workbench.desks.organization import build
from tests.factories import a_bureau_clerk, a_program, a_shift, a_user, a_volunteer, add_member, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return a_user("机构小何")


@pytest.fixture
def organization(member):
    return an_organization(member=member, short_name="同心中心")


def desk_of(person):
    return build(type(person).objects.get(pk=person.pk), timezone.now())


@pytest.mark.parametrize("who", [a_user, a_bureau_clerk, lambda: a_volunteer().user])
def test_desk_is_for_members_only(who):
    assert desk_of(who()) is None


def test_today_has_returned_then_drafts_then_days_that_lack_people(member, organization):
    running = a_program(status="approved", organization=organization, title="进行的")
    soon = a_shift(program=running, in_hours=20, places=4, places_taken=1)
    a_program(status="draft", organization=organization, title="草稿的")
    a_program(status="returned", organization=organization, title="退回的")
    an_organization(member=member, status="returned", name="要补正的组织")

    lines = [(line["title"], line["url"]) for line in desk_of(member)["today"]]

    assert [title for title, _url in lines] == [
        "退回了，请修改：退回的",
        "登记资料退回了，请补正：要补正的组织",
        "草稿，还没提交：草稿的",
        "快到了，还差 3 人：进行的",
    ]
    assert lines[-1][1] == f"/shifts/{soon.pk}/"


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"in_hours": 47, "places": 4, "places_taken": 1}, True),
        ({"in_hours": 50, "places": 4, "places_taken": 1}, False),
        ({"in_hours": 20, "places": 4, "places_taken": 2}, False),
        ({"in_hours": 20, "places": 1, "places_taken": 0}, True),
        ({"in_hours": 20, "places": 4, "status": "cancelled"}, False),
    ],
)
def test_day_that_lacks_people_is_told_two_days_before(member, organization, fields, is_told):
    a_shift(program=a_program(status="approved", organization=organization), **fields)

    assert bool(desk_of(member)["today"]) == is_told


def test_week_shows_own_shifts_of_seven_days_that_are_not_over(member, organization):
    program = a_program(status="approved", organization=organization)
    running, coming = a_shift(program=program, in_hours=-1), a_shift(program=program, in_hours=150)
    a_shift(program=program, in_hours=-5)
    a_shift(program=program, in_hours=180)
    a_shift(program=program, status="cancelled")
    a_shift(program=program, published_at=None)
    a_shift(program=a_program(status="approved"))

    assert desk_of(member)["coming"] == [running, coming]


@pytest.mark.parametrize(("status", "may"), [("active", True), ("submitted", False), ("suspended", False)])
def test_programs_are_offered_only_by_verified_organizations(client, member, status, may):
    an_organization(member=member, status=status)
    client.force_login(member)

    page = client.get("/desk/")

    assert ("/desk/programs/new/" in page.text) == may


def test_desk_shows_the_newest_programs_of_all_ones_organizations(client, member, organization):
    other = an_organization()
    add_member(other, member)
    programs = [a_program(organization=one, status="approved") for one in (organization, other) * 3]
    client.force_login(member)

    page = client.get("/desk/").text

    assert [program.title in page for program in programs] == [False, True, True, True, True, True]


@pytest.mark.parametrize("number", [1, 3])
def test_desk_takes_the_same_queries_for_any_number(member, organization, django_assert_num_queries, number):
    for _ in range(number):
        program = a_program(status="approved", organization=organization)
        a_program(status="returned", organization=organization)
        a_shift(program=program, in_hours=20)
    person = type(member).objects.get(pk=member.pk)

    with django_assert_num_queries(6):
        context = build(person, timezone.now())
        list(context["programs"])
