"""Who may do what with a need, when, and what may not stand in its public text."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.shifts.rules import refuse_times
from marketplace.sites.enums import SiteStatus
from marketplace.sites.models import ServiceSite
from marketplace.sites.rules import keeps, speaks_for
from marketplace.workflow.refusals import refuse_silence

from .enums import NeedStatus
from .models import Need

VERIFIERS = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)
EDITABLE = (NeedStatus.DRAFT, NeedStatus.RETURNED)

# With or without a country code, and with the separators people put into numbers.
MOBILE_NUMBER = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
IDENTITY_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}[-\s]?\d{8}[-\s]?\d{3}[\dXx](?![\dXx])")


def refuse_public_text(text: str) -> str | None:
    """Numbers that lead to a person have no place in a text that everybody reads.

    未成年人保护法 §4, 个人信息保护法 §28.
    """
    text = unicodedata.normalize("NFKC", text)  # full-width digits are digits to the reader too
    if IDENTITY_NUMBER.search(text):
        return _("这里会公开，请删掉身份证号码。")
    if MOBILE_NUMBER.search(text):
        return _("这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。")
    return None


def refuse_creation(site: ServiceSite, actor: Any) -> str | None:
    if not speaks_for(actor, site):
        return _("只能为自己负责的地点提出需求。")
    return _refuse_closed(site)


def refuse_speaking(need: Need, actor: Any) -> str | None:
    """Those who speak for the site act for its needs, also after it closed."""
    if not speaks_for(actor, need.site):
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


def refuse_submission(need: Need, actor: Any, now: datetime) -> str | None:
    """All windows must still be to come, and there must be one."""
    if sentence := refuse_speaking(need, actor) or _refuse_closed(need.site):
        return sentence
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


def refuse_publication(need: Need, actor: Any) -> str | None:
    if not actor.reaches(need.area_code, *VERIFIERS):
        return _("由所在地的乡镇、县级或市级工作人员发布。")
    return None


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


def refuse_expiry(_need: Need, actor: Any) -> str | None:
    """The clock alone ends a need."""
    return _("到期由系统自动办理；不再需要时请撤回。") if actor is not None else None
