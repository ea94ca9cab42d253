"""Groups: made by a leader, confirmed by their host, joined by those who say yes."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.actions import set_phone
from marketplace.history.models import Event
from marketplace.volunteers.actions import add_group_member, confirm_group, create_group, join_group, leave_group
from marketplace.volunteers.models import GroupMember, Restriction, VolunteerGroup
from marketplace.workflow.refusals import Refused
from tests.factories import a_group, a_user, a_volunteer, an_organization

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def group() -> VolunteerGroup:
    return a_group(leader=a_volunteer("队长"))


def invited(group: VolunteerGroup, name: str = "小李", **fields) -> GroupMember:
    return add_group_member(group, a_volunteer(name, **fields), actor=group.leader.user)


def joined(group: VolunteerGroup, name: str = "小李", **fields) -> GroupMember:
    member = invited(group, name, **fields)
    return join_group(member, actor=member.volunteer.user)


def test_a_group_waits_for_its_host(client):
    worker, leader = a_user("机构小何"), a_volunteer("队长")
    host = an_organization(member=worker)
    client.force_login(leader.user)
    client.post(reverse("group_new"), {"name": "周末队", "host_organization": host.pk, "capacity": 5})
    group = VolunteerGroup.objects.get()
    assert group.confirmed_at is None
    with pytest.raises(Refused, match="还差一步"):
        invited(group)

    client.force_login(worker)
    assert "确认这个团队" in client.get(reverse("groups")).content.decode()
    client.post(reverse("group_confirm", args=[group.pk]))

    assert invited(VolunteerGroup.objects.get()).agreed_at is None


def test_a_group_of_ones_own_organization_needs_no_further_word():
    leader = a_volunteer("队长")
    group = create_group(
        actor=leader.user, leader=leader, name="社工队", host_organization=an_organization(member=leader.user)
    )

    assert group.confirmed_at is not None


def test_nobody_outside_of_the_host_confirms(group):
    VolunteerGroup.objects.update(confirmed_at=None)

    with pytest.raises(Refused, match="依托组织"):
        confirm_group(group, actor=group.leader.user)


def test_a_suspended_organization_hosts_no_new_group(client):
    client.force_login(a_volunteer().user)
    host = an_organization(status="suspended")

    client.post(reverse("group_new"), {"name": "周末队", "host_organization": host.pk, "capacity": 5})

    assert not VolunteerGroup.objects.exists()


def test_the_answer_to_an_invitation_tells_nothing(client, group):
    known = a_volunteer("小李", user=a_user("小李", email="li@example.org"))
    client.force_login(group.leader.user)
    pages = [
        client.post(reverse("group_invite", args=[group.pk]), {"contact": contact}, follow=True).content.decode()
        for contact in ("li@example.org", "nobody@example.org", "li@example.org")
    ]

    assert [page.count("如果对方是这里的志愿者，已经收到邀请") for page in pages] == [1, 1, 1]
    assert list(group.groupmember_set.values_list("volunteer", flat=True)) == [group.leader.pk, known.pk]


def test_invitations_have_a_limit(client, group, settings):
    settings.INVITATIONS_PER_PERSON = 2
    client.force_login(group.leader.user)
    address = reverse("group_invite", args=[group.pk])

    answers = [client.post(address, {"contact": "nobody@example.org"}, follow=True) for _ in range(3)]

    assert ["如果对方" in answer.content.decode() for answer in answers] == [True, True, False]


def test_a_group_takes_no_more_than_its_capacity(group):
    VolunteerGroup.objects.update(capacity=2)
    group.refresh_from_db()
    joined(group)

    with pytest.raises(Refused, match="已满 2 人"):
        invited(group, "小王")


def test_nobody_sees_who_was_invited_and_has_not_answered(client, group):
    """Otherwise a leader would learn from a phone number whose it is, and that there is an account."""
    VolunteerGroup.objects.update(capacity=2)
    client.force_login(group.leader.user)
    url = reverse("group_invite", args=[group.pk])
    set_phone(a_volunteer("赵小明").user, "13800138000")

    pages = [
        client.post(url, {"contact": number}, follow=True).content.decode() for number in ("13800138000", "13900139000")
    ]

    assert ["赵小明" in page for page in pages] == [False, False]
    assert ["已满" in page for page in pages] == [False, False]
    assert GroupMember.objects.filter(group=group, agreed_at=None).count() == 1


def test_joining_is_ones_own_word(group):
    member = invited(group)

    with pytest.raises(Refused, match="自己的资料"):
        join_group(member, actor=group.leader.user)


def test_an_invited_person_joins_on_their_own_page(client, group):
    member = invited(group)
    client.force_login(member.volunteer.user)
    assert "队长" in client.get(reverse("groups")).content.decode()

    client.post(reverse("group_join", args=[member.pk]))

    member.refresh_from_db()
    assert member.agreed_at is not None


def test_an_invitation_of_somebody_else_is_not_found(client, group):
    member = invited(group)
    client.force_login(a_volunteer().user)

    assert client.post(reverse("group_join", args=[member.pk])).status_code == 404
    assert client.post(reverse("group_leave", args=[member.pk])).status_code == 404


@pytest.mark.parametrize(("who", "allowed"), [("self", True), ("leader", True), ("member", False), ("stranger", False)])
def test_who_ends_a_membership(group, who, allowed):
    member, other = joined(group), joined(group, "小王")
    people = {
        "self": member.volunteer.user,
        "leader": group.leader.user,
        "member": other.volunteer.user,
        "stranger": a_user(),
    }
    with suppress(Refused):
        leave_group(member, actor=people[who])
    assert GroupMember.objects.filter(pk=member.pk).exists() != allowed
    assert Event.objects.filter(verb="group.member_left").count() == allowed


def test_a_leader_stays(group):
    own = group.groupmember_set.get()

    with pytest.raises(Refused, match="负责人不能离开"):
        leave_group(own, actor=group.leader.user)


def test_members_see_names_and_yes_or_no_but_not_why(client, group):
    joined(group, "清清", cleared=True)
    kept = joined(group, "小限", cleared=True).volunteer
    Restriction.objects.create(volunteer=kept, kind="children", starts_on=TODAY - timedelta(days=1))
    joined(group, "小缺")
    client.force_login(group.leader.user)

    page = client.get(reverse("groups"))

    lines = page.context["cards"][0]["members"]
    assert {str(line["member"].volunteer): line["is_fit"] for line in lines} == {
        "队长": False,
        "清清": True,
        "小限": False,
        "小缺": False,
    }
    assert [word for word in ("回避", "限制", "无违法犯罪", "培训") if word in page.content.decode()] == []


def test_an_invited_person_does_not_see_who_is_in(client, group):
    joined(group, "小王")
    member = invited(group)
    client.force_login(member.volunteer.user)

    assert client.get(reverse("groups")).context["cards"][0]["members"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_many(client, django_assert_num_queries, group, number):
    for _ in range(number):
        joined(group, cleared=True)
    client.force_login(group.leader.user)

    with django_assert_num_queries(16):
        client.get(reverse("groups"))
