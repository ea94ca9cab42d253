"""Reads for the pages of organizations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.enums import Role
from marketplace.history.models import Event
from marketplace.workflow.queries import last_remark, story

from .enums import OrganizationStatus
from .models import Membership, Organization, OrganizationQuerySet

STORY = {
    "organization.created": _("登记"),
    "organization.changed": _("修改资料"),
    "organization.submitted": _("提交核验"),
    "organization.returned": _("退回补正"),
    "organization.verified": _("核验通过"),
    "organization.suspended": _("暂停"),
    "organization.restored": _("恢复"),
}


def organizations_worked_on_by(user: Any) -> QuerySet[Organization]:
    """One's own, and for county and bureau those of their area; a stranger's public page is not among them."""
    return Organization.objects.worked_on_by(user).select_related("area__parent", "verified_by")


def public_organizations() -> QuerySet[Organization]:
    """Those whose registration was checked, ready for a page."""
    return Organization.objects.active().select_related("area__parent").prefetch_related("categories")


def organization_story(organization: Organization) -> list[dict[str, Any]]:
    """What happened to the organization, newest first, for the timeline."""
    return story(organization, STORY)


def why_returned(organization: Organization) -> str:
    """The words with which it came back, while it has not been handed in again."""
    return last_remark(organization) if organization.status == OrganizationStatus.RETURNED else ""


def verifying_office(organization: Organization) -> str:
    """Which office checked the registration: the bureau, or the county where it is registered."""
    event = Event.objects.about(organization).filter(verb="organization.verified").last()
    if event and event.actor_role == Role.BUREAU:
        return settings.BUREAU_NAME
    return gettext("%(area)s民政部门") % {"area": organization.area}


def organizations_of(user: Any) -> OrganizationQuerySet:
    """The organizations this person works in."""
    return Organization.objects.of_member(user).select_related("area")


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Who works there now."""
    return organization.memberships.filter(ended_on=None).select_related("user")


def waiting_for_verification(user: Any) -> QuerySet[Organization]:
    """The queue of this person's area, oldest first."""
    return (
        Organization.objects.worked_on_by(user)
        .filter(status=OrganizationStatus.SUBMITTED)
        .select_related("area")
        .order_by("created_at")
    )
