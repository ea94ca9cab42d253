"""Gathering facts: records in, plain values out, a fixed number of queries for any number of shifts."""

from __future__ import annotations

from collections.abc import Iterable

from marketplace.geography.queries import point_of
from marketplace.needs.enums import Urgency
from marketplace.shifts.models import Shift
from marketplace.volunteers.enums import AgeGroup
from marketplace.volunteers.models import ClearanceKind, Volunteer
from marketplace.volunteers.queries import clearance_spans

from .facts import Commitment, LngLat, PersonFacts, ShiftFacts

NOBODY = PersonFacts(is_adult=True)


def person_facts(volunteer: Volunteer, commitments: Iterable[Shift] = ()) -> PersonFacts:
    """What is known of a volunteer; `commitments` are the shifts they hold, which the package of sign-ups knows."""
    base = point_of(volunteer.base_area)
    return PersonFacts(
        is_adult=volunteer.age_group == AgeGroup.ADULT,
        skills=frozenset(skill.code for skill in volunteer.skills.all()),
        clearances=clearance_spans(volunteer),
        commitments=tuple(
            Commitment(shift.pk, shift.starts_at, shift.ends_at, place_of(shift)) for shift in commitments
        ),
        free_times=frozenset((free.weekday, free.part) for free in volunteer.availability.all()),
        place=(base.lng, base.lat) if base else None,
        radius_km=volunteer.radius_km,
    )


def required_clearances() -> dict[str, str]:
    """Code → name of what serving children takes today."""
    return {kind.code: str(kind) for kind in ClearanceKind.objects.filter(is_required=True)}


def shift_facts(shift: Shift, clearances: dict[str, str]) -> ShiftFacts:
    """The facts of one shift; `clearances` comes from `required_clearances`, asked once for a whole page."""
    return ShiftFacts(
        shift_id=shift.pk,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        places=shift.places,
        places_taken=shift.places_taken,
        skills={skill.code: str(skill) for skill in shift.skills.all()},
        clearances=clearances if shift.clearance_required else {},
        adults_only=shift.adults_only or shift.clearance_required,
        is_urgent=bool(shift.need and shift.need.urgency == Urgency.URGENT),
        place=place_of(shift),
    )


def place_of(shift: Shift) -> LngLat | None:
    """Where the shift is, when that is known well enough to measure from."""
    site = shift.site
    return None if site.lng is None or site.lat is None else (site.lng, site.lat)
