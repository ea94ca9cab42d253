"""Reads for pages that show several stages at once: sites with what is needed there, organizations with what they run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from marketplace.geography.queries import COUNTY_CODE_LENGTH
from marketplace.needs.models import Need
from marketplace.organizations.models import Organization
from marketplace.organizations.queries import public_organizations
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import public_sites


def public_needs() -> QuerySet[Need]:
    """What everybody may read, with what a need's page shows."""
    return (
        Need.objects.public().select_related("site__area__parent", "category").prefetch_related("skills", "languages")
    )


def sites_with_counts(now: datetime) -> QuerySet[ServiceSite]:
    """Every open site with how many shifts one can join there and how many needs are open, by area code."""
    return (
        public_sites()
        .select_related("area__parent__parent")
        .annotate(
            shift_count=_number_of(Shift.objects.findable(now), "site"),
            need_count=_number_of(Need.objects.published(), "site"),
        )
        .order_by("area__code", "name")
    )


def organizations_with_counts(now: datetime) -> QuerySet[Organization]:
    """Every verified organization with how many programs it runs and how many shifts one can join in them."""
    shifts = Shift.objects.findable(now).filter(program__organization=OuterRef("pk")).order_by()
    number = shifts.values("program__organization").annotate(number=Count("pk")).values("number")
    return public_organizations().annotate(
        program_count=_number_of(Program.objects.approved(), "organization"),
        shift_count=Coalesce(Subquery(number), 0),
    )


def _number_of(records: QuerySet[Any], parent: str) -> Coalesce:
    """How many of the records belong to the row, as a column of it."""
    counted = records.order_by().filter(**{parent: OuterRef("pk")}).values(parent).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def county_counts(records: QuerySet[Any]) -> dict[str, int]:
    """How many of these records (which have an area) lie in each county, by its code."""
    county = Substr("area__code", 1, COUNTY_CODE_LENGTH)
    return dict(records.order_by().values_list(county).annotate(number=Count("pk")))
