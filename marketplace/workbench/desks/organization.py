"""The desk of an organization: what came back, what lies unfinished, which days lack people, who comes this week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.organizations.enums import OrganizationStatus
from marketplace.organizations.models import Organization
from marketplace.organizations.queries import organizations_of
from marketplace.programs.enums import ProgramStatus
from marketplace.programs.models import Program
from marketplace.programs.queries import insured_soon_ended, programs_of_member, shifts_run_by
from marketplace.shifts.models import Shift
from marketplace.workflow.wording import say_day, say_places_left, say_when

from ..today import TodayItem, today_lines

SOON = timedelta(hours=48)
AHEAD = timedelta(days=7)
INSURANCE_SOON = timedelta(days=14)
PROGRAMS_SHOWN = 5


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    """For members of an organization, also while it waits to be verified."""
    if not user.has_role(Role.ORGANIZATION):
        return None
    organizations = list(organizations_of(user))
    programs = programs_of_member(user)
    unfinished = list(programs.filter(status__in=(ProgramStatus.RETURNED, ProgramStatus.DRAFT)))
    coming = list(shifts_run_by(user, now, now + AHEAD))
    returned = [*_returned_organizations(organizations), *_programs(unfinished, ProgramStatus.RETURNED)]
    drafts = [*_unfinished_organizations(organizations), *_programs(unfinished, ProgramStatus.DRAFT)]
    parts = (returned, drafts, _uncovered(user, now), _short(coming, now), _lacking(coming, now))
    return {
        "organizations": organizations,
        "may_offer": any(one.status == OrganizationStatus.ACTIVE for one in organizations),
        "today": [line for items in parts for line in today_lines(items, now)],
        "coming": coming,
        "programs": programs[:PROGRAMS_SHOWN],
    }


def _returned_organizations(organizations: Iterable[Organization]) -> Iterator[TodayItem]:
    return _organizations(organizations, OrganizationStatus.RETURNED, _("登记资料退回了，请补正：%(name)s"))


def _unfinished_organizations(organizations: Iterable[Organization]) -> Iterator[TodayItem]:
    return _organizations(organizations, OrganizationStatus.DRAFT, _("登记资料还没提交：%(name)s"))


def _organizations(organizations: Iterable[Organization], status: str, title: str) -> Iterator[TodayItem]:
    for organization in organizations:
        if organization.status == status:
            yield TodayItem(
                title=title % {"name": organization},
                url=reverse("desk_organization", args=[organization.pk]),
                when=organization.created_at,
            )


def _programs(programs: Iterable[Program], status: str) -> Iterator[TodayItem]:
    is_returned = status == ProgramStatus.RETURNED
    title = _("退回了，请修改：%(title)s") if is_returned else _("草稿，还没提交：%(title)s")
    for program in programs:
        if program.status == status:
            yield TodayItem(
                title=title % {"title": program.title},
                url=reverse("desk_program", args=[program.pk]),
                when=program.submitted_at or program.created_at,
                note=str(program.organization),
            )


def _uncovered(user: Any, now: datetime) -> Iterator[TodayItem]:
    """Insurances that run out while there are shifts to come."""
    today = timezone.localdate(now)
    for program in insured_soon_ended(user, today, today + INSURANCE_SOON):
        until = program.insured_until  # type: ignore[attr-defined]
        said = _("保险到 %(day)s 为止") % {"day": say_day(until)} if until else _("还没有登记保险")
        yield TodayItem(
            title=_("请续保险：%(title)s") % {"title": program.title},
            url=reverse("desk_program_insurance", args=[program.pk]),
            when=now,
            note=said,
        )


def _short(shifts: Iterable[Shift], now: datetime) -> Iterator[TodayItem]:
    """Those with children for which fewer than two cleared, unrelated adults have signed up."""
    for shift in shifts:
        if shift.short_of_adults_at and shift.starts_at > now:
            yield TodayItem(
                title=_("通过审查的成年人不够两位：%(title)s") % {"title": shift.title},
                url=reverse("roster", args=[shift.pk]),
                when=shift.short_of_adults_at,
                note=f"{say_when(shift.starts_at, shift.ends_at)} · {shift.site}",
            )


def _lacking(shifts: Iterable[Shift], now: datetime) -> Iterator[TodayItem]:
    """Those that begin within two days with fewer than half their people."""
    for shift in shifts:
        if now < shift.starts_at <= now + SOON and shift.places_taken * 2 < shift.places:
            yield TodayItem(
                title=_("快到了，%(left)s：%(title)s")
                % {"left": say_places_left(shift.places_left), "title": shift.title},
                url=reverse("shift", args=[shift.pk]),
                when=shift.starts_at,
                note=f"{say_when(shift.starts_at, shift.ends_at)} · {shift.site}",
            )
