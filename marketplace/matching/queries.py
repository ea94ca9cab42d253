"""Gathering facts: records in, plain values out, a fixed number of queries for any number of people and of shifts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from marketplace.geography.queries import known_journeys, points_of
from marketplace.needs.enums import Urgency
from marketplace.programs.enums import RiskLevel
from marketplace.shifts.models import Shift
from marketplace.volunteers.enums import AgeGroup
from marketplace.volunteers.models import ClearanceKind, Restriction, Volunteer
from marketplace.volunteers.queries import clearance_spans, evidence_spans, guardian_spans, kin_of

from .constraints import days_of
from .facts import Commitment, LngLat, PersonFacts, Restricted, ShiftFacts

NOBODY = PersonFacts(is_adult=True)
DANGEROUS = (RiskLevel.MEDIUM, RiskLevel.HIGH)
TOLD_BY = ("skills", "languages", "availability", "clearances__kind", "evidence__skill", "restrictions")


def person_facts(volunteer: Volunteer, commitments: Iterable[Shift] = ()) -> PersonFacts:
    """What is known of a volunteer; `commitments` are the shifts they hold, which the package of sign-ups knows."""
    return people_facts([volunteer], {volunteer.pk: commitments})[volunteer.pk]


def people_facts(
    volunteers: Iterable[Volunteer], commitments: Mapping[int, Iterable[Shift]] | None = None
) -> dict[int, PersonFacts]:
    """The same of many, by the volunteers' pk. All is read anew: under a lock, what was loaded before may be old."""
    people = list(_with_all_that_tells(one.pk for one in volunteers))
    points = points_of({one.base_area for one in people})
    guardians = guardian_spans([one.user_id for one in people if one.age_group != AgeGroup.ADULT or one.adult_on])
    kin = kin_of([one.pk for one in people])
    journeys = known_journeys()
    held = commitments or {}
    return {
        one.pk: PersonFacts(
            is_adult=one.age_group == AgeGroup.ADULT,
            skills=frozenset(skill.code for skill in one.skills.all()),
            clearances=clearance_spans(one),
            commitments=tuple(commitment_of(shift) for shift in held.get(one.pk, ())),
            free_times=frozenset((free.weekday, free.part) for free in one.availability.all()),
            place=(points[one.area_code].lng, points[one.area_code].lat) if one.area_code in points else None,
            radius_km=one.radius_km,
            area_code=one.area_code,
            volunteer_id=one.pk,
            adult_on=one.adult_on,
            languages=frozenset(language.code for language in one.languages.all()),
            qualified=evidence_spans(one),
            guardian_agreed=guardians.get(one.user_id, ()),
            weekly_limit=one.weekly_limit,
            restrictions=tuple(restricted_by(restriction) for restriction in one.restrictions.all()),
            kin=kin[one.pk],
            has_declared_kin=one.kinship_recorded_on is not None,
            journeys=journeys,
        )
        for one in people
    }


def _with_all_that_tells(volunteers: Iterable[int]) -> QuerySet[Any]:
    return (
        Volunteer.objects.filter(pk__in=list(volunteers))
        .select_related("base_area")
        .prefetch_related(*TOLD_BY)
        .annotate(adult_on=F("user__identity__adult_on"), kinship_recorded_on=F("kinship_declaration__recorded_on"))
    )


def commitment_of(shift: Shift) -> Commitment:
    return Commitment(shift.pk, shift.starts_at, shift.ends_at, place_of(shift), shift.area_code)


def restricted_by(restriction: Restriction) -> Restricted:
    return Restricted(
        restriction.kind,
        restriction.site_id,
        restriction.organization_id,
        restriction.starts_on,
        restriction.ends_on,
    )


def required_clearances() -> dict[str, str]:
    """Code → name of what serving children takes today."""
    return {kind.code: str(kind) for kind in ClearanceKind.objects.filter(is_required=True)}


def shift_facts(shift: Shift, clearances: dict[str, str]) -> ShiftFacts:
    """The facts of one shift; `clearances` comes from `required_clearances`, asked once for a whole page. For many
    shifts take them `with_demands`."""
    is_home_visit = bool(shift.need and shift.need.is_home_visit)
    facts = ShiftFacts(
        shift_id=shift.pk,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        places=shift.places,
        places_taken=shift.places_taken,
        skills={skill.code: str(skill) for skill in shift.skills.all()},
        clearances=clearances if shift.clearance_required else {},
        adults_only=shift.adults_only or shift.clearance_required or is_home_visit,
        is_urgent=bool(shift.need and shift.need.urgency == Urgency.URGENT),
        place=place_of(shift),
        area_code=shift.area_code,
        languages={language.code: str(language) for language in shift.languages.all()},
        qualifications={skill.code: str(skill) for skill in shift.skills.all() if skill.needs_evidence},
        site_id=shift.site_id,
        organization_id=shift.program.organization_id if shift.program else None,
        for_children=shift.clearance_required,
        needs_insurance=is_home_visit or bool(shift.program and shift.program.risk_level in DANGEROUS),
    )
    return replace(facts, is_insured=facts.needs_insurance and _is_insured(shift, *days_of(facts)))


def _is_insured(shift: Shift, first: date, last: date) -> bool:
    """Whether one policy of its program holds on all days of the shift."""
    policies = shift.program.insurances.all() if shift.program else ()
    return any(policy.starts_on <= first and last <= policy.ends_on for policy in policies)


def place_of(shift: Shift) -> LngLat | None:
    """Where the shift is, when that is known well enough to measure from."""
    site = shift.site
    return None if site.lng is None or site.lat is None else (site.lng, site.lat)
