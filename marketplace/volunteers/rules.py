"""Who may record a clearance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role

from .models import Volunteer

RECORDERS = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)


def refuse_clearance_entry(volunteer: Volunteer, actor: Any, checked_on: date, today: date) -> str | None:
    """Staff of the volunteer's area, never for themselves, never with a date to come (未成年人保护法 §62)."""
    if not actor.reaches(volunteer.area_code, *RECORDERS):
        return _("由志愿者常住地的乡镇、县级或市级工作人员登记。")
    if volunteer.user_id == actor.pk:
        return _("不能登记自己的审查结果，请同事办理。")
    if checked_on > today:
        return _("查询日期不能晚于今天。")
    return None


def refuse_group_change(leader: Any, actor: Any) -> str | None:
    if leader.user_id != actor.pk:
        return _("只有团队负责人可以办理。")
    return None
