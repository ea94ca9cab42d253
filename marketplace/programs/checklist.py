"""What to look at before a program is approved: what the house can tell by itself, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.needs.checklist import Check
from marketplace.organizations.rules import refuse_to_act
from marketplace.shifts.models import Shift
from marketplace.sites.enums import SiteKind
from marketplace.workflow.wording import say_day

from .models import Program
from .queries import rivals_of
from .rules import refuse_public_texts, refuse_uncovered

# Below this a text about risks rarely says anything, nor does one about the work.
SHORTEST_RISKS = 10
SHORTEST_SUMMARY = 20
# Titles of what is no service to anybody, or is written down after the day (rules of publishing of other platforms).
AFTERWARDS = ("补录", "补登", "补记")
NO_SERVICE = ("会议", "讲座", "聚餐", "团建", "排练", "值班", "年会", "促销", "推广")


def checks(program: Program, now: datetime) -> list[Check]:
    """All lines, in the order in which the form is read."""
    shifts = [*program.wanted_shifts.with_parents(), *program.shifts.with_parents()]
    return [
        _organization(program),
        _title(program),
        _summary(program),
        _public_texts(program),
        _risks(program),
        _insurance(program, shifts),
        _shifts_ahead(shifts, now),
        _clearance(shifts),
        _rivals(program),
    ]


def _organization(program: Program) -> Check:
    refusal, day = refuse_to_act(program.organization), program.organization.verified_on
    if refusal:
        return Check(_("组织现在不能办项目"), False, refusal)
    return Check(_("组织已经核验"), True, _("核验日期：%(day)s。") % {"day": say_day(day)} if day else "")


def _title(program: Program) -> Check:
    if found := [word for word in AFTERWARDS if word in program.title]:
        note = _("标题里有「%(word)s」。这里只招募以后的活动，已经办过的不能补发。")
        return Check(_("标题像是补录"), False, note % {"word": found[0]})
    if found := [word for word in NO_SERVICE if word in program.title]:
        note = _("标题里有「%(word)s」。开会、聚餐、团建、排练、商业推广不算志愿服务，请看看内容。")
        return Check(_("标题不像志愿服务"), False, note % {"word": found[0]})
    return Check(_("标题说的是志愿服务"), True)


def _summary(program: Program) -> Check:
    if len(program.summary.strip()) >= SHORTEST_SUMMARY:
        return Check(_("写了做什么、怎么做"), True)
    return Check(_("做什么、怎么做写得太短"), False, _("请看看有没有说清为谁服务、来的人做什么、谁带队。"))


def _insurance(program: Program, shifts: list[Shift]) -> Check:
    if not program.asks_for_insurance:
        return Check(_("风险一般，没有要求保险"), True, _("户外、乘车、上门、助浴、助医的，风险程度不应当是「一般」。"))
    refusal = refuse_uncovered(program, shifts)
    return Check(_("场次都在保险期内") if refusal is None else _("有场次没有保险"), refusal is None, refusal or "")


def _public_texts(program: Program) -> Check:
    texts = {"title": program.title, "summary": program.summary, "risk_disclosure": program.risk_disclosure}
    found = refuse_public_texts(texts, program.shifts.all())
    return Check(_("公开文字里没有手机号和身份证号"), found is None, found or _("姓名、学校班级、住址仍要您看一眼。"))


def _risks(program: Program) -> Check:
    if len(program.risk_disclosure.strip()) >= SHORTEST_RISKS:
        return Check(_("写了风险提示"), True, _("志愿服务条例第十二条。"))
    return Check(
        _("风险提示太短"), False, _("请看看有没有说清路况、天气和与人相处的注意事项（志愿服务条例第十二条）。")
    )


def _shifts_ahead(shifts: list[Shift], now: datetime) -> Check:
    ahead = [shift for shift in shifts if shift.starts_at > now]
    label = _("%(count)d 个场次在以后") % {"count": len(ahead)}
    if len(ahead) < len(shifts):
        return Check(label, False, _("有 %(past)d 个已经过去，通过后不会公开。") % {"past": len(shifts) - len(ahead)})
    return Check(label, bool(ahead), _("一共 %(places)d 个名额。") % {"places": sum(shift.places for shift in ahead)})


def _clearance(shifts: list[Shift]) -> Check:
    with_children = [shift for shift in shifts if shift.site.kind == SiteKind.CHILDRENS_HOME]
    if not with_children:
        return Check(_("没有在儿童之家的场次"), True)
    missing = [shift for shift in with_children if not shift.clearance_required]
    if missing:
        note = _("在儿童之家的场次有 %(count)d 个没有要求，请确认不会与孩子单独接触（未成年人保护法第六十二条）。")
        return Check(_("不是每场都要求审查"), False, note % {"count": len(missing)})
    return Check(_("在儿童之家的场次都要求审查"), True, _("未成年人保护法第六十二条。"))


def _rivals(program: Program) -> Check:
    rivals = list(rivals_of(program))
    if not rivals:
        return Check(_("想承接的场次没有别的项目在争"), True)
    names = "、".join(_("「%(title)s」") % {"title": rival.title} for rival in rivals)
    return Check(_("别的项目也想承接"), False, _("%(names)s也在等审核，谁先通过归谁。") % {"names": names})
