"""Who may do what with a program, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.organizations.models import Organization
from marketplace.organizations.rules import is_member, refuse_to_act
from marketplace.privacy.public_text import refuse_public_text
from marketplace.privacy.rules import refuse_known_names
from marketplace.shifts.models import Shift
from marketplace.sites.rules import speaks_for
from marketplace.workflow.refusals import refuse_silence
from marketplace.workflow.wording import say_day

from .enums import ProgramStatus
from .models import Program

APPROVERS = (Role.COUNTY, Role.BUREAU)
RECEIVING_ROLES = (Role.ORGANIZATION, Role.SITE_KEEPER, Role.VILLAGE, Role.TOWNSHIP)
MOST_SHIFTS = 100
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


def refuse_stale(program: Program, version: int | None) -> str | None:
    """What was written elsewhere since this person opened it would be lost without a word."""
    if version is None or version == program.version:
        return None
    return _("这个项目刚在别的窗口或由同事改过。您在这里写的都还在；确定要用这里的内容，请再存一次。")


def refuse_submission(program: Program, actor: Any, now: datetime) -> str | None:
    if sentence := refuse_creation(program.organization, actor):
        return sentence
    if not program.summary.strip():
        return _("还差一项：做什么、怎么做。")
    if not program.risk_disclosure.strip():
        return _("还差一项：风险提示（志愿服务条例第十二条）。")
    if not shifts_ahead(program, now):
        return _("还差一项：至少一个以后的场次，可以自己安排，也可以回应一个需求。")
    return refuse_uncovered(program, shifts_ahead(program, now))


def shifts_ahead(program: Program, now: datetime) -> list[Shift]:
    """Its own that are still to come, and the needs' shifts it could adopt."""
    return [*program.shifts.open().future(now), *program.wanted_shifts.findable(now).filter(program=None)]


def refuse_uncovered(program: Program, shifts: Iterable[Shift]) -> str | None:
    """From medium risk on, an insurance holds on each day of service (志愿服务条例 §17, 慈善法 §69)."""
    if not program.asks_for_insurance:
        return None
    periods = insured_periods(program)
    missing = [shift for shift in shifts if not is_covered(shift.starts_at, shift.ends_at, periods)]
    if not missing:
        return None
    return _(
        "还差一项：%(day)s的场次没有保险。有人身危险的活动要先为志愿者买保险，请登记保险（志愿服务条例第十七条）。"
    ) % {"day": say_day(min(shift.starts_at for shift in missing))}


def insured_periods(program: Program) -> list[tuple[date, date]]:
    """First and last day of each of its policies."""
    return list(program.insurances.values_list("starts_on", "ends_on"))


def is_covered(starts_at: datetime, ends_at: datetime, periods: Iterable[tuple[date, date]]) -> bool:
    """Whether one policy holds from the day of the start to the day of the end."""
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    return any(begin <= first and last <= end for begin, end in periods)


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
    ahead = shifts_ahead(program, now)
    if not ahead:
        return _("这个项目已经没有以后的场次，请退回，由组织方重新安排时间。")
    return refuse_uncovered(program, ahead)


def refuse_stopping(program: Program, actor: Any, remark: str) -> str | None:
    """Those who signed up are owed a reason; before approval nobody is."""
    if sentence := refuse_running(program, actor):
        return sentence
    return refuse_silence(remark) if program.status == ProgramStatus.APPROVED else None


def refuse_ending(_program: Program, actor: Any) -> str | None:
    """The clock alone ends a program."""
    return _("到期由系统自动办理；不再举行时请取消项目。") if actor is not None else None


def refuse_public_texts(fields: dict[str, Any], own_shifts: Iterable[Any], area_code: str = "") -> str | None:
    """Everybody reads these. With `area_code` no name that the private record of that area holds may stand in them."""
    texts = [fields.get(name, "") for name in PUBLIC_TEXTS] + [own.task for own in own_shifts]
    if sentence := next(filter(None, map(refuse_public_text, texts)), None):
        return sentence
    return refuse_known_names("\n".join(sorted(set(texts))), area_code) if area_code else None


def refuse_planning(program: Program, actor: Any) -> str | None:
    """Shifts may be added to what is being written and to what runs, by members of a body that may act."""
    if sentence := refuse_running(program, actor):
        return sentence
    if program.status not in (*EDITABLE, ProgramStatus.APPROVED):
        return _("现在的状态不能加场次；等审核答复以后再加。")
    return refuse_to_act(program.organization)


def refuse_more_shifts(program: Program, own_shifts: Sequence[Any], actor: Any) -> str | None:
    """A draft may grow everywhere, an approved program only where it already serves (the approval said where)."""
    if sentence := refuse_planning(program, actor) or refuse_public_texts({}, own_shifts, program.area_code):
        return sentence
    if not own_shifts:
        return _("还没有勾选日期，请在表里勾选要加的日子。")
    if program.shifts.open().count() + len(own_shifts) > MOST_SHIFTS:
        return _("一个项目最多自己安排 100 个场次，请分成几个项目。")
    return _refuse_twice(program, own_shifts) or _refuse_new_places(program, own_shifts)


def _refuse_twice(program: Program, own_shifts: Iterable[Any]) -> str | None:
    taken = set(program.shifts.open().values_list("site", "starts_at", "task"))
    for own in own_shifts:
        key = (own.site.pk, own.starts_at, own.task)
        if key in taken:
            return _("%(site)s在%(day)s这个时间已经有同样的一场，请去掉这个勾。") % {
                "site": own.site,
                "day": say_day(own.starts_at),
            }
        taken.add(key)
    return None


def _refuse_new_places(program: Program, own_shifts: Iterable[Any]) -> str | None:
    if program.status != ProgramStatus.APPROVED:
        return None
    known = list(program.shifts.exclude(published_at=None).values_list("site", "clearance_required"))
    sites = {site for site, _required in known}
    guarded = sites - {site for site, required in known if not required}
    for own in own_shifts:
        if own.site.pk not in sites:
            return _("通过审核的项目只能在已有的地点加场次；到%(site)s去，请另办一个项目。") % {"site": own.site}
        if own.site.pk in guarded and not own.clearance_required:
            return _("%(site)s的场次都要求审查，加的这一场也要勾选。") % {"site": own.site}
    return None


def refuse_new_risks(program: Program, text: str, actor: Any) -> str | None:
    """Words of an approved program that was already read; a draft is simply edited."""
    if sentence := refuse_running(program, actor):
        return sentence
    if program.status != ProgramStatus.APPROVED:
        return _("项目通过审核以后才用这一步；现在直接修改内容就可以。")
    if not text.strip():
        return _("请写风险提示；没有特别风险也请写明「无特别风险」和原因。")
    if text.strip() == program.risk_disclosure:
        return _("和原来写的一样，没有改动。")
    return refuse_public_texts({"risk_disclosure": text}, (), program.area_code)


def refuse_insuring(program: Program, actor: Any) -> str | None:
    if program.status in (ProgramStatus.ENDED, ProgramStatus.CANCELLED):
        return _("项目已经结束或取消，不用再登记保险。")
    return refuse_running(program, actor)


def runs_shift(user: Any, shift: Shift) -> bool:
    """Those who receive the people: who speaks for the site, and the program's organization."""
    if not user.has_role(*RECEIVING_ROLES):
        return False
    return speaks_for(user, shift.site) or (shift.program is not None and is_member(user, shift.program.organization))


def refuse_rescheduling(shift: Shift, starts_at: datetime, ends_at: datetime, site: Any, actor: Any) -> str | None:
    """Those who receive the people move a published shift, within the places and the insurance of its program."""
    if not runs_shift(actor, shift):
        return _("由活动的组织方或活动地点的负责人改时间。")
    if shift.published_at is None:
        return _("这个场次还没有发布，在项目里修改就可以。")
    program = shift.program
    if program is None:
        return None
    if site and not program.shifts.exclude(published_at=None).filter(site=site).exists():
        return _("通过审核的项目只能在已有的地点之间调整；到%(site)s去，请另办一个项目。") % {"site": site}
    if program.asks_for_insurance and not is_covered(starts_at, ends_at, insured_periods(program)):
        return _("%(day)s没有保险，请先登记保险再改到这一天（志愿服务条例第十七条）。") % {"day": say_day(starts_at)}
    return None


def refuse_cancellation(shift: Shift, actor: Any, now: datetime) -> str | None:
    """Those who receive the people may call a shift off, until it begins."""
    if not runs_shift(actor, shift):
        return _("由活动的组织方或活动地点的负责人取消。")
    if shift.published_at is None:
        return _("这个场次还没有发布，在项目里修改就可以。")
    if shift.starts_at <= now:
        return _("活动已经开始，不能取消；没有举行的话，请登记到场情况。")
    return None
