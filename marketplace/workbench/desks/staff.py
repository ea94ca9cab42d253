"""The desk of the bureau's side: what waits for a decision, what happens in the area, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import STAFF_ROLES, Role
from marketplace.needs import queries as needs
from marketplace.needs.enums import NeedStatus
from marketplace.needs.models import Need
from marketplace.needs.rules import VERIFIERS as NEED_VERIFIERS
from marketplace.organizations import queries as organizations
from marketplace.organizations.models import Organization
from marketplace.organizations.rules import VERIFIERS as ORGANIZATION_VERIFIERS
from marketplace.programs import queries as programs
from marketplace.programs.models import Program
from marketplace.programs.rules import APPROVERS
from marketplace.shifts.queries import places_of, shifts_in_areas
from marketplace.workflow.lists import status_counts
from marketplace.workflow.wording import say_day

from ..people_lines import people_lines
from ..privacy_lines import privacy_lines
from ..safety_lines import complaint_lines, report_lines
from ..site_lines import pin_lines
from ..today import TodayItem, today_lines

AHEAD = timedelta(days=7)
LINES_SHOWN = 20
SHIFTS_SHOWN = 8


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    """For township, county, bureau and supervisors; the latter see the area and decide nothing."""
    if not user.has_role(*STAFF_ROLES):
        return None
    queues = _queues(user)
    urgent = [*today_lines(queues["desk_reports"], now), *today_lines(pin_lines(user, now), now)]
    waiting = [*urgent, *today_lines(chain(*list(queues.values())[1:], privacy_lines(user), people_lines(user)), now)]
    shifts = shifts_in_areas(user.area_prefixes(*STAFF_ROLES), now, now + AHEAD)
    return {
        "areas": [assignment.area for assignment in user.assignments if assignment.role in STAFF_ROLES],
        "may_decide": user.has_role(*NEED_VERIFIERS),
        "may_handle": user.has_role(*APPROVERS),
        "may_set_numbers": user.has_role(Role.BUREAU),
        "may_state": user.has_role(Role.TOWNSHIP),
        "today": waiting[:LINES_SHOWN],
        "waiting_count": len(waiting),
        "queues": [_chip(name, len(items)) for name, items in queues.items() if items],
        "shifts": shifts[:SHIFTS_SHOWN],
        "figures": _figures(user, places_of(shifts)),
        "until": say_day(now + AHEAD),
        "now": now,
    }


def _queues(user: Any) -> dict[str, list[TodayItem]]:
    """What waits, by the URL name of the page that lists all of it; reports of harm first."""
    return {
        "desk_reports": list(report_lines(user)),
        "desk_needs": list(_needs(user)),
        "desk_programs": list(_programs(user)),
        "desk_organizations": list(_organizations(user)),
        "desk_complaints": list(complaint_lines(user)),
    }


def _chip(name: str, count: int) -> dict[str, Any]:
    lists = {
        "desk_reports": (_("强制报告"), "?status=reported"),
        "desk_needs": (_("需求"), ""),
        "desk_programs": (_("项目"), "?status=submitted"),
        "desk_organizations": (_("社会组织"), "?status=submitted"),
        "desk_complaints": (_("投诉"), "?status=open"),
    }
    label, query = lists[name]
    return {"label": label, "url": reverse(name) + query, "count": count}


def _needs(user: Any) -> Iterator[TodayItem]:
    if not user.has_role(*NEED_VERIFIERS):
        return
    for need in needs.waiting_for_verification(user):
        if user.reaches(need.area_code, *NEED_VERIFIERS):
            yield _need_line(need)


def _need_line(need: Need) -> TodayItem:
    verb = _("发布：%(title)s") if need.status == NeedStatus.VERIFIED else _("核实：%(title)s")
    if need.is_emergency:
        verb = _("危急，马上打电话：%(title)s")
    return TodayItem(
        title=verb % {"title": need.title},
        url=reverse("desk_need", args=[need.pk]),
        when=need.verify_due_at or need.created_at,
        note=f"{need.site} · {need.site.area.short_name}",
        clock_due=need.verify_due_at,
    )


def _programs(user: Any) -> Iterable[TodayItem]:
    if not user.has_role(*APPROVERS):
        return []
    return [_program_line(program) for program in programs.waiting_for_approval(user)]


def _program_line(program: Program) -> TodayItem:
    return TodayItem(
        title=_("审核项目：%(title)s") % {"title": program.title},
        url=reverse("desk_program", args=[program.pk]),
        when=program.approve_due_at or program.created_at,
        note=str(program.organization),
        clock_due=program.approve_due_at,
    )


def _organizations(user: Any) -> Iterable[TodayItem]:
    if not user.has_role(*ORGANIZATION_VERIFIERS):
        return []
    return [_organization_line(organization) for organization in organizations.waiting_for_verification(user)]


def _organization_line(organization: Organization) -> TodayItem:
    return TodayItem(
        title=_("核验组织：%(name)s") % {"name": organization.name},
        url=reverse("desk_organization", args=[organization.pk]),
        when=organization.verify_due_at or organization.created_at,
        note=_("%(area)s · %(day)s 登记")
        % {"area": organization.area, "day": say_day(timezone.localtime(organization.created_at))},
        clock_due=organization.verify_due_at,
    )


def _figures(user: Any, week: dict[str, int]) -> list[dict[str, Any]]:
    """Numbers of the area, each with its label and, where there is one, the list behind it."""
    counts = status_counts(needs.needs_worked_on_by(user))
    listed = reverse("desk_needs")
    return [
        {
            "label": status.label,
            "value": counts.get(status, 0),
            "url": f"{listed}?status={status}" if status in counts else "",
        }
        for status in (NeedStatus.SUBMITTED, NeedStatus.VERIFIED, NeedStatus.PUBLISHED)
    ] + [
        {"label": _("7 天内的场次"), "value": week["shifts"]},
        {"label": _("还差几人"), "value": week["places"] - week["taken"]},
    ]
