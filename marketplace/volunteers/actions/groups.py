"""Groups: made by a leader, confirmed by the host organization, joined by those who say yes themselves."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.actions import grant_role
from marketplace.accounts.enums import Role
from marketplace.accounts.queries import user_by_login
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.organizations.rules import is_member
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import refuse_if

from .. import rules
from ..models import GroupMember, Volunteer, VolunteerGroup

GROUPS_PAGE = "/desk/group/"


@transaction.atomic
def create_group(*, actor: Any, leader: Volunteer, **fields: Any) -> VolunteerGroup:
    """A team, its leader the first member. It waits for a word of its host organization, unless the maker is of it."""
    now = timezone.now()
    confirmed_at = now if is_member(actor, fields["host_organization"]) else None
    group = VolunteerGroup.objects.create(leader=leader, confirmed_at=confirmed_at, **fields)
    GroupMember.objects.create(group=group, volunteer=leader, agreed_at=now)
    grant_role(leader.user, Role.GROUP_LEADER, actor=None)
    record("group.created", group, actor=actor)
    if confirmed_at is None:
        _ask_host(group)
    return group


def _ask_host(group: VolunteerGroup) -> None:
    for membership in group.host_organization.memberships.filter(ended_on=None).select_related("user"):
        tell(
            membership.user,
            lambda: _("请确认志愿团队：%(name)s") % {"name": group},
            body=lambda: _("这个团队说它依托你们的组织。确认以后，负责人才能邀请成员。"),
            link=GROUPS_PAGE,
        )


@transaction.atomic
def confirm_group(group: VolunteerGroup, *, actor: Any) -> VolunteerGroup:
    """Somebody of the host organization says that the team is theirs."""
    fresh = lock(group)
    refuse_if(rules.refuse_group_confirmation(fresh, actor))
    fresh.confirmed_at = fresh.confirmed_at or timezone.now()
    fresh.save(update_fields=["confirmed_at"])
    record("group.confirmed", fresh, actor=actor)
    tell(fresh.leader.user, lambda: _("团队已确认：%(name)s") % {"name": fresh}, link=GROUPS_PAGE)
    return fresh


@transaction.atomic
def invite_to_group(group: VolunteerGroup, *, actor: Any, contact: str) -> None:
    """By phone number or e-mail. Nothing tells whether an account was found, whose it is, or that they are in already."""
    lock(group)
    refuse_if(rules.refuse_invitation(group, actor))
    user = user_by_login(contact)
    volunteer = Volunteer.objects.filter(user=user).first() if user else None
    if volunteer:
        add_group_member(group, volunteer, actor=actor)


@transaction.atomic
def add_group_member(group: VolunteerGroup, volunteer: Volunteer, *, actor: Any) -> GroupMember:
    """Invited: they count as a member when they say yes."""
    refuse_if(rules.refuse_invitation(group, actor))
    member, created = GroupMember.objects.get_or_create(group=group, volunteer=volunteer)
    if created:
        record("group.member_added", group, actor=actor, volunteer=volunteer.pk)
        tell(volunteer.user, lambda: _("邀请您加入团队：%(name)s") % {"name": group}, link=GROUPS_PAGE)
    return member


@transaction.atomic
def join_group(member: GroupMember, *, actor: Any) -> GroupMember:
    """The invited person says yes."""
    fresh = lock(member)
    refuse_if(rules.refuse_own_profile(fresh.volunteer, actor))
    refuse_if(rules.refuse_overfull(fresh.group))
    fresh.agreed_at = fresh.agreed_at or timezone.now()
    fresh.save(update_fields=["agreed_at"])
    record("group.member_joined", fresh.group, actor=actor, volunteer=fresh.volunteer_id)
    return fresh


@transaction.atomic
def leave_group(member: GroupMember, *, actor: Any) -> None:
    """The person declines or leaves, or the leader takes them out."""
    fresh = lock(member)
    refuse_if(rules.refuse_leaving(fresh, actor))
    record("group.member_left", fresh.group, actor=actor, volunteer=fresh.volunteer_id)
    fresh.delete()
