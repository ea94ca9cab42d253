"""Who works in an organization, and in which role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.actions import end_role, grant_role
from marketplace.accounts.enums import Role
from marketplace.accounts.models import RoleAssignment
from marketplace.accounts.queries import user_by_email, user_by_phone
from marketplace.history.actions import record
from marketplace.messaging.actions import Words, tell
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import refuse_if

from .. import rules
from ..enums import MemberRole
from ..models import Membership, Organization
from ..queries import members_of


@transaction.atomic
def add_member(organization: Organization, user: Any, *, actor: Any, role: str = MemberRole.STAFF) -> Membership:
    """A colleague who may act for the organization, and is told so."""
    refuse_if(rules.refuse_adding(organization, actor))
    return join(organization, user, role, actor=actor)


@transaction.atomic
def add_colleague(organization: Organization, login: str, *, actor: Any, role: str = MemberRole.STAFF) -> None:
    """By phone number or e-mail address. Nothing is said about a login nobody has: who is known here is nobody's business.

    Whoever decides about organizations is not added: they would have to stand back from this one without being asked.
    """
    refuse_if(rules.refuse_adding(organization, actor))
    user = user_by_phone(login) or user_by_email(login)
    if user and not user.has_role(*rules.VERIFIERS):
        join(organization, user, role, actor=actor)


def join(organization: Organization, user: Any, role: str, *, actor: Any) -> Membership:
    """The membership, made where there is none; the rules were asked before."""
    membership, created = Membership.objects.get_or_create(
        organization=organization, user=user, ended_on=None, defaults={"role": role}
    )
    if created:
        grant_role(user, Role.ORGANIZATION, actor=None)
        record("organization.member_added", organization, actor=actor, user=user.pk, role=str(role))
        if user != actor:
            tell(user, lambda: _("您已加入「%(name)s」") % {"name": organization}, link=_desk_of(organization))
    return membership


@transaction.atomic
def change_member_role(membership: Membership, role: str, *, actor: Any) -> Membership:
    """Administrator or staff; one administrator always stays."""
    fresh = _locked(membership)
    refuse_if(rules.refuse_managing(fresh.organization, actor))
    if role != MemberRole.ADMIN:
        refuse_if(rules.refuse_loss_of_admin(fresh))
    fresh.role = role
    fresh.save(update_fields=["role"])
    record("organization.member_role_changed", fresh.organization, actor=actor, user=fresh.user_id, role=str(role))
    return fresh


@transaction.atomic
def end_membership(membership: Membership, *, actor: Any) -> Membership:
    """The person leaves, or is asked to; with the last organization the role ends too."""
    fresh = _locked(membership)
    refuse_if(rules.refuse_end_of_membership(fresh, actor))
    fresh.ended_on = timezone.localdate()
    fresh.save(update_fields=["ended_on"])
    record("organization.member_left", fresh.organization, actor=actor, user=fresh.user_id)
    if not Membership.objects.filter(user=fresh.user_id, ended_on=None).exists():
        held = RoleAssignment.objects.in_force(timezone.localdate())
        for assignment in held.filter(user=fresh.user_id, role=Role.ORGANIZATION):
            end_role(assignment, actor=actor)
    if fresh.user != actor:
        tell(fresh.user, lambda: _("您已不在「%(name)s」里") % {"name": fresh.organization})
    return fresh


def _locked(membership: Membership) -> Membership:
    """Read afresh, its organization locked: two administrators can't leave at the same moment."""
    lock(membership.organization)
    return lock(membership)


def tell_members(organization: Organization, subject: Callable[[], str], *, body: Words = "") -> None:
    """The same words to everybody who works there, to each in their language; `subject` takes the name."""
    for membership in members_of(organization):
        tell(membership.user, lambda: subject() % {"name": organization}, body=body, link=_desk_of(organization))


def _desk_of(organization: Organization) -> str:
    return f"/desk/organizations/{organization.pk}/"
