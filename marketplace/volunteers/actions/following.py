"""What follows for a profile from outside of it: from a birth date that is known, and from an account that is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marketplace.documents.actions import delete_document
from marketplace.history.actions import record
from marketplace.privacy.actions import forget_identity, move_identity
from marketplace.privacy.models import Identity

from ..enums import AgeGroup
from ..models import GroupMember, KinshipDeclaration, Volunteer


def age_group_of(identity: Identity, today: date) -> str:
    """By the birth date; empty where none is known."""
    if identity.adult_on is None:
        return ""
    if today >= identity.adult_on:
        return AgeGroup.ADULT
    is_youth = today >= identity.adult_on - relativedelta(years=settings.ADULT_AGE - settings.VOLUNTEER_AGE)
    return AgeGroup.YOUTH if is_youth else AgeGroup.CHILD


@transaction.atomic
def follow_identity(volunteer: Volunteer, identity: Identity) -> None:
    """The age group is the one of the birth date, where that is known; whoever changes group is judged anew."""
    if identity.area_id != volunteer.base_area_id:
        move_identity(identity, volunteer.base_area, actor=volunteer.user)
    age_group = age_group_of(identity, timezone.localdate())
    if age_group and age_group != volunteer.age_group:
        volunteer.age_group = age_group
        volunteer.save(update_fields=["age_group"])
        record("volunteer.changed", volunteer, actor=None)


@transaction.atomic
def empty_profile(volunteer: Volunteer, *, actor: Any) -> None:
    """The person left: what they told of themselves goes, what staff recorded about service to children stays (未成年人保护法 §62)."""
    volunteer.skills.clear()
    volunteer.languages.clear()
    volunteer.availability.all().delete()
    volunteer.weekly_limit = None
    volunteer.save(update_fields=["weekly_limit"])
    for evidence in volunteer.evidence.select_related("document"):
        if evidence.document:
            delete_document(evidence.document, actor=actor)
    volunteer.evidence.all().delete()
    for invitation in volunteer.guardian_invitations.select_related("guardian"):
        forget_identity(invitation.guardian, actor=actor)
    KinshipDeclaration.objects.filter(volunteer=volunteer).delete()
    GroupMember.objects.filter(volunteer=volunteer).delete()
    record("volunteer.emptied", volunteer, actor=actor)
