"""Who may do what with a need, when, and what may not stand in its public text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.privacy.public_text import refuse_public_text
from marketplace.privacy.rules import refuse_known_names
from marketplace.shifts.rows import LONGEST_SERIES
from marketplace.shifts.rules import refuse_times
from marketplace.sites.enums import SiteStatus
from marketplace.sites.models import ServiceSite
from marketplace.sites.rules import keeps, speaks_for
from marketplace.workflow.refusals import refuse_silence

from .enums import PUBLIC_POINTS, Audience, Channel, NeedStatus
from .models import Need, NeedPrivate
from .series import dates_of

VERIFIERS = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)
MOST_WINDOWS = 60
EDITABLE = (NeedStatus.DRAFT, NeedStatus.RETURNED)

OPEN_NEEDS = (NeedStatus.DRAFT, NeedStatus.SUBMITTED, NeedStatus.RETURNED)
PUBLIC_TEXTS = ("title", "summary", "risk_disclosure")


def refused_texts(fields: dict[str, Any], area_code: str, *, names: Iterable[str] = ()) -> dict[str, str]:
    """Public fields that can't stay as they are, each with what to change."""
    names = list(names)
    refused = {}
    for name in PUBLIC_TEXTS:
        text = fields.get(name, "")
        if sentence := refuse_public_text(text, names=names) or refuse_known_names(text, area_code):
            refused[name] = sentence
    return refused


def refuse_times_asked(windows: Iterable[Any], series: Iterable[Any]) -> str | None:
    """A series is short enough to be looked over, and so is the whole need."""
    counts = [len(dates_of(one)) for one in series]
    if any(count > LONGEST_SERIES for count in counts):
        return _("重复的时间一次最多排 26 场，请把结束日期提前，或分成几个需求。")
    if 0 in counts:
        return _("照这样排一场也没有，请看看星期、日期和去掉的日子。")
    if sum(counts) + len(list(windows)) > MOST_WINDOWS:
        return _("一个需求最多 60 个时间段，请分成几个需求。")
    return None


def asks_for_an_elder(site: ServiceSite, audience: str) -> bool:
    """What anybody may ask for, being a relative or a neighbour (老年人权益保障法 §38)."""
    return site.kind in PUBLIC_POINTS and audience == Audience.ELDERS


def refuse_creation(site: ServiceSite, actor: Any, *, audience: str = "", channel: str = Channel.SELF) -> str | None:
    """Those who speak for a site state any of its needs; everybody else one of an elder, in their own words."""
    if speaks_for(actor, site):
        return _refuse_closed(site)
    if not asks_for_an_elder(site, audience):
        return _("只能为自己负责的地点提出需求；为老人提出需求，请选村（社区）或养老服务点。")
    if channel != Channel.SELF:
        return _("电话代填和纸质表单由村（社区）或乡镇（街道）工作人员录入。")
    return _refuse_closed(site)


def refuse_another(site: ServiceSite, actor: Any) -> str | None:
    """Somebody who speaks for no site waits for answers before asking again and again."""
    if speaks_for(actor, site):
        return None
    if Need.objects.filter(raised_by=actor, status__in=OPEN_NEEDS).count() >= settings.OPEN_NEEDS_A_PERSON:
        return _("您已有 %(number)s 个需求在等答复，有了结果再提新的；着急请拨打 %(phone)s。") % {
            "number": settings.OPEN_NEEDS_A_PERSON,
            "phone": settings.HELP_PHONE,
        }
    return None


def refuse_speaking(need: Need, actor: Any) -> str | None:
    """Those who speak for the site act for its needs, also after it closed, and whoever asked for an elder for that."""
    is_own = need.raised_by_id == actor.pk and asks_for_an_elder(need.site, need.audience)
    if not is_own and not speaks_for(actor, need.site):
        return _("由这个地点的负责人或所在村、乡镇的工作人员办理。")
    return None


def _refuse_closed(site: ServiceSite) -> str | None:
    if site.status == SiteStatus.CLOSED:
        return _("%(site)s已经关闭，重新开放以后才能提出需求。") % {"site": site}
    return None


def refuse_edit(need: Need, actor: Any) -> str | None:
    if need.status not in EDITABLE:
        return _("提交后不能修改；需要改动时请联系核实人员退回。")
    return refuse_speaking(need, actor)


def refuse_handing_in(need: Need, actor: Any) -> str | None:
    """What was taken down on the phone is read back first."""
    if sentence := refuse_speaking(need, actor):
        return sentence
    if need.channel == Channel.PHONE and need.read_back_at is None:
        return _("电话里记下的需求，要先念给对方听，对方确认以后再提交。")
    return None


def refuse_stale_private(need: Need, fields: dict[str, Any]) -> str | None:
    """Whether somebody counts as a child, and who may read of them, follows from the need: both are said anew with it."""
    is_moved = fields.get("site", need.site).area_id != need.site.area_id
    if not is_moved and fields.get("audience", need.audience) == need.audience:
        return None
    if NeedPrivate.objects.filter(need=need, identity__isnull=False).exists():
        return _("地点或为谁服务改了，请把「只有核实人员能看」的内容也重新填写一遍。")
    return None


def refuse_reading_back(need: Need, actor: Any) -> str | None:
    if sentence := refuse_edit(need, actor):
        return sentence
    return None if need.channel == Channel.PHONE else _("只有电话代填的需求要念给对方确认。")


def refuse_submission(need: Need, actor: Any, now: datetime) -> str | None:
    """All windows must still be to come, and there must be one; an emergency waits for no window."""
    if sentence := refuse_handing_in(need, actor) or _refuse_closed(need.site):
        return sentence
    if need.is_emergency:
        return None
    windows = list(need.windows.all())
    if not windows:
        return _("还差一项：至少填写一个时间段。")
    return next(filter(None, (refuse_times(window.starts_at, window.ends_at, now) for window in windows)), None)


def refuse_verification(need: Need, actor: Any) -> str | None:
    """Staff of the area decide (志愿服务条例 §13), never about what they raised or about a site they keep."""
    if not actor.reaches(need.area_code, *VERIFIERS):
        return _("由所在地的乡镇、县级或市级工作人员核实。")
    if need.raised_by_id == actor.pk:
        return _("这是您自己提出的需求，应当由另一位工作人员核实。")
    if keeps(actor, need.site):
        return _("您是这个地点的负责人，应当回避，请同事核实。")
    return None


def refuse_verified(need: Need, actor: Any) -> str | None:
    """An emergency never becomes a call for volunteers."""
    return refuse_verification(need, actor) or _refuse_emergency(need)


def _refuse_emergency(need: Need) -> str | None:
    if need.is_emergency:
        return _("危急的事不等志愿者：请现在打电话核实，再转介给经办部门；不危急就退回，请对方改紧急程度。")
    return None


def refuse_publication(need: Need, actor: Any) -> str | None:
    if not actor.reaches(need.area_code, *VERIFIERS):
        return _("由所在地的乡镇、县级或市级工作人员发布。")
    return _refuse_emergency(need)


def refuse_publication_now(need: Need, actor: Any, now: datetime) -> str | None:
    """Without a time to come and an open door there is nothing to publish."""
    if sentence := refuse_publication(need, actor) or _refuse_closed(need.site):
        return sentence
    if not need.windows.filter(starts_at__gt=now).exists():
        return _("所有时间段都已经过去，不能再发布。请提出人重新提一个需求。")
    return None


def refuse_withdrawal(need: Need, actor: Any, remark: str) -> str | None:
    """Those who signed up are owed a reason; before publication nobody is."""
    if sentence := refuse_speaking(need, actor):
        return sentence
    return refuse_silence(remark) if need.status == NeedStatus.PUBLISHED else None


def refuse_expiry(need: Need, actor: Any, now: datetime) -> str | None:
    """The clock alone ends a need, and never one whose shifts are still to come."""
    if actor is not None or need.shifts.open().future(now).exists():
        return _("到期由系统自动办理；不再需要时请撤回。")
    return None
