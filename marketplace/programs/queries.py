"""Reads about programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.needs.models import Need
from marketplace.organizations.models import Organization
from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import adoptable_shifts
from marketplace.sites.enums import SiteStatus
from marketplace.sites.models import ServiceSite
from marketplace.workflow.queries import last_remark, story

from .enums import INSURED_LEVELS, ProgramStatus
from .models import InsurancePolicy, Program

STORY = {
    "program.created": _("起草"),
    "program.changed": _("修改内容"),
    "program.submitted": _("提交审核"),
    "program.returned": _("退回修改"),
    "program.approved": _("审核通过"),
    "program.ended": _("结束"),
    "program.cancelled": _("取消"),
    "program.shifts_added": _("加了场次"),
    "program.risks_revised": _("改了风险提示"),
    "program.insured": _("登记保险"),
    "program.insurance_removed": _("去掉一份保险"),
}
READY = ("organization__area__parent", "category", "drafted_by", "approved_by", "copied_from")


def programs_worked_on_by(user: Any) -> QuerySet[Program]:
    """What this person offers or decides, ready for a page of the desk; a stranger's public program is not among it."""
    return Program.objects.worked_on_by(user).select_related(*READY)


def public_programs() -> QuerySet[Program]:
    """What everybody may read, ready for a page."""
    return Program.objects.public().select_related(*READY)


def program_story(program: Program) -> list[dict[str, Any]]:
    """What happened to the program, newest first, for the timeline; what one person changed in a row is one line."""
    entries = story(program, STORY)
    pairs = zip([None, *entries], entries, strict=False)
    return [entry for newer, entry in pairs if not (newer and _goes_on(newer, entry))]


def _goes_on(newer: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Whether the newer line says the same of the same person: a form that keeps itself writes many."""
    changed = STORY["program.changed"]
    return newer["what"] == entry["what"] == changed and newer["who"] == entry["who"]


def category_counts(programs: QuerySet[Program]) -> dict[int, int]:
    """How many of these programs each category (by its pk) has; categories without any are left out."""
    return dict(programs.order_by().values_list("category").annotate(number=Count("pk")))


def with_places(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The newest first, each with its shifts that were not cancelled: how many (`shift_count`), their places and those
    taken."""
    counted = ~Q(shifts__status=ShiftStatus.CANCELLED)
    # Grouping drops the model's own ordering.
    return programs.annotate(
        shift_count=Count("shifts", filter=counted),
        places=Coalesce(Sum("shifts__places", filter=counted), 0),
        places_taken=Coalesce(Sum("shifts__places_taken", filter=counted), 0),
    ).order_by("-id")


def why_returned(program: Program) -> str:
    """The words with which it came back, while it has not been handed in again."""
    return last_remark(program) if program.status == ProgramStatus.RETURNED else ""


def other_programs(program: Program) -> QuerySet[Program]:
    """What else the organization offered, newest first, drafts left out."""
    theirs = Program.objects.filter(organization=program.organization_id)
    return theirs.exclude(pk=program.pk).exclude(status=ProgramStatus.DRAFT)


def shifts_to_answer(now: datetime, *, area: str = "", text: str = "") -> QuerySet[Shift]:
    """Shifts a program may adopt: under an area code, about a text, urgent needs first and each kept together."""
    about = Q(need__title__icontains=text) | Q(need__summary__icontains=text)
    where = Q(site__name__icontains=text) | Q(site__area__full_name__icontains=text)
    found = adoptable_shifts(now).filter(about | where, site__area__code__startswith=area)
    return found.order_by("-need__urgency", "need_id", "starts_at", "id")


def shifts_run_by(user: Any, now: datetime, until: datetime) -> QuerySet[Shift]:
    """Open shifts of the person's organizations that end after now and begin before `until`."""
    organizations = Organization.objects.of_member(user)
    running = Shift.objects.open().public().filter(program__organization__in=organizations.values("pk"))
    return running.filter(ends_at__gt=now, starts_at__lt=until).with_parents()


def rivals_of(program: Program) -> QuerySet[Program]:
    """Other programs handed in that would adopt one of the same shifts."""
    contested = Program.objects.filter(status=ProgramStatus.SUBMITTED, wanted_shifts__in=program.wanted_shifts.all())
    return contested.exclude(pk=program.pk).distinct().order_by("submitted_at", "id")


def running_first(programs: QuerySet[Program], now: datetime) -> QuerySet[Program]:
    """Each with its next open shift and how many places are left (`next_start`, `places_left`), the soonest first."""
    ahead = Shift.objects.findable(now).filter(program=OuterRef("pk")).order_by("starts_at")
    left = ahead.order_by().values("program").annotate(left=Sum(F("places") - F("places_taken"))).values("left")
    return programs.annotate(
        next_start=Subquery(ahead.values("starts_at")[:1]), places_left=Coalesce(Subquery(left), 0)
    ).order_by(F("next_start").asc(nulls_last=True), "-id")


def answered_needs(program: Program) -> QuerySet[Need]:
    """The public needs whose shifts this program adopted."""
    return Need.objects.public().filter(shifts__program=program).select_related("site__area").distinct()


def wanted_needs(program: Program) -> QuerySet[Need]:
    """The public needs whose shifts it would adopt, or has adopted."""
    theirs = Q(shifts__wanted_by=program) | Q(shifts__program=program)
    return Need.objects.public().filter(theirs).select_related("site__area").distinct()


def latest_program(organizations: QuerySet[Organization]) -> Program | None:
    """The newest program of these organizations, to copy its texts from."""
    return Program.objects.filter(organization__in=organizations).order_by("-id").first()


def programs_of_member(user: Any) -> QuerySet[Program]:
    """The programs of the person's organizations, newest first."""
    return Program.objects.of_member(user).select_related("organization", "category")


def waiting_for_approval(user: Any) -> QuerySet[Program]:
    """The queue of this person's area: the nearest deadline first."""
    return (
        programs_worked_on_by(user)
        .filter(status=ProgramStatus.SUBMITTED)
        .exclude(drafted_by=user)
        .order_by("approve_due_at", "id")
    )


def past_programs(now: datetime) -> QuerySet[Program]:
    """Approved programs none of whose open shifts is still to come."""
    ahead = Shift.objects.open().filter(program=OuterRef("pk"), ends_at__gt=now)
    return Program.objects.approved().filter(~Exists(ahead))


def keepers_of(site: ServiceSite) -> QuerySet[User]:
    """Who opens the door there."""
    return User.objects.filter(kept_sites__site=site, kept_sites__ended_on=None)


def insured_soon_ended(user: Any, today: date, until: date) -> QuerySet[Program]:
    """Running programs of the person's organizations whose risk asks for insurance, with the last day it holds
    (`insured_until`, None where there is none) before `until` although shifts are still to come."""
    ahead = Shift.objects.open().filter(program=OuterRef("pk"), starts_at__date__gte=today)
    programs = (
        programs_of_member(user)
        .filter(status=ProgramStatus.APPROVED)
        .filter(Exists(ahead), risk_level__in=INSURED_LEVELS)
    )
    return programs.annotate(insured_until=Max("insurances__ends_on")).filter(
        Q(insured_until=None) | Q(insured_until__lt=until)
    )


def previewed_shifts(program: Program, now: datetime) -> list[Shift]:
    """What people could sign up for if the program were approved now, the soonest first."""
    own, wanted = program.shifts.open().future(now), program.wanted_shifts.findable(now).filter(program=None)
    ready = [list(shifts.with_parents().prefetch_related("skills", "languages")) for shifts in (own, wanted)]
    return sorted((shift for shifts in ready for shift in shifts), key=lambda shift: (shift.starts_at, shift.pk))


def shifts_to_repeat(program: Program) -> QuerySet[Shift]:
    """Its own shifts at sites that are still open, for another round; those of needs belong to the needs."""
    own = program.shifts.filter(need=None, site__status=SiteStatus.OPEN).exclude(status=ShiftStatus.CANCELLED)
    return own.prefetch_related("skills", "languages")


def sites_of(program: Program) -> QuerySet[ServiceSite]:
    """Where it serves or would serve."""
    theirs = Q(shifts__program=program) | Q(shifts__wanted_by=program)
    return ServiceSite.objects.open().filter(theirs).distinct()


def approved_sites(program: Program) -> QuerySet[ServiceSite]:
    """Where it serves with everybody's knowledge: more shifts and other times stay within these."""
    known = program.shifts.public().values("site")
    return ServiceSite.objects.open().filter(pk__in=known)


def sites_to_move_to(shift: Shift) -> QuerySet[ServiceSite]:
    """The program's approved sites for a shift of its own; one that answers a need stays where the need is."""
    if shift.program is None or shift.need_id:
        return ServiceSite.objects.filter(pk=shift.site_id)
    return approved_sites(shift.program)


def papers_of_insurance(user: Any) -> QuerySet[InsurancePolicy]:
    """Policies with a paper, of the programs this person offers or decides."""
    programs = Program.objects.worked_on_by(user).values("pk")
    policies = InsurancePolicy.objects.exclude(document=None).filter(program__in=programs)
    return policies.select_related("document", "program__organization__area")


def policies_of(program: Program) -> QuerySet[InsurancePolicy]:
    """Its insurances, the earliest first."""
    return program.insurances.select_related("document")
