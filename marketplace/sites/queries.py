"""Reads about sites."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .models import ServiceSite


def public_sites() -> QuerySet[ServiceSite]:
    """Every open site with its area."""
    return ServiceSite.objects.open().select_related("area__parent", "relocation_site")


def sites_spoken_for_by(user: Any) -> QuerySet[ServiceSite]:
    """The open sites for which this person may state needs."""
    return ServiceSite.objects.open().spoken_for_by(user).select_related("area")
