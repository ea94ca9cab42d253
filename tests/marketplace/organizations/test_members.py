"""Who works in an organization: added by its administrators, one of whom always stays."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.actions import set_phone
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.organizations import actions
from marketplace.organizations.enums import OrganizationStatus
from marketplace.organizations.models import Membership
from marketplace.organizations.rules import refuse_adding
from marketplace.workflow.refusals import Refused
from tests.factories import a_bureau_clerk, a_county_clerk, a_user, add_member, an_organization
from tests.lifecycles import members, strangers, who_passes

pytestmark = pytest.mark.django_db
LAST = "组织要有一位负责人。请先让另一位同事做负责人。"


def page_of(organization):
    return reverse("organization_members", args=[organization.pk])


def signed_in(user):
    visitor = Client()
    visitor.force_login(user)
    return visitor


def team(status="active"):
    """An organization with an administrator and a colleague."""
    admin, colleague = a_user("负责人小何"), a_user("同事小马")
    organization = an_organization(member=admin, status=status)
    add_member(organization, colleague, role="staff")
    return organization, admin, colleague


def membership_of(user):
    return Membership.objects.get(user=user)


def roles_of(user):
    return User.objects.get(pk=user.pk).roles


@pytest.mark.parametrize("status", OrganizationStatus.values)
def test_administrators_of_a_verified_organization_add_colleagues(status):
    organization, admin, colleague = team(status)
    people = {"admin": admin, "staff": colleague, **members(organization), **strangers()}
    may = {"admin", "colleague", "bureau and colleague"} if status == "active" else set()

    assert who_passes(people, lambda who: actions.add_member(organization, a_user(), actor=who)) == may


@pytest.mark.parametrize("login", ["xiaoma@example.com", " XiaoMa@Example.com ", "13800138000", "138 0013 8000"])
def test_colleague_is_found_by_what_they_sign_in_with_and_told(login):
    organization, admin, _colleague = team()
    person = a_user("小马", email="xiaoma@example.com")
    set_phone(person, "13800138000")

    page = signed_in(admin).post(page_of(organization), {"login": login, "role": "staff"}, follow=True)

    assert "小马" in page.text
    assert (membership_of(person).role, roles_of(person)) == ("staff", {Role.ORGANIZATION})
    assert [message.subject for message in Message.objects.filter(recipient=person)] == [f"您已加入「{organization}」"]


def test_answer_is_the_same_for_an_account_nobody_has():
    organization, admin, _colleague = team()
    a_user("小马", email="xiaoma@example.com")
    visitor = signed_in(admin)

    def said(login):
        page = visitor.post(page_of(organization), {"login": login, "role": "staff"}, follow=True)
        return [str(message) for message in page.context["messages"]]

    assert said("nobody@example.com") == said("xiaoma@example.com") == said("xiaoma@example.com")
    assert Membership.objects.count() == 3


@pytest.mark.parametrize("clerk", [a_county_clerk, a_bureau_clerk])
def test_whoever_decides_about_organizations_is_not_made_to_stand_back(clerk):
    organization, admin, _colleague = team()
    person = clerk()
    set_phone(person, "13800138000")

    actions.add_colleague(organization, "13800138000", actor=admin)

    assert not Membership.objects.filter(user=person).exists()


def test_colleagues_are_not_looked_for_without_end(settings):
    settings.COLLEAGUES_PER_PERSON = 2
    organization, admin, _colleague = team()
    visitor = signed_in(admin)

    tried = [visitor.post(page_of(organization), {"login": f"{n}@example.com", "role": "staff"}) for n in range(3)]

    assert [answer.status_code for answer in tried] == [302, 302, 429]


def test_roles_are_changed_by_administrators():
    organization, admin, colleague = team()
    people = {"admin": admin, "staff": colleague, **members(organization), **strangers()}
    membership = membership_of(colleague)

    def promote(who):
        actions.change_member_role(Membership.objects.get(pk=membership.pk), "admin", actor=who)

    assert who_passes(people, promote) == {"admin", "colleague", "bureau and colleague"}


def test_page_changes_a_role():
    organization, admin, colleague = team()
    url = reverse("organization_member_role", args=[organization.pk, membership_of(colleague).pk])

    signed_in(admin).post(url, {"role": "owner"})
    assert membership_of(colleague).role == "staff"
    signed_in(admin).post(url, {"role": "admin"})
    assert membership_of(colleague).role == "admin"
    assert Event.objects.filter(verb="organization.member_role_changed").count() == 1


def test_everybody_may_leave_and_administrators_end_a_membership():
    organization, admin, colleague = team()
    people = {"admin": admin, "staff": colleague, **members(organization), **strangers()}
    membership = membership_of(colleague)

    def end(who):
        actions.end_membership(Membership.objects.get(pk=membership.pk), actor=who)

    assert who_passes(people, end) == {"admin", "staff", "colleague", "bureau and colleague"}


@pytest.mark.parametrize(
    "act", [actions.end_membership, lambda m, actor: actions.change_member_role(m, "staff", actor=actor)]
)
def test_last_administrator_stays(act):
    _organization, admin, colleague = team()

    with pytest.raises(Refused) as refusal:
        act(membership_of(admin), actor=admin)
    assert refusal.value.sentence == LAST

    actions.change_member_role(membership_of(colleague), "admin", actor=admin)
    act(membership_of(admin), actor=admin)
    assert Membership.objects.filter(user=admin, role="admin", ended_on=None).count() == 0


def test_role_ends_with_the_last_organization():
    _organization, admin, colleague = team()
    other = an_organization(member=a_user())
    add_member(other, colleague, role="staff")
    first, second = Membership.objects.filter(user=colleague)

    actions.end_membership(first, actor=admin)
    assert roles_of(colleague) == {Role.ORGANIZATION}
    actions.end_membership(second, actor=colleague)
    assert roles_of(colleague) == set()
    with pytest.raises(Refused, match="已经不在组织里了"):
        actions.end_membership(second, actor=colleague)


def test_who_left_may_come_back():
    organization, admin, colleague = team()
    actions.end_membership(membership_of(colleague), actor=admin)

    actions.add_member(organization, colleague, actor=admin)

    assert Membership.objects.filter(user=colleague, ended_on=None).count() == 1
    assert roles_of(colleague) == {Role.ORGANIZATION}


def test_leaving_by_the_page_leads_to_ones_own_desk():
    organization, _admin, colleague = team()
    url = reverse("organization_member_end", args=[organization.pk, membership_of(colleague).pk])

    assert signed_in(colleague).post(url).url == "/desk/"
    assert signed_in(colleague).get(page_of(organization)).status_code == 403


def test_page_is_the_members_own():
    organization, _admin, colleague = team()
    stranger = an_organization(member=a_user()).memberships.get().user

    assert signed_in(colleague).get(page_of(organization)).context["why_not"] == "由组织的负责人办理。"
    assert signed_in(stranger).get(page_of(organization)).status_code == 404


def test_membership_of_another_organization_is_not_reached():
    _organization, admin, _colleague = team()
    other, _admin, colleague = team()
    own = Membership.objects.get(user=admin).organization

    url = reverse("organization_member_end", args=[own.pk, membership_of(colleague).pk])

    assert signed_in(admin).post(url).status_code == 404
    assert refuse_adding(other, admin) == "由组织的负责人办理。"


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_for_any_number(django_assert_num_queries, number):
    organization, admin, _colleague = team()
    for _ in range(number):
        add_member(organization, a_user())
    visitor = signed_in(admin)

    with django_assert_num_queries(8):
        visitor.get(page_of(organization))
