"""Registering, verifying and suspending organizations; their members."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.actions import grant_role
from marketplace.accounts.enums import Role
from marketplace.history.actions import record
from marketplace.workflow.actions import take_step
from marketplace.workflow.refusals import refuse_if

from . import rules
from .enums import MemberRole
from .models import Membership, Organization


@transaction.atomic
def create_organization(*, actor: Any, categories: list[Any] | None = None, **fields: Any) -> Organization:
    """A draft; the person who registers it becomes its first administrator."""
    organization = Organization.objects.create(**fields)
    organization.categories.set(categories or [])
    record("organization.created", organization, actor=actor)
    _join(organization, actor, MemberRole.ADMIN, actor=actor)
    return organization


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


def return_organization(organization: Organization, *, actor: Any, remark: str) -> Organization:
    return take_step(organization, "returned", actor=actor, refuse=rules.refuse_decision, remark=remark)


@transaction.atomic
def verify_organization(organization: Organization, *, actor: Any, remark: str = "") -> Organization:
    """The registration holds (志愿服务条例 §8, 慈善法 §10); who checked and when is shown on its page."""
    take_step(organization, "verified", actor=actor, refuse=rules.refuse_decision, remark=remark)
    organization.verified_on = timezone.localdate()
    organization.verified_by = actor
    organization.save(update_fields=["verified_on", "verified_by"])
    return organization


def suspend_organization(organization: Organization, *, actor: Any, remark: str) -> Organization:
    return take_step(organization, "suspended", actor=actor, refuse=rules.refuse_decision, remark=remark)


def restore_organization(organization: Organization, *, actor: Any, remark: str = "") -> Organization:
    return take_step(organization, "restored", actor=actor, refuse=rules.refuse_decision, remark=remark)
