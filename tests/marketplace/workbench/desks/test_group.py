"""The desk of a group's leader: how many they are, and who goes where."""

from html import unescape

import pytest
from django.utils import timezone

from marketplace.volunteers.models import GroupMember
from marketplace.workbench.desks.group import build
from tests.factories import a_group, a_shift, a_signup, a_user, a_volunteer, clear

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    group = a_group(leader=a_volunteer("队长老孙"))
    for name in ("王阿姨", "李师傅"):
        GroupMember.objects.create(group=group, volunteer=a_volunteer(name), agreed_at=timezone.now())
    return group


def cards(group) -> list[dict]:
    return build(group.leader.user, timezone.now())["groups"]


def test_only_leaders_have_this_desk(group):
    member = group.members.exclude(pk=group.leader.pk).first()

    assert build(member.user, timezone.now()) is None
    assert build(a_user(), timezone.now()) is None


def test_each_shift_stands_once_with_those_who_go(group):
    leader, wang, li = group.members.order_by("pk")
    later, sooner = a_shift(in_hours=200, places=5), a_shift(in_hours=50, places=5)
    for volunteer in (wang, li):
        a_signup(shift=type(later).objects.get(pk=later.pk), volunteer=volunteer)
    a_signup(shift=sooner, volunteer=leader, status="waitlisted")
    a_signup(shift=sooner, volunteer=wang, status="withdrawn")
    a_signup(shift=a_shift(in_hours=-30), volunteer=wang)
    a_signup(shift=later, volunteer=a_volunteer("别队的人"), status="waitlisted")

    (card,) = cards(group)

    assert card["members"] == [leader, wang, li]
    assert [(line["shift"], [str(signup.volunteer) for signup in line["signups"]]) for line in card["shifts"]] == [
        (sooner, ["队长老孙"]),
        (later, ["王阿姨", "李师傅"]),
    ]


def test_who_goes_to_children_is_named_only_to_a_cleared_leader(client, group):
    shift = a_shift(clearance_required=True)
    wang = group.members.get(user__display_name="王阿姨")
    a_signup(shift=shift, volunteer=wang)
    client.force_login(group.leader.user)

    assert [line["are_named"] for line in cards(group)[0]["shifts"]] == [False]
    html = unescape(client.get("/desk/").content.decode())
    assert "1 人（服务儿童" in html
    assert "王阿姨" not in html

    clear(group.leader)
    assert [line["are_named"] for line in cards(group)[0]["shifts"]] == [True]
    assert "王阿姨" in unescape(client.get("/desk/").content.decode())


def test_the_page_asks_as_often_for_many_as_for_one(client, group, django_assert_max_num_queries):
    clear(group.leader)
    client.force_login(group.leader.user)

    def queries() -> int:
        with django_assert_max_num_queries(42) as asked:
            client.get("/desk/")
        return len(asked)

    for number in range(4):
        a_signup(shift=a_shift(in_hours=80 + 30 * number, clearance_required=True), volunteer=group.members.last())
        if number == 0:
            queries()
            for_one = queries()

    assert queries() == for_one


def test_two_shifts_of_one_moment_stay_two(group):
    first = a_shift(places=5)
    second = a_shift(need=first.need, places=5)
    leader, wang, _li = group.members.order_by("pk")
    a_signup(shift=first, volunteer=leader)
    a_signup(shift=second, volunteer=wang)

    assert [line["shift"] for line in cards(group)[0]["shifts"]] == [first, second]


def test_the_page_shows_the_team(client, group):
    shift = a_shift()
    a_signup(shift=shift, volunteer=group.leader, status="waitlisted")
    client.force_login(group.leader.user)

    html = unescape(client.get("/desk/").content.decode())

    for part in (group.name, "3 名队员", str(group.host_organization), shift.title, "队长老孙（候补）"):
        assert part in html


def test_the_page_of_a_quiet_team_says_what_will_be_there(client, group):
    client.force_login(group.leader.user)

    assert "队员还没有报名" in client.get("/desk/").content.decode()


def test_whoever_was_only_invited_is_no_member_yet(group):
    GroupMember.objects.create(group=group, volunteer=a_volunteer("被邀请的人"))

    assert [str(one) for one in cards(group)[0]["members"]] == ["队长老孙", "王阿姨", "李师傅"]
