"""Registering, verifying and suspending organizations; their members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.actions import grant_role
from marketplace.accounts.enums import Role
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.refusals import refuse_if, refuse_silence

from . import rules
from .enums import MemberRole
from .models import Membership, Organization
from .queries import members_of


@transaction.atomic
def create_organization(*, actor: Any, categories: Iterable[Any] = (), **fields: Any) -> Organization:
    """A draft; the person who registers it becomes its first administrator."""
    organization = Organization.objects.create(**fields)
    organization.categories.set(categories)
    record("organization.created", organization, actor=actor)
    _join(organization, actor, MemberRole.ADMIN, actor=actor)
    return organization


@transaction.atomic
def change_organization(
    organization: Organization, *, actor: Any, categories: Iterable[Any], **fields: Any
) -> Organization:
    """Changes while it is a draft or was returned."""
    fresh = lock(organization)
    refuse_if(rules.refuse_change(fresh, actor))
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(fields))
    fresh.categories.set(categories)
    record("organization.changed", fresh, actor=actor)
    return fresh


@transaction.atomic
def save_organization(organization: Organization | None, *, actor: Any, is_final: bool, **values: Any) -> Organization:
    """What the form does: write a new one or change the given one, and hand it in where its author is done."""
    if organization:
        saved = change_organization(organization, actor=actor, **values)
    else:
        saved = create_organization(actor=actor, **values)
    return submit_organization(saved, actor=actor) if is_final else saved


@transaction.atomic
def add_member(organization: Organization, user: Any, *, actor: Any, role: str = MemberRole.STAFF) -> Membership:
    """A colleague who may act for the organization."""
    refuse_if(rules.refuse_edit(organization, actor))
    return _join(organization, user, role, actor=actor)


def _join(organization: Organization, user: Any, role: str, *, actor: Any) -> Membership:
    membership, created = Membership.objects.get_or_create(
        organization=organization, user=user, ended_on=None, defaults={"role": role}
    )
    if created:
        grant_role(user, Role.ORGANIZATION, actor=None)
        record("organization.member_added", organization, actor=actor, user=user.pk)
    return membership


def submit_organization(organization: Organization, *, actor: Any) -> Organization:
    return take_step(organization, "submitted", actor=actor, refuse=rules.refuse_edit)


@transaction.atomic
def return_organization(organization: Organization, *, actor: Any, remark: str) -> Organization:
    """Back for correction, everything kept, with the reason in words."""
    refuse_if(refuse_silence(remark))
    take_step(organization, "returned", actor=actor, refuse=rules.refuse_decision, remark=remark)
    _tell_members(organization, _("「%(name)s」的登记资料需要补正"), body=remark)
    return organization


@transaction.atomic
def verify_organization(organization: Organization, *, actor: Any, remark: str = "") -> Organization:
    """The registration holds (志愿服务条例 §8, 慈善法 §10); who checked and when is shown on its page."""
    take_step(organization, "verified", actor=actor, refuse=rules.refuse_decision, remark=remark)
    organization.verified_on = timezone.localdate()
    organization.verified_by = actor
    organization.save(update_fields=["verified_on", "verified_by"])
    _tell_members(organization, _("「%(name)s」通过核验，可以发布项目了"), body=remark)
    return organization


@transaction.atomic
def suspend_organization(organization: Organization, *, actor: Any, remark: str) -> Organization:
    """It may not act; what that means for its programs is for later packages to see to."""
    refuse_if(refuse_silence(remark))
    take_step(organization, "suspended", actor=actor, refuse=rules.refuse_decision, remark=remark)
    _tell_members(organization, _("「%(name)s」已被暂停"), body=remark)
    return organization


@transaction.atomic
def restore_organization(organization: Organization, *, actor: Any, remark: str = "") -> Organization:
    take_step(organization, "restored", actor=actor, refuse=rules.refuse_decision, remark=remark)
    _tell_members(organization, _("「%(name)s」已恢复"), body=remark)
    return organization


def _tell_members(organization: Organization, subject: str, *, body: str) -> None:
    link = f"/desk/organizations/{organization.pk}/"
    for membership in members_of(organization):
        tell(membership.user, subject % {"name": organization}, body=body, link=link)
