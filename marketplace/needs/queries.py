"""Reads about needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.workflow.queries import story

from .enums import NeedStatus
from .models import Need, NeedQuerySet, NeedWindow

# After its last shift the site has this long to say that the need was met.
TIME_TO_SAY_DONE = timedelta(days=7)

STORY = {
    "need.created": _("写下草稿"),
    "need.changed": _("修改内容"),
    "need.submitted": _("提交核实"),
    "need.returned": _("退回修改"),
    "need.verified": _("核实通过"),
    "need.referred": _("转介给其他部门"),
    "need.published": _("发布"),
    "need.fulfilled": _("办完"),
    "need.expired": _("到期结束"),
    "need.withdrawn": _("撤回"),
}


def needs_worked_on_by(user: Any) -> NeedQuerySet:
    """What this person states or decides, ready for a page of the desk; a stranger's public need is not among it."""
    return _ready(Need.objects.worked_on_by(user))


def _ready(needs: Any) -> Any:
    return needs.select_related(
        "site__area__parent", "site__relocation_site", "category", "raised_by", "verified_by"
    ).prefetch_related("skills", "windows")


def need_story(need: Need) -> list[dict[str, Any]]:
    """What happened to the need, newest first, for the timeline."""
    return story(need, STORY)


def other_needs_here(need: Need) -> QuerySet[Need]:
    """What else was asked for this site, newest first, drafts left out: does it repeat, and were earlier ones met?"""
    return Need.objects.filter(site=need.site_id).exclude(pk=need.pk).exclude(status=NeedStatus.DRAFT)


def needs_of_sites(sites: QuerySet) -> QuerySet[Need]:
    """The needs of these sites, newest first."""
    return Need.objects.of_sites(sites).select_related("site", "category").prefetch_related("windows")


def needs_to_close(needs: QuerySet[Need], now: datetime) -> QuerySet[Need]:
    """Published ones whose shifts are all over, with `over_at`: the site may say that they were met."""
    shifts = ~Q(shifts__status=ShiftStatus.CANCELLED)
    return (
        needs.filter(status=NeedStatus.PUBLISHED)
        .annotate(over_at=Max("shifts__ends_at", filter=shifts))
        .filter(over_at__lte=now)
    )


def waiting_for_verification(user: Any) -> QuerySet[Need]:
    """The queue of this person's area, to be verified or published: the nearest deadline first."""
    return (
        needs_worked_on_by(user)
        .filter(status__in=(NeedStatus.SUBMITTED, NeedStatus.VERIFIED))
        .exclude(raised_by=user)
        .order_by("verify_due_at", "id")
    )


def past_needs(now: datetime) -> QuerySet[Need]:
    """Published needs whose last shift is a while ago, and verified ones that nobody published in time."""
    held_or_open = Shift.objects.exclude(status=ShiftStatus.CANCELLED).filter(need=OuterRef("pk"))
    alive = held_or_open.filter(ends_at__gt=now - TIME_TO_SAY_DONE)
    ahead = NeedWindow.objects.filter(need=OuterRef("pk"), starts_at__gt=now)
    return Need.objects.filter(
        Q(status=NeedStatus.PUBLISHED) & ~Exists(alive) | Q(status=NeedStatus.VERIFIED) & ~Exists(ahead)
    )
