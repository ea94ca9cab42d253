"""What a complaint is about: found by the code that an address carries, `shift-12`; named and linked for those who answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.organizations.models import Organization
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite

LABELS = {
    "shift": _("活动"),
    "program": _("项目"),
    "organization": _("组织"),
    "servicesite": _("地点"),
}
# What everybody may open, and so complain about.
PUBLIC: dict[str, Callable[[], QuerySet[Any]]] = {
    "shift": lambda: Shift.objects.public().with_parents(),
    "program": lambda: Program.objects.public().select_related("organization__area"),
    "organization": lambda: Organization.objects.active().select_related("area"),
    "servicesite": lambda: ServiceSite.objects.select_related("area"),
}
ALL: dict[str, Callable[[], QuerySet[Any]]] = {
    "shift": lambda: Shift.objects.with_parents(),
    "program": lambda: Program.objects.all(),
    "organization": lambda: Organization.objects.all(),
    "servicesite": lambda: ServiceSite.objects.all(),
}
PAGES = {"shift": "shift", "program": "program", "organization": "organization", "servicesite": "site"}


def code_of(record: Model) -> str:
    """How an address names the record."""
    return f"{record._meta.model_name}-{record.pk}"


def public_subject(code: str) -> Any:
    """The record an address names, as far as everybody may open it; None where there is no such thing."""
    kind, _dash, number = code.partition("-")
    if kind not in PUBLIC or not (number.isascii() and number.isdecimal() and len(number) < 12):
        return None
    return PUBLIC[kind]().filter(pk=number).first()


def subject_of(complaint: Any) -> Any:
    """What the complaint is about, also where it has been closed since."""
    return ALL[complaint.subject_type]().filter(pk=complaint.subject_id).first()


def area_of(record: Any) -> Any:
    """Where those sit who answer."""
    if isinstance(record, Shift):
        return record.site.area
    return record.organization.area if isinstance(record, Program) else record.area


def name_of(record: Any) -> str:
    """What people call it."""
    return str(getattr(record, "title", "") or record)


def page_of(record: Any) -> str:
    """Its public page."""
    return reverse(PAGES[record._meta.model_name], args=[record.pk])
