"""Who may do what with a program, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.organizations.models import Organization
from marketplace.organizations.rules import is_member, refuse_to_act
from marketplace.privacy.public_text import refuse_public_text
from marketplace.shifts.models import Shift
from marketplace.sites.rules import speaks_for
from marketplace.workflow.refusals import refuse_silence

from .enums import ProgramStatus
from .models import Program

APPROVERS = (Role.COUNTY, Role.BUREAU)
RECEIVING_ROLES = (Role.ORGANIZATION, Role.SITE_KEEPER, Role.VILLAGE, Role.TOWNSHIP)
EDITABLE = (ProgramStatus.DRAFT, ProgramStatus.RETURNED)
PUBLIC_TEXTS = ("title", "summary", "risk_disclosure")


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
    if not program.summary.strip():
        return _("还差一项：做什么、怎么做。")
    if not program.risk_disclosure.strip():
        return _("还差一项：风险提示（志愿服务条例第十二条）。")
    if not _has_shifts_ahead(program, now):
        return _("还差一项：至少一个以后的场次，可以自己安排，也可以回应一个需求。")
    return None


def _has_shifts_ahead(program: Program, now: datetime) -> bool:
    own = program.shifts.open().future(now)
    return own.exists() or program.wanted_shifts.findable(now).filter(program=None).exists()


def refuse_decision(program: Program, actor: Any) -> str | None:
    """County or bureau of the organization's area, never a member of it, never the drafter."""
    if not actor.reaches(program.area_code, *APPROVERS):
        return _("由组织登记地的县级或市级民政部门审核。")
    if program.drafted_by_id == actor.pk or is_member(actor, program.organization):
        return _("您与这个组织有关，应当回避，请同事审核。")
    return None


def refuse_approval(program: Program, actor: Any, now: datetime) -> str | None:
    if sentence := refuse_decision(program, actor) or refuse_to_act(program.organization):
        return sentence
    if not _has_shifts_ahead(program, now):
        return _("这个项目已经没有以后的场次，请退回，由组织方重新安排时间。")
    return None


def refuse_stopping(program: Program, actor: Any, remark: str) -> str | None:
    """Those who signed up are owed a reason; before approval nobody is."""
    if sentence := refuse_running(program, actor):
        return sentence
    return refuse_silence(remark) if program.status == ProgramStatus.APPROVED else None


def refuse_ending(_program: Program, actor: Any) -> str | None:
    """The clock alone ends a program."""
    return _("到期由系统自动办理；不再举行时请取消项目。") if actor is not None else None


def refuse_public_texts(fields: dict[str, Any], own_shifts: Iterable[Any]) -> str | None:
    """Everybody reads these."""
    texts = [fields.get(name, "") for name in PUBLIC_TEXTS] + [own.task for own in own_shifts]
    return next(filter(None, map(refuse_public_text, texts)), None)


def runs_shift(user: Any, shift: Shift) -> bool:
    """Those who receive the people: who speaks for the site, and the program's organization."""
    if not user.has_role(*RECEIVING_ROLES):
        return False
    return speaks_for(user, shift.site) or (shift.program is not None and is_member(user, shift.program.organization))


def refuse_cancellation(shift: Shift, actor: Any, now: datetime) -> str | None:
    """Those who receive the people may call a shift off, until it begins."""
    if not runs_shift(actor, shift):
        return _("由活动的组织方或活动地点的负责人取消。")
    if shift.published_at is None:
        return _("这个场次还没有发布，在项目里修改就可以。")
    if shift.starts_at <= now:
        return _("活动已经开始，不能取消；没有举行的话，请登记到场情况。")
    return None
