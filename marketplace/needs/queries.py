"""Reads about needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.enums import Role
from marketplace.accounts.models import RoleAssignment, User
from marketplace.history.models import Event
from marketplace.privacy.models import Identity
from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Volunteer
from marketplace.workflow.models import WorkDay
from marketplace.workflow.queries import story

from .enums import PUBLIC_POINTS, Audience, NeedStatus, Urgency
from .models import Need, NeedPrivate, NeedQuerySet, NeedWindow

CODE_DIGITS = (6, 9, 12)
COUNTY_DIGITS = 6
HOLIDAYS_AHEAD = timedelta(weeks=26)

# After its last shift the site has this long to say that the need was met.
TIME_TO_SAY_DONE = timedelta(days=7)

STORY = {
    "need.created": _("写下草稿"),
    "need.changed": _("修改内容"),
    "need.read_back": _("念给对方听，对方已确认"),
    "need.submitted": _("提交核实"),
    "need.chased": _("超过时限没有答复，已报市级"),
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
    ).prefetch_related("skills", "languages", "windows")


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


def own_needs(user: Any) -> QuerySet[Need]:
    """What this person asked for an elder in their own name, the newest first."""
    asked = Need.objects.filter(raised_by=user, site__kind__in=PUBLIC_POINTS, audience=Audience.ELDERS)
    return asked.exclude(site__in=ServiceSite.objects.spoken_for_by(user).values("pk")).select_related("site")


def people_in_charge(area_code: str) -> QuerySet[User]:
    """Staff of the township and of the county; where there is nobody, the bureau."""
    prefixes = [area_code[:digits] for digits in CODE_DIGITS]
    held = RoleAssignment.objects.in_force(timezone.localdate())
    near = held.filter(role__in=(Role.TOWNSHIP, Role.COUNTY), area__code__in=prefixes)
    people = User.objects.filter(is_active=True)
    found = people.filter(role_assignments__in=near).distinct()
    return found if found.exists() else people_of_the_bureau()


def people_of_the_bureau() -> QuerySet[User]:
    held = RoleAssignment.objects.in_force(timezone.localdate()).filter(role=Role.BUREAU)
    return User.objects.filter(is_active=True, role_assignments__in=held).distinct()


def unanswered_emergencies(now: datetime) -> QuerySet[Need]:
    """Those whose hours are over and of which the bureau was not told since they were handed in."""
    told = Event.objects.filter(verb="need.chased", subject_id=OuterRef("pk"), at__gte=OuterRef("submitted_at"))
    late = Need.objects.filter(status=NeedStatus.SUBMITTED, urgency=Urgency.EMERGENCY, verify_due_at__lte=now)
    return late.exclude(Exists(told)).select_related("site__area")


def sites_to_ask_for(user: Any) -> QuerySet[ServiceSite]:
    """Their own sites, and the public points at which anybody may ask for an elder: in their county, where it is known."""
    open_sites = ServiceSite.objects.open()
    points = open_sites.filter(kind__in=PUBLIC_POINTS)
    if home := Volunteer.objects.filter(user=user).values_list("base_area__code", flat=True).first():
        points = points.filter(area__code__startswith=home[:COUNTY_DIGITS])
    own = open_sites.spoken_for_by(user)
    return open_sites.filter(Q(pk__in=own.values("pk")) | Q(pk__in=points.values("pk"))).select_related("area__parent")


def holidays_ahead(now: datetime) -> QuerySet[WorkDay]:
    """Days off of the calendar in the next months, to be left out of what repeats where nobody comes."""
    today = timezone.localdate(now)
    return WorkDay.objects.filter(is_workday=False, on__range=(today, today + HOLIDAYS_AHEAD))


def holidays_on(need: Need) -> dict[int, str]:
    """Windows of this need that fall on a day off of the calendar → what the day is called."""
    days = {window.pk: timezone.localtime(window.starts_at).date() for window in need.windows.all()}
    names = dict(WorkDay.objects.filter(is_workday=False, on__in=set(days.values())).values_list("on", "name"))
    return {number: names[day] or day.isoformat() for number, day in days.items() if day in names}


def identity_meant(need: Need) -> Identity | None:
    """Who is meant, sealed; None where nobody was named or the record was forgotten."""
    meant = NeedPrivate.objects.filter(need=need).values("identity")
    return Identity.objects.filter(pk__in=meant, deleted_at=None).first()


def past_needs(now: datetime) -> QuerySet[Need]:
    """Published needs whose last shift is a while ago, and verified ones that nobody published in time."""
    held_or_open = Shift.objects.exclude(status=ShiftStatus.CANCELLED).filter(need=OuterRef("pk"))
    alive = held_or_open.filter(ends_at__gt=now - TIME_TO_SAY_DONE)
    ahead = NeedWindow.objects.filter(need=OuterRef("pk"), starts_at__gt=now)
    return Need.objects.filter(
        Q(status=NeedStatus.PUBLISHED) & ~Exists(alive) | Q(status=NeedStatus.VERIFIED) & ~Exists(ahead)
    )
