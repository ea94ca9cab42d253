"""Who may do what with an organization."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role

from .enums import OrganizationStatus
from .models import Organization

VERIFIERS = (Role.COUNTY, Role.BUREAU)
EDITABLE = (OrganizationStatus.DRAFT, OrganizationStatus.RETURNED)


def is_member(user: Any, organization: Organization) -> bool:
    """Whether the person works in this organization today."""
    return organization.memberships.filter(user=user, ended_on=None).exists()


def refuse_edit(organization: Organization, actor: Any) -> str | None:
    if not is_member(actor, organization):
        return _("只有这个组织的工作人员可以办理。")
    return None


def refuse_change(organization: Organization, actor: Any) -> str | None:
    """What was verified stays as it was verified."""
    if organization.status not in EDITABLE:
        return _("提交后不能修改；需要改动时请联系登记地区的民政部门退回。")
    return refuse_edit(organization, actor)


def refuse_decision(organization: Organization, actor: Any) -> str | None:
    """County or bureau of the area decides, never a member of the organization."""
    if not actor.reaches(organization.area_code, *VERIFIERS):
        return _("由登记地区的县级或市级民政部门办理。")
    if is_member(actor, organization):
        return _("您是这个组织的成员，应当回避，请同事办理。")
    return None


def refuse_to_act(organization: Organization) -> str | None:
    """Whether the organization may offer programs at all."""
    if organization.status != OrganizationStatus.ACTIVE:
        return _("组织通过核验后才能办理，现在是「%(status)s」。") % {"status": organization.get_status_display()}
    return None
