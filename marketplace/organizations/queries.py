"""Reads for the pages of organizations."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .enums import OrganizationStatus
from .models import Membership, Organization


def organizations_of(user: Any) -> QuerySet[Organization]:
    """The organizations this person works in."""
    return Organization.objects.of_member(user).select_related("area")


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Who works there now."""
    return organization.memberships.filter(ended_on=None).select_related("user")


def waiting_for_verification(user: Any) -> QuerySet[Organization]:
    """The queue of this person's area, oldest first."""
    return (
        Organization.objects.visible_to(user)
        .filter(status=OrganizationStatus.SUBMITTED)
        .select_related("area")
        .order_by("created_at")
    )
