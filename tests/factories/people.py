"""What is known of volunteers beyond their profile: papers, guardians, relatives."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from marketplace.privacy.models import Consent
from marketplace.volunteers.models import (
    Kinship,
    KinshipDeclaration,
    Language,
    Season,
    SkillEvidence,
    Volunteer,
)

from . import a_skill


def a_language(code: str = "miao") -> Language:
    return Language.objects.get(code=code)


def some_evidence(volunteer: Volunteer, skill: str = "first_aid", **fields) -> SkillEvidence:
    return SkillEvidence.objects.create(volunteer=volunteer, skill=a_skill(skill), **fields)


def a_season(**fields) -> Season:
    """One that runs today, unless its days are given."""
    today = timezone.localdate()
    values = {"name": "测试学期", "starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=90)}
    return Season.objects.create(**{**values, **fields})


def a_guardians_consent(volunteer: Volunteer, season: Season) -> Consent:
    last_moment = timezone.make_aware(datetime.combine(season.ends_on, time.max))
    return Consent.objects.create(
        subject=volunteer.user,
        purpose="minor_service",
        version="1",
        given_at=timezone.now(),
        valid_until=last_moment,
    )


def declare(volunteer: Volunteer, *relatives: Volunteer, is_recorded: bool = True) -> KinshipDeclaration:
    declaration = KinshipDeclaration.objects.create(
        volunteer=volunteer, declared_at=timezone.now(), recorded_on=timezone.localdate() if is_recorded else None
    )
    for other in relatives:
        Kinship.objects.create(declaration=declaration, relation="sibling", contact_hash="", other=other)
    return declaration
