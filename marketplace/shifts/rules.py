"""When a shift may be made, changed or called held."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .models import Shift

LONGEST = timedelta(hours=24)


def refuse_times(starts_at: datetime, ends_at: datetime, now: datetime) -> str | None:
    """A shift begins in the future, ends after its start, and is over within a day."""
    if starts_at <= now:
        return _("开始时间已经过去，请选择以后的时间。")
    if ends_at <= starts_at:
        return _("结束时间要晚于开始时间。")
    if ends_at - starts_at > LONGEST:
        return _("一个场次不能超过 24 小时，请分成几个场次。")
    return None


def refuse_held(shift: Shift, now: datetime) -> str | None:
    if shift.starts_at > now:
        return _("活动还没有开始，开始以后才能登记到场。")
    return None
