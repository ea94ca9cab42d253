"""What to look at before a need is verified: what the house can tell by itself, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import Audience
from .models import Need
from .rules import PUBLIC_TEXTS, refused_texts


@dataclass(frozen=True)
class Check:
    """One line: `is_fine` where nothing speaks against it, otherwise somebody should look."""

    label: str
    is_fine: bool
    note: str = ""


def checks(need: Need, now: datetime) -> list[Check]:
    """All lines, in the order in which the form is read."""
    if need.is_emergency:
        return [_emergency(), _public_text(need)]
    lines = [_public_text(need), _windows(need, now), _clearance(need), _risks(need), _place(need)]
    return [*_visit(need), *lines]


def _emergency() -> Check:
    return Check(_("危急：请现在打电话核实"), False, _("核实后转介给经办部门；不危急就退回，请对方改紧急程度。"))


def _public_text(need: Need) -> Check:
    fields = {name: getattr(need, name) for name in PUBLIC_TEXTS}
    found = next(iter(refused_texts(fields, need.area_code).values()), None)
    label = _("公开文字里没有号码、班级、门牌和登记过的姓名")
    return Check(label, found is None, found or _("还能不能认出是谁，仍要您看一眼。"))


def _visit(need: Need) -> list[Check]:
    if not need.is_home_visit:
        return []
    return [Check(_("要到家里去，只招年满 18 岁的人"), False, _("请与本人或家属核对，并确认有人同去。"))]


def _windows(need: Need, now: datetime) -> Check:
    windows = list(need.windows.all())
    ahead = [window for window in windows if window.starts_at > now]
    places = sum(window.places for window in ahead)
    label = ngettext("%(ahead)d 个时间段在以后", "%(ahead)d 个时间段在以后", len(ahead)) % {"ahead": len(ahead)}
    if len(ahead) < len(windows):
        return Check(label, False, _("有 %(past)d 个已经过去，发布时会跳过。") % {"past": len(windows) - len(ahead)})
    return Check(label, bool(ahead), _("一共需要 %(places)d 人次。") % {"places": places})


def _clearance(need: Need) -> Check:
    if need.audience != Audience.CHILDREN:
        return Check(_("不是儿童服务，不必审查"), True)
    if need.clearance_required:
        return Check(_("来的人要先通过审查"), True, _("涉及儿童，未成年人保护法第六十二条。"))
    return Check(_("没有要求审查"), False, _("涉及儿童。请确认志愿者不会与孩子单独接触，否则退回。"))


def _risks(need: Need) -> Check:
    if need.risk_disclosure:
        return Check(_("写了风险提示"), True)
    return Check(_("没有风险提示"), False, _("招募信息应当告知可能的风险（志愿服务条例第十二条）。"))


def _place(need: Need) -> Check:
    if need.site.has_point:
        return Check(_("地点有位置，能按距离找到"), True)
    return Check(_("地点的位置待核实"), False, _("地图上不显示，只能按地区和文字找到。"))
