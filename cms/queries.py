"""What the pages show of the marketplace: always read afresh, so a page never promises a place that is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.query import PageQuerySet

from marketplace.needs.models import Need
from marketplace.organizations.models import Organization
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import upcoming_shifts
from marketplace.sites.models import ServiceSite

SOON_SHOWN = 3
PROJECTS_SHOWN = 3


def front_page_facts(projects: PageQuerySet, now: datetime) -> dict[str, Any]:
    """Numbers that are counted, the shifts that lack people most, and the newest projects."""
    findable = Shift.objects.findable(now)
    return {
        "open_shifts": findable.count(),
        "open_needs": Need.objects.published().count(),
        "sites": ServiceSite.objects.open().count(),
        "organizations": Organization.objects.active().count(),
        "soon": findable.filter(places_taken=0).with_parents()[:SOON_SHOWN],
        "projects": _shown(projects).order_by("-first_published_at")[:PROJECTS_SHOWN],
    }


def recruiting_first(projects: PageQuerySet, now: datetime) -> PageQuerySet:
    """The project pages, those with something to do now first."""
    open_shift = Shift.objects.findable(now).filter(program=OuterRef("program"))
    return _shown(projects).annotate(is_recruiting=Exists(open_shift)).order_by("-is_recruiting", "-first_published_at")


def project_facts(program: Program | None, now: datetime) -> dict[str, Any]:
    """Who runs it, its open shifts and the needs it answers; nothing where the program is gone."""
    if program is None or program.status not in {"approved", "ended"}:
        return {"organization": None, "shifts": [], "needs": []}
    shifts = list(upcoming_shifts(program, now))
    needs = Need.objects.public().filter(shifts__program=program).select_related("site").distinct()
    return {"organization": program.organization, "shifts": shifts, "needs": needs}


def _shown(projects: PageQuerySet) -> PageQuerySet:
    return projects.live().public().select_related("program__organization", "picture")
