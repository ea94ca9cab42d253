"""When a shift may be made, changed or called held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from marketplace.sites.enums import SiteKind, SiteStatus

from .enums import ShiftStatus
from .models import Shift
from .queries import clashing_shifts

LONGEST = timedelta(hours=24)
FARTHEST = timedelta(days=366)


def refuse_times(starts_at: datetime, ends_at: datetime, now: datetime) -> str | None:
    """A shift begins within a year from now, ends after its start, and is over within a day."""
    if starts_at <= now:
        return _("开始时间已经过去，请选择以后的时间。")
    if starts_at - now > FARTHEST:
        return _("时间最多提前一年安排，请选近一些的日期。")
    if ends_at <= starts_at:
        return _("结束时间要晚于开始时间。")
    if ends_at - starts_at > LONGEST:
        return _("一个场次不能超过 24 小时，请分成几个场次。")
    return None


def refuse_held(shift: Shift, now: datetime) -> str | None:
    if shift.starts_at > now:
        return _("活动还没有开始，开始以后才能登记到场。")
    return None


def refuse_move(shift: Shift, starts_at: datetime, ends_at: datetime, site: Any, now: datetime) -> str | None:
    """Until it begins, to a later time, at an open site where its own program or need has nothing of the kind yet."""
    if shift.status != ShiftStatus.OPEN:
        return _("这一场已经取消或举行过，不能改时间。")
    if shift.starts_at <= now:
        return _("活动已经开始，不能改时间；没有举行的话，请登记到场情况。")
    if (shift.starts_at, shift.ends_at, shift.site_id) == (starts_at, ends_at, site.pk):
        return _("时间和地点都和原来一样，没有改动。")
    if sentence := refuse_times(starts_at, ends_at, now):
        return sentence
    return _refuse_place(shift, site) or refuse_clash(shift, starts_at, ends_at, site)


def _refuse_place(shift: Shift, site: Any) -> str | None:
    if site.pk == shift.site_id:
        return None
    if site.status != SiteStatus.OPEN:
        return _("%(site)s已经关闭，请选别的地点。") % {"site": site}
    if shift.need_id:
        return _("这一场回应的是%(site)s的需求，只能改时间，不能换地点。") % {"site": shift.site}
    if site.kind == SiteKind.CHILDRENS_HOME and not shift.clearance_required:
        return _("%(site)s是儿童之家，这一场没有要求审查，不能移过去（未成年人保护法第六十二条）。") % {"site": site}
    return None


def refuse_clash(shift: Shift, starts_at: datetime, ends_at: datetime, site: Any) -> str | None:
    """Two roles at one place and time are two shifts; the same role twice is a mistake."""
    if clashing_shifts(shift, starts_at, ends_at, site).exists():
        return _("%(site)s在这个时间已经有同样的一场，请换个时间。") % {"site": site}
    return None
