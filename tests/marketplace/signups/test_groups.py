"""A leader signs up the team: all of them or nobody."""

import pytest
from django.utils import timezone

from marketplace.messaging.models import Message
from marketplace.organizations.models import Organization
from marketplace.shifts.models import Shift
from marketplace.signups.actions import sign_up_group, withdraw_signup
from marketplace.signups.candidates import candidates
from marketplace.signups.models import SignUp
from marketplace.volunteers.models import GroupMember, Volunteer, VolunteerGroup
from marketplace.workflow.refusals import Refused
from tests.factories import a_group, a_program, a_shift, a_signup, a_user, a_volunteer

pytestmark = pytest.mark.django_db


def a_team(size: int = 3) -> tuple[VolunteerGroup, list[Volunteer]]:
    group = a_group()
    members = [a_volunteer(f"队员{number}") for number in range(1, size)]
    for volunteer in members:
        GroupMember.objects.create(group=group, volunteer=volunteer, agreed_at=timezone.now())
    return group, [group.leader, *members]


def join(group: VolunteerGroup, shift: Shift, members, **fields) -> list[SignUp]:
    values = {"actor": group.leader.user, "acknowledged_risks": True}
    return sign_up_group(group, shift, members=members, **{**values, **fields})


def refusal(group: VolunteerGroup, shift: Shift, members, **fields) -> str:
    before = SignUp.objects.count()
    with pytest.raises(Refused) as refused:
        join(group, shift, members, **fields)
    assert SignUp.objects.count() == before
    return refused.value.sentence


def taken(shift: Shift) -> int:
    return Shift.objects.get(pk=shift.pk).places_taken


def test_all_are_signed_up_and_each_is_told():
    group, members = a_team()
    shift = a_shift(places=3)

    signups = join(group, shift, members)

    assert [(one.volunteer, one.group, one.status, one.made_by) for one in signups] == [
        (member, group, "confirmed", group.leader.user) for member in members
    ]
    assert taken(shift) == 3
    for member in members:
        told = Message.objects.get(recipient=member.user)
        assert (told.subject, group.name in told.body) == (f"团队为您报了名：{shift.title}", True)


def test_places_for_all_or_for_none():
    group, members = a_team()
    shift = a_shift(places=2)
    assert refusal(group, shift, members) == "这一场只剩 2 个名额，不够 3 人，谁也没有报上。请少选几位，或者换一场。"
    assert taken(shift) == 0
    assert len(join(group, shift, members[:2])) == 2


def test_those_who_wait_go_first():
    group, members = a_team(2)
    shift = a_shift(places=2)
    waiting = a_signup(shift=shift, status="waitlisted")
    assert "只剩 1 个名额" in refusal(group, shift, members)
    assert SignUp.objects.get(pk=waiting.pk).status == "waitlisted"


def test_everything_that_keeps_a_member_is_said_by_name():
    group, members = a_team(4)
    shift = a_shift(places=9, skills=("homework",))
    members[0].skills.set(shift.skills.all())
    members[2].skills.set(shift.skills.all())
    a_signup(shift=shift, volunteer=members[2])
    said = refusal(group, shift, members)
    assert said.startswith("队员1：需要会：")
    assert "队员2：已经报过名了。" in said
    assert "队员3：需要会：" in said
    assert "队长" not in said
    assert taken(shift) == 1


def test_one_who_has_not_said_yes_is_not_named_and_nobody_is_signed_up():
    group, members = a_team()
    shift = a_shift(places=9)
    GroupMember.objects.filter(volunteer=members[2]).update(agreed_at=None)

    assert refusal(group, shift, members) == "勾选的人里有的还不是队员，谁也没有报上。请刷新页面再选。"
    assert taken(shift) == 0


def test_only_the_leader_and_only_members():
    group, members = a_team()
    shift = a_shift()
    assert refusal(group, shift, members, actor=members[1].user) == "由队长为团队报名。"
    assert refusal(group, shift, [a_volunteer()]) == "还差一步：请至少勾选一位队员。"


def test_the_shifts_own_rules_come_first():
    group, members = a_team()
    assert refusal(group, a_shift(in_hours=-1), members) == "活动已经开始，不能再报名。"
    risky = a_shift(program=a_program(status="approved"))
    assert "每位队员都已了解以上风险" in refusal(group, risky, members, acknowledged_risks=False)


def test_the_same_key_gives_the_first_answer():
    group, members = a_team()
    shift = a_shift(places=9)
    first = join(group, shift, members, key="page")
    assert join(group, shift, members[:1], key="page") == first
    assert taken(shift) == 3
    assert refusal(group, a_shift(in_hours=200), members, key="page") == "这个页面已经用过了，请刷新后再报名。"


def test_a_member_withdraws_alone():
    group, members = a_team()
    shift = a_shift(places=3)
    signups = join(group, shift, members)
    withdraw_signup(signups[1], actor=members[1].user)
    assert [SignUp.objects.get(pk=one.pk).status for one in signups] == ["confirmed", "withdrawn", "confirmed"]
    assert taken(shift) == 2


def test_the_page_offers_whom_it_can_and_signs_them_up(client):
    group, members = a_team()
    shift = a_shift(places=3)
    GroupMember.objects.filter(volunteer=members[2]).update(agreed_at=None)
    client.force_login(group.leader.user)
    address = f"/desk/shifts/{shift.pk}/groups/{group.pk}/"
    assert address in client.get(f"/shifts/{shift.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert str(members[2]) not in page
    sent = {"members": [members[0].pk, members[1].pk], "key": "page", "acknowledged_risks": "on"}
    response = client.post(address, sent, follow=True)
    assert "已为 2 位队员报名" in response.content.decode()
    assert taken(shift) == 2
    assert [one.may_come for one in candidates(group, shift)] == [False] * 2


def test_anothers_group_and_a_hidden_shift_are_not_there(client):
    group, _members = a_team()
    other, _others = a_team()
    client.force_login(group.leader.user)
    assert client.get(f"/desk/shifts/{a_shift().pk}/groups/{other.pk}/").status_code == 404
    assert client.get(f"/desk/shifts/{a_shift(published_at=None).pk}/groups/{group.pk}/").status_code == 404
    client.force_login(a_user())
    assert client.get(f"/desk/shifts/{a_shift().pk}/groups/{group.pk}/").status_code == 403


def test_the_page_asks_as_often_for_many_as_for_few(client, django_assert_max_num_queries):
    small, _two = a_team(2)
    large, _six = a_team(6)
    shift = a_shift()

    def queries(group: VolunteerGroup) -> int:
        client.force_login(group.leader.user)
        with django_assert_max_num_queries(40) as counted:
            client.get(f"/desk/shifts/{shift.pk}/groups/{group.pk}/")
        return len(counted)

    queries(small)
    assert queries(small) == queries(large)


def test_team_of_a_suspended_organization_goes_nowhere():
    group, members = a_team()
    Organization.objects.filter(pk=group.host_organization_id).update(status="suspended")
    group = VolunteerGroup.objects.get(pk=group.pk)
    assert "已暂停" in refusal(group, a_shift(), members)
