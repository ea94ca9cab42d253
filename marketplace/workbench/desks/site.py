"""The desk of those who speak for a site: what to finish, who comes this week, what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.needs.enums import Channel, NeedStatus
from marketplace.needs.models import Need
from marketplace.needs.queries import needs_of_sites, needs_to_close
from marketplace.shifts.queries import shifts_at
from marketplace.signups.queries import shifts_to_account_for
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import sites_spoken_for_by
from marketplace.workflow.wording import say_when

from ..today import TodayItem, lacking_adults, today_lines

AHEAD = timedelta(days=7)
NEEDS_SHOWN = 5


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    """For keepers of a site and village workers."""
    if not user.has_role(Role.SITE_KEEPER, Role.VILLAGE):
        return None
    sites = sites_spoken_for_by(user)
    needs = needs_of_sites(sites)
    coming = list(shifts_at(sites, now, now + AHEAD))
    waiting = chain(lacking_adults(coming), _unfinished(needs), _to_close(needs, now), _to_account_for(sites, now))
    return {
        "sites": list(sites),
        "today": today_lines(waiting, now),
        "coming": coming,
        "needs": needs[:NEEDS_SHOWN],
        "now": now,
    }


def _unfinished(needs: QuerySet[Need]) -> Iterator[TodayItem]:
    """Returned needs, and drafts that were never handed in."""
    for need in needs.filter(status__in=(NeedStatus.RETURNED, NeedStatus.DRAFT)):
        yield TodayItem(
            title=_unfinished_words(need) % {"title": need.title},
            url=reverse("desk_need", args=[need.pk]),
            when=need.submitted_at or need.created_at,
            note=str(need.site),
        )


def _unfinished_words(need: Need) -> str:
    if need.status == NeedStatus.RETURNED:
        return _("退回了，请修改：%(title)s")
    if need.channel == Channel.PHONE:
        return _("电话里记下的，念给对方听再提交：%(title)s")
    return _("草稿，还没提交：%(title)s")


def _to_close(needs: QuerySet[Need], now: datetime) -> Iterator[TodayItem]:
    for need in needs_to_close(needs, now):
        yield TodayItem(
            title=_("都结束了，办完了吗：%(title)s") % {"title": need.title},
            url=reverse("desk_need", args=[need.pk]),
            when=need.over_at,  # type: ignore[attr-defined]  # annotated by the query
            note=str(need.site),
        )


def _to_account_for(sites: QuerySet[ServiceSite], now: datetime) -> Iterator[TodayItem]:
    for shift in shifts_to_account_for(sites, now):
        yield TodayItem(
            title=_("登记谁到场了：%(title)s") % {"title": shift.title},
            url=reverse("roster", args=[shift.pk]),
            when=shift.ends_at,
            note=say_when(shift.starts_at, shift.ends_at),
        )
