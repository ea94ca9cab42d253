"""Who may do what with an organization."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role

from .enums import CreditList, MemberRole, OrganizationStatus, PaperKind
from .models import Membership, Organization

VERIFIERS = (Role.COUNTY, Role.BUREAU)
EDITABLE = (OrganizationStatus.DRAFT, OrganizationStatus.RETURNED)


def is_member(user: Any, organization: Organization) -> bool:
    """Whether the person works in this organization today."""
    return organization.memberships.filter(user=user, ended_on=None).exists()


def refuse_edit(organization: Organization, actor: Any) -> str | None:
    if not is_member(actor, organization):
        return _("只有这个组织的工作人员可以办理。")
    return None


def administers(user: Any, organization: Organization) -> bool:
    """Whether the person decides who else works there."""
    return organization.memberships.filter(user=user, role=MemberRole.ADMIN, ended_on=None).exists()


def refuse_change(organization: Organization, actor: Any) -> str | None:
    """What was verified stays as it was verified."""
    if organization.status not in EDITABLE:
        return _("提交后不能修改；需要改动时请联系登记地区的民政部门退回。")
    return refuse_edit(organization, actor)


def refuse_submission(organization: Organization, actor: Any) -> str | None:
    """The certificate of registration is what verification rests on."""
    if sentence := refuse_edit(organization, actor):
        return sentence
    holds = Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())
    if not organization.papers.filter(holds, kind=PaperKind.CERTIFICATE).exists():
        return _("还差登记证书：请上传以后再提交，民政部门核验时要看。")
    return None


def refuse_paper(organization: Organization, actor: Any) -> str | None:
    """New papers at any time, except while the ones handed in are being looked at."""
    if organization.status == OrganizationStatus.SUBMITTED:
        return _("正在核验，材料先不能改；需要补充时请联系登记地区的民政部门退回。")
    return refuse_edit(organization, actor)


def refuse_managing(organization: Organization, actor: Any) -> str | None:
    """Who works in an organization is decided by its administrators."""
    return None if administers(actor, organization) else _("由组织的负责人办理。")


def refuse_adding(organization: Organization, actor: Any) -> str | None:
    """A registration nobody has checked yet reaches no other account."""
    if organization.status != OrganizationStatus.ACTIVE:
        return _("组织通过核验后才能添加同事。")
    return refuse_managing(organization, actor)


def refuse_loss_of_admin(membership: Membership) -> str | None:
    """An organization always has somebody who decides."""
    others = membership.organization.memberships.filter(role=MemberRole.ADMIN, ended_on=None).exclude(pk=membership.pk)
    if membership.role == MemberRole.ADMIN and not others.exists():
        return _("组织要有一位负责人。请先让另一位同事做负责人。")
    return None


def refuse_end_of_membership(membership: Membership, actor: Any) -> str | None:
    """Everybody may leave; only administrators end another's membership."""
    if membership.ended_on:
        return _("这位同事已经不在组织里了。")
    if membership.user_id != actor.pk and (sentence := refuse_managing(membership.organization, actor)):
        return sentence
    return refuse_loss_of_admin(membership)


def refuse_decision(organization: Organization, actor: Any) -> str | None:
    """County or bureau of the area decides, never a member of the organization."""
    if not actor.reaches(organization.area_code, *VERIFIERS):
        return _("由登记地区的县级或市级民政部门办理。")
    if is_member(actor, organization):
        return _("您是这个组织的成员，应当回避，请同事办理。")
    return None


def refuse_serious_breach(organization: Organization) -> str | None:
    """Who stands on the list of serious breaches gets no work (民政部令第60号)."""
    today = timezone.localdate()
    if organization.credit_flags.in_force(today).filter(list=CreditList.SERIOUS).exists():
        return _("这个组织在严重违法失信名单上，移出以后才能办理。")
    return None


def refuse_approval(organization: Organization, actor: Any) -> str | None:
    """Verifying and restoring."""
    return refuse_decision(organization, actor) or refuse_serious_breach(organization)


def refuse_to_act(organization: Organization) -> str | None:
    """Whether the organization may offer programs at all."""
    if organization.status != OrganizationStatus.ACTIVE:
        return _("组织通过核验后才能办理，现在是「%(status)s」。") % {"status": organization.get_status_display()}
    return None
