"""Who may do what with a need, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.sites.models import ServiceSite
from marketplace.sites.rules import speaks_for

from .enums import NeedStatus
from .models import Need

VERIFIERS = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)
EDITABLE = (NeedStatus.DRAFT, NeedStatus.RETURNED)


def refuse_creation(site: ServiceSite, actor: Any) -> str | None:
    if not speaks_for(actor, site):
        return _("只能为自己负责的地点提出需求。")
    return None


def refuse_speaking(need: Need, actor: Any) -> str | None:
    """Those who speak for the site act for its needs."""
    return refuse_creation(need.site, actor)


def refuse_edit(need: Need, actor: Any) -> str | None:
    if need.status not in EDITABLE:
        return _("提交后不能修改；需要改动时请联系核实人员退回。")
    return refuse_speaking(need, actor)


def refuse_submission(need: Need, actor: Any, now: datetime) -> str | None:
    if sentence := refuse_speaking(need, actor):
        return sentence
    windows = list(need.windows.all())
    if not windows:
        return _("还差一项：至少填写一个时间段。")
    if any(window.starts_at <= now for window in windows):
        return _("有的时间段已经过去，请改成以后的时间。")
    return None


def refuse_verification(need: Need, actor: Any) -> str | None:
    """Staff of the area decide (志愿服务条例 §13), never about what they raised or speak for."""
    if not actor.reaches(need.area_code, *VERIFIERS):
        return _("由所在地的乡镇、县级或市级工作人员核实。")
    if need.raised_by_id == actor.pk:
        return _("这是您自己提出的需求，应当由另一位工作人员核实。")
    return None


def refuse_publication(need: Need, actor: Any) -> str | None:
    if not actor.reaches(need.area_code, *VERIFIERS):
        return _("由所在地的乡镇、县级或市级工作人员发布。")
    return None
