"""Reads for the pages of organizations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.enums import Role
from marketplace.history.models import Event
from marketplace.workflow.queries import last_remark, story

from .enums import OrganizationStatus
from .models import CreditFlag, Membership, Organization, OrganizationPaper, OrganizationQuerySet, Rating

STORY = {
    "organization.created": _("登记"),
    "organization.changed": _("修改资料"),
    "organization.submitted": _("提交核验"),
    "organization.returned": _("退回补正"),
    "organization.verified": _("核验通过"),
    "organization.suspended": _("暂停"),
    "organization.restored": _("恢复"),
    "organization.paper_added": _("上传材料"),
    "organization.paper_removed": _("删除材料"),
    "organization.member_added": _("添加工作人员"),
    "organization.member_role_changed": _("调整工作人员的角色"),
    "organization.member_left": _("工作人员离开"),
    "organization.rated": _("登记评估等级"),
    "organization.flagged": _("登记信用名单"),
    "organization.flag_lifted": _("移出信用名单"),
}
VERIFIED = (OrganizationStatus.ACTIVE, OrganizationStatus.SUSPENDED)


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
        .order_by("verify_due_at", "id")
    )


def papers_of(organization: Organization) -> QuerySet[OrganizationPaper]:
    """What it handed in, by kind, the newest of each first."""
    return organization.papers.select_related("document")


def papers_read_by(user: Any) -> QuerySet[OrganizationPaper]:
    """Papers of the organizations this person works in or verifies."""
    readable = Organization.objects.worked_on_by(user).values("pk")
    return OrganizationPaper.objects.filter(organization__in=readable).select_related("document", "organization__area")


def rating_of(organization: Organization, day: date) -> Rating | None:
    """The grade that holds on this day."""
    return organization.ratings.in_force(day).first()


def flags_of(organization: Organization, day: date) -> QuerySet[CreditFlag]:
    """The lists it stands on, on this day."""
    return organization.credit_flags.in_force(day)


def papers_running_out(today: date) -> QuerySet[OrganizationPaper]:
    """Papers of verified organizations that end soon (`last_on`), were not replaced, and nobody was told of."""
    lasts = Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until"))
    newer = OrganizationPaper.objects.filter(lasts, organization=OuterRef("organization"), kind=OuterRef("kind"))
    papers = OrganizationPaper.objects.annotate(last_on=F("valid_until"))
    return _untold(papers, today).filter(~Exists(newer))


def ratings_running_out(today: date) -> QuerySet[Rating]:
    """Grades of verified organizations that end soon (`last_on`), without a successor, and nobody was told of."""
    lasts = Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on"))
    newer = Rating.objects.filter(lasts, organization=OuterRef("organization"))
    return _untold(Rating.objects.annotate(last_on=F("ends_on")), today).filter(~Exists(newer))


def _untold(records: QuerySet[Any], today: date) -> QuerySet[Any]:
    told = Event.objects.filter(verb=f"{records.model._meta.model_name}.expiry_told").values("subject_id")
    soon = (today, today + timedelta(days=settings.EXPIRY_NOTICE_DAYS))
    ending = records.filter(last_on__range=soon, organization__status__in=VERIFIED).exclude(pk__in=told)
    return ending.select_related("organization__area").order_by("last_on", "id")
