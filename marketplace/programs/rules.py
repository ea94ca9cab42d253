"""Who may do what with a program, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.organizations.models import Organization
from marketplace.organizations.rules import is_member, refuse_to_act

from .enums import ProgramStatus
from .models import Program

APPROVERS = (Role.COUNTY, Role.BUREAU)
EDITABLE = (ProgramStatus.DRAFT, ProgramStatus.RETURNED)


def refuse_creation(organization: Organization, actor: Any) -> str | None:
    if not is_member(actor, organization):
        return _("只能为自己所在的组织发布项目。")
    return refuse_to_act(organization)


def refuse_running(program: Program, actor: Any) -> str | None:
    """Members of the organization act for its programs."""
    if not is_member(actor, program.organization):
        return _("只有这个组织的工作人员可以办理。")
    return None


def refuse_edit(program: Program, actor: Any) -> str | None:
    if program.status not in EDITABLE:
        return _("提交后不能修改；需要改动时请联系审核人员退回。")
    return refuse_running(program, actor)


def refuse_submission(program: Program, actor: Any, now: datetime) -> str | None:
    if sentence := refuse_creation(program.organization, actor):
        return sentence
    if not program.risk_disclosure.strip():
        return _("还差一项：风险提示（志愿服务条例第十二条）。")
    own = program.shifts.open().future(now).exists()
    if not own and not program.wanted_shifts.findable(now).filter(program=None).exists():
        return _("还差一项：至少一个以后的场次，可以自己安排，也可以回应一个需求。")
    return None


def refuse_decision(program: Program, actor: Any) -> str | None:
    """County or bureau of the organization's area, never a member of it, never the drafter."""
    if not actor.reaches(program.area_code, *APPROVERS):
        return _("由组织登记地的县级或市级民政部门审核。")
    if program.drafted_by_id == actor.pk or is_member(actor, program.organization):
        return _("您与这个组织有关，应当回避，请同事审核。")
    return None


def refuse_approval(program: Program, actor: Any) -> str | None:
    return refuse_decision(program, actor) or refuse_to_act(program.organization)
