"""Registering, verifying and suspending organizations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.privacy.public_text import refuse_public_text
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.calendar import due_after
from marketplace.workflow.refusals import refuse_if, refuse_silence

from .. import rules
from ..enums import MemberRole, PaperKind
from ..models import Organization
from .members import join, tell_members
from .papers import add_paper


@transaction.atomic
def create_organization(
    *, actor: Any, categories: Iterable[Any] = (), service_areas: Iterable[Any] = (), **fields: Any
) -> Organization:
    """A draft; the person who registers it becomes its first administrator."""
    refuse_if(refuse_public_text(fields.get("about", "")))
    organization = Organization.objects.create(**fields)
    organization.categories.set(categories)
    organization.service_areas.set(service_areas)
    record("organization.created", organization, actor=actor)
    join(organization, actor, MemberRole.ADMIN, actor=actor)
    return organization


@transaction.atomic
def change_organization(
    organization: Organization,
    *,
    actor: Any,
    categories: Iterable[Any],
    service_areas: Iterable[Any] = (),
    **fields: Any,
) -> Organization:
    """Changes while it is a draft or was returned."""
    fresh = lock(organization)
    refuse_if(rules.refuse_change(fresh, actor) or refuse_public_text(fields.get("about", "")))
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(fields))
    fresh.categories.set(categories)
    fresh.service_areas.set(service_areas)
    record("organization.changed", fresh, actor=actor)
    return fresh


@transaction.atomic
def save_organization(
    organization: Organization | None, *, actor: Any, is_final: bool, certificate: Any = None, **values: Any
) -> Organization:
    """What the form does: write a new one or change the given one, keep the certificate that came along, and hand it in
    where its author is done."""
    if organization:
        saved = change_organization(organization, actor=actor, **values)
    else:
        saved = create_organization(actor=actor, **values)
    if certificate:
        add_paper(saved, certificate, kind=PaperKind.CERTIFICATE, actor=actor)
    return submit_organization(saved, actor=actor) if is_final else saved


@transaction.atomic
def submit_organization(organization: Organization, *, actor: Any) -> Organization:
    """Hand in; the clock of the answer starts."""
    take_step(organization, "submitted", actor=actor, refuse=rules.refuse_submission)
    organization.submitted_at = timezone.now()
    organization.verify_due_at = due_after(organization.submitted_at, settings.ORGANIZATION_VERIFY_WORKDAYS)
    organization.save(update_fields=["submitted_at", "verify_due_at"])
    return organization


@transaction.atomic
def return_organization(organization: Organization, *, actor: Any, remark: str) -> Organization:
    """Back for correction, everything kept, with the reason in words."""
    refuse_if(refuse_silence(remark))
    take_step(organization, "returned", actor=actor, refuse=rules.refuse_decision, remark=remark)
    tell_members(organization, lambda: _("「%(name)s」的登记资料需要补正"), body=remark)
    return organization


@transaction.atomic
def verify_organization(organization: Organization, *, actor: Any, remark: str = "") -> Organization:
    """The registration holds (志愿服务条例 §8, 慈善法 §10); who checked and when is shown on its page."""
    take_step(organization, "verified", actor=actor, refuse=rules.refuse_approval, remark=remark)
    organization.verified_on = timezone.localdate()
    organization.verified_by = actor
    organization.save(update_fields=["verified_on", "verified_by"])
    tell_members(organization, lambda: _("「%(name)s」通过核验，可以发布项目了"), body=remark)
    return organization


@transaction.atomic
def suspend_organization(organization: Organization, *, actor: Any, remark: str) -> Organization:
    """It may not act; what that means for its programs is for later packages to see to."""
    refuse_if(refuse_silence(remark))
    take_step(organization, "suspended", actor=actor, refuse=rules.refuse_decision, remark=remark)
    tell_members(organization, lambda: _("「%(name)s」已被暂停"), body=remark)
    return organization


@transaction.atomic
def restore_organization(organization: Organization, *, actor: Any, remark: str = "") -> Organization:
    """It may act again; never while it stands on the list of serious breaches."""
    take_step(organization, "restored", actor=actor, refuse=rules.refuse_approval, remark=remark)
    tell_members(organization, lambda: _("「%(name)s」已恢复"), body=remark)
    return organization
