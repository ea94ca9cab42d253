"""The desk of a volunteer: offers to answer, clearances that end soon, what is coming; for somebody new, the way in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.needs.enums import NeedStatus
from marketplace.needs.queries import own_needs
from marketplace.signups.enums import SignUpStatus
from marketplace.signups.models import SignUp
from marketplace.signups.queries import coming_signups
from marketplace.volunteers.enums import AgeGroup
from marketplace.volunteers.models import KinshipDeclaration, Volunteer
from marketplace.volunteers.queries import ClearanceTask, clearance_tasks, guardian_spans, volunteer_of
from marketplace.workflow.wording import say_day, say_when

from ..today import TodayItem, today_lines

COMING_SHOWN = 5


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    """For volunteers, and for people who have no role yet."""
    volunteer = volunteer_of(user)
    if volunteer is None:
        return None if user.roles else {"volunteer": None, "own_needs": own_needs(user).count()}
    signups = list(coming_signups(user, now))
    coming = [signup for signup in signups if signup.status != SignUpStatus.OFFERED]
    tasks = clearance_tasks(volunteer, timezone.localdate(now))
    return {
        "volunteer": volunteer,
        "today": today_lines([*_offers(signups), *_ending(tasks), *_returned(user)], now),
        "own_needs": own_needs(user).count(),
        "coming": coming[:COMING_SHOWN],
        "coming_count": len(coming),
        "cleared_count": sum(task.is_done for task in tasks),
        "clearance_count": len(tasks),
        "search_url": _search_near(volunteer),
        "now": now,
    }


def _offers(signups: Iterable[SignUp]) -> list[TodayItem]:
    return [
        TodayItem(
            title=_("有空位，等您确认：%(title)s") % {"title": signup.shift.title},
            url=reverse("shift", args=[signup.shift_id]),
            when=signup.offer_ends_at,
            note=_("为您保留到 %(until)s") % {"until": say_when(signup.offer_ends_at)},
        )
        for signup in signups
        if signup.status == SignUpStatus.OFFERED and signup.offer_ends_at
    ]


def _ending(tasks: Iterable[ClearanceTask]) -> list[TodayItem]:
    """Clearances that hold today and end soon."""
    return [
        TodayItem(
            title=_("%(kind)s快到期了") % {"kind": task.kind},
            url=reverse("profile"),
            when=timezone.make_aware(datetime.combine(task.valid_until, time.max)),
            note=_("有效期到 %(day)s，由%(who)s办理") % {"day": say_day(task.valid_until), "who": task.kind.next_actor},
        )
        for task in tasks
        if task.valid_until and task.ends_soon
    ]


def _missing(volunteer: Volunteer, tasks: Iterable[ClearanceTask], now: datetime) -> list[TodayItem]:
    """What somebody still owes: a guardian's consent, and the word about relatives of those who serve children."""
    today = timezone.localdate(now)
    is_minor = volunteer.age_group != AgeGroup.ADULT
    spans = guardian_spans([volunteer.user_id]).get(volunteer.user_id, ()) if is_minor else ()
    items = []
    if is_minor and not any(first <= today <= last for first, last in spans):
        items.append(TodayItem(_("还差监护人同意"), reverse("guardian"), now, _("填写监护人，把链接发给家长")))
    declared = KinshipDeclaration.objects.filter(volunteer=volunteer).exists()
    if not declared and any(task.is_done for task in tasks):
        note = _("服务儿童要有两位没有亲属关系的成年人在场")
        items.append(TodayItem(_("还差亲属声明"), reverse("kinship"), now, note))
    return items


def _returned(user: Any) -> list[TodayItem]:
    """What they asked for an elder and was given back."""
    return [
        TodayItem(
            title=_("退回了，请修改：%(title)s") % {"title": need.title},
            url=reverse("desk_need", args=[need.pk]),
            when=need.submitted_at or need.created_at,
            note=str(need.site),
        )
        for need in own_needs(user).filter(status=NeedStatus.RETURNED)
    ]


def _search_near(volunteer: Volunteer) -> str:
    return f"{reverse('search')}?{urlencode({'place': volunteer.base_area.name, 'km': volunteer.radius_km})}"
