"""Pages everybody reads that show several stages at once: needs, sites and organizations with what one can join there.

They are read without signing in: nobody's name stands on them, of staff neither.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from marketplace.geography.models import AdminArea
from marketplace.needs.enums import NeedStatus
from marketplace.organizations.queries import (
    flags_of,
    organizations_of,
    public_organizations,
    rating_of,
    verifying_office,
)
from marketplace.programs.models import Program
from marketplace.programs.queries import running_first
from marketplace.shifts.queries import upcoming_shifts
from marketplace.sites.completeness import completeness
from marketplace.sites.enums import SiteStatus
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import kept as with_its_keepers
from marketplace.sites.queries import sites_worked_on_by

from .. import queries

ORGANIZATIONS_A_PAGE = 20
SITES_A_PAGE = 60


def show_need(request: HttpRequest, pk: int) -> HttpResponse:
    """What is needed, where and for whom, the times one can join, and who has taken it on."""
    now = timezone.now()
    need = get_object_or_404(queries.public_needs(), pk=pk)
    is_open = need.status == NeedStatus.PUBLISHED
    shifts = list(upcoming_shifts(need, now)) if is_open else []
    context = {
        "need": need,
        "shifts": shifts,
        "programs": Program.objects.public().filter(shifts__need=need).select_related("organization").distinct(),
        "may_answer": any(shift.program_id is None for shift in shifts) and _offers_programs(request.user),
        "now": now,
    }
    return render(request, "needs/public.html", context)


def _offers_programs(user: Any) -> bool:
    return user.is_authenticated and organizations_of(user).active().exists()


def list_sites(request: HttpRequest) -> HttpResponse:
    """Every open site by county and township; ?county= keeps one county."""
    sites = queries.sites_with_counts(timezone.now())
    county = request.GET.get("county", "")
    kept = sites.filter(area__code__startswith=county) if county else sites
    context = {
        "page": Paginator(kept, SITES_A_PAGE).get_page(request.GET.get("page")),
        "chips": _county_chips(sites, county),
        "query": f"county={county}" if county else "",
    }
    return render(request, "sites/public_list.html", context)


def show_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is and when it is open, what is needed there, what one can join."""
    now = timezone.now()
    site = get_object_or_404(ServiceSite.objects.select_related("area__parent__parent", "relocation_site"), pk=pk)
    needs = site.needs.published().select_related("category") if site.status == SiteStatus.OPEN else []
    context = {
        "site": site,
        "needs": needs,
        "shifts": upcoming_shifts(site, now),
        "state": completeness(with_its_keepers(site)) if _works_on(request.user, site) else None,
        "now": now,
    }
    return render(request, "sites/public.html", context)


def _works_on(user: Any, site: ServiceSite) -> bool:
    return user.is_authenticated and sites_worked_on_by(user).filter(pk=site.pk).exists()


def list_organizations(request: HttpRequest) -> HttpResponse:
    """Every verified organization; ?county= keeps those registered there."""
    organizations = queries.organizations_with_counts(timezone.now())
    county = request.GET.get("county", "")
    kept = organizations.filter(area__code__startswith=county) if county else organizations
    context = {
        "page": Paginator(kept, ORGANIZATIONS_A_PAGE).get_page(request.GET.get("page")),
        "chips": _county_chips(organizations, county),
        "query": f"county={county}" if county else "",
    }
    return render(request, "organizations/public_list.html", context)


def show_organization(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is, how and when that was verified, and what it runs."""
    now = timezone.now()
    organization = get_object_or_404(public_organizations(), pk=pk)
    programs = organization.programs.public().select_related("organization", "category")
    context = {
        "organization": organization,
        "programs": running_first(programs, now),
        "verified_by": verifying_office(organization),
        "rating": rating_of(organization, timezone.localdate()),
        "flags": flags_of(organization, timezone.localdate()),
    }
    return render(request, "organizations/public.html", context)


def _county_chips(records: QuerySet[Any], chosen: str) -> list[dict[str, Any]]:
    """A chip for each county, and for the city itself, with how many of these records belong to it."""
    counts = queries.county_counts(records)
    return [
        {
            "label": area.short_name,
            "count": counts[area.code],
            "is_on": area.code == chosen,
            "url": "?" if area.code == chosen else f"?county={area.code}",
        }
        for area in AdminArea.objects.current().filter(code__in=counts)
    ]
