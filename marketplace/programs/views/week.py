"""A week of a program over its sites: what is there already, and cells to tick for more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from marketplace.shifts.models import Shift
from marketplace.shifts.queries import shifts_of_week
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import public_sites
from marketplace.workflow.refusals import Refused, refuse_if

from .. import queries, rules
from ..actions import add_shifts
from ..enums import ProgramStatus
from ..forms.offering import by_township, is_number
from ..forms.running import WeekForm, cell_of
from ..models import Program

MOST_SITES = 12
DAYS = 7
FARTHEST_DAYS = 360


def plan_week(request: HttpRequest, pk: int) -> HttpResponse:
    """?week=<a day of it>&site=<number>… ; several shifts are added at once by ticking cells."""
    program = get_object_or_404(queries.programs_worked_on_by(request.user), pk=pk)
    refuse_if(rules.refuse_planning(program, request.user))
    sites, monday = _sites(request, program), _monday(request, program)
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    form = WeekForm(request.POST or None, sites=sites, days=days)
    if request.method == "POST" and form.is_valid() and (number := _added(program, form, request.user)):
        said = ngettext("已加 %(number)d 场。", "已加 %(number)d 场。", number)
        messages.success(request, said % {"number": number})
        return redirect(f"{request.path}?{_address(monday, sites)}")
    context = {
        "program": program,
        "form": form,
        "days": days,
        "rows": _rows(program, sites, days, form),
        "sites": sites,
        "more_sites": [] if program.status == ProgramStatus.APPROVED else by_township(public_sites()),
        "here": _address(monday, sites),
        "earlier": _address(monday - timedelta(days=DAYS), sites) if monday > timezone.localdate() else "",
        "later": _address(monday + timedelta(days=DAYS), sites),
        "monday": monday,
    }
    return render(request, "programs/week.html", context)


def _added(program: Program, form: WeekForm, user: Any) -> int:
    """How many shifts were added; a refusal stands above what was ticked."""
    try:
        return len(add_shifts(program, form.own_shifts, actor=user))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return 0


def _sites(request: HttpRequest, program: Program) -> list[ServiceSite]:
    """Where the program serves, and until it is approved those that the address names."""
    if program.status == ProgramStatus.APPROVED:
        return list(queries.approved_sites(program)[:MOST_SITES])
    named = [pk for pk in request.GET.getlist("site") if is_number(pk)]
    chosen = ServiceSite.objects.open().filter(pk__in=named[:MOST_SITES])
    return list({site.pk: site for site in (*queries.sites_of(program), *chosen)}.values())[:MOST_SITES]


def _monday(request: HttpRequest, program: Program) -> date:
    """The Monday of the week that is asked for, else of the first shift to come, else of next week."""
    today = timezone.localdate()
    day = _day_asked(request.GET.get("week", ""), today)
    if day is None:
        first = program.shifts.open().future(timezone.now()).first()
        day = timezone.localdate(first.starts_at) if first else today + timedelta(days=DAYS)
    return day - timedelta(days=day.weekday())


def _day_asked(text: str, today: date) -> date | None:
    """A day of this week or one within a year."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if -DAYS <= (day - today).days <= FARTHEST_DAYS else None


def _address(monday: date, sites: Iterable[ServiceSite]) -> str:
    return urlencode([("week", monday.isoformat()), *(("site", site.pk) for site in sites)])


def _rows(program: Program, sites: list[ServiceSite], days: list[date], form: WeekForm) -> list[dict[str, Any]]:
    """A line for each site: `cells` with what is there, the value to tick where the day is still to come."""
    there: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts_of_week(program, days[0]):
        there[cell_of(shift.site, timezone.localtime(shift.starts_at))].append(shift)
    today, ticked = timezone.localdate(), form.ticked
    return [
        {
            "site": site,
            "cells": [
                {
                    "day": day,
                    "value": (cell := cell_of(site, day)),
                    "shifts": there[cell],
                    "may_tick": day >= today,
                    "is_ticked": cell in ticked,
                }
                for day in days
            ],
        }
        for site in sites
    ]
