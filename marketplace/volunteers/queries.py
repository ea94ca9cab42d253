"""Reads about volunteers: their clearance as a task list, their free times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from marketplace.privacy.enums import Purpose
from marketplace.privacy.models import Consent

from .enums import ClearanceResult, EvidenceStatus
from .models import Clearance, ClearanceKind, Kinship, Season, Volunteer, VolunteerGroup

Spans = dict[str, tuple[tuple[date, date], ...]]
OpenSpans = dict[str, tuple[tuple[date, date | None], ...]]


@dataclass(frozen=True)
class ClearanceTask:
    """`latest` is what was recorded last; `valid_until` is the end of the pass that holds on the day asked for."""

    kind: ClearanceKind
    latest: Clearance | None
    valid_until: date | None

    @property
    def is_done(self) -> bool:
        return self.valid_until is not None


def volunteer_of(user: Any) -> Volunteer | None:
    """The person's volunteer profile, with what the pages need of it."""
    if not user.is_authenticated:
        return None
    return (
        Volunteer.objects.filter(user=user)
        .select_related("user", "base_area")
        .prefetch_related("skills", "availability", "clearances__kind")
        .first()
    )


def groups_led_by(user: Any) -> QuerySet[VolunteerGroup]:
    """The groups this person leads, with their members."""
    return (
        VolunteerGroup.objects.filter(leader__user=user)
        .select_related("host_organization")
        .prefetch_related(Prefetch("members", Volunteer.objects.select_related("user")))
    )


def volunteers_of_area(user: Any, name: str = "") -> QuerySet[Volunteer]:
    """The volunteers this person's staff roles reach, by name; `name` keeps those whose display name holds it."""
    return (
        Volunteer.objects.visible_to(user)
        .filter(user__display_name__icontains=name.strip())
        .select_related("user", "base_area__parent")
        .prefetch_related(Prefetch("clearances", Clearance.objects.select_related("kind", "recorded_by")))
        .order_by("user__display_name", "id")
    )


def cleared_kinds(volunteer: Volunteer, day: date) -> set[str]:
    """Codes of the clearances that hold on `day`."""
    return {code for code, spans in clearance_spans(volunteer).items() if _valid_until(spans, day)}


def required_kinds() -> list[str]:
    """Codes of the clearances that serving children takes today."""
    return list(ClearanceKind.objects.filter(is_required=True).values_list("code", flat=True))


def clearance_spans(volunteer: Volunteer) -> Spans:
    """Code → (first day, last day) of each pass that counts; a later 未通过 of the same kind ends the earlier ones."""
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for clearance in sorted(volunteer.clearances.all(), key=lambda one: (one.checked_on, one.pk)):
        code = clearance.kind.code
        if clearance.result == ClearanceResult.CLEAR:
            spans[code].append((clearance.checked_on, clearance.valid_until))
        elif clearance.result == ClearanceResult.NOT_CLEAR:
            spans[code] = []
    return {code: tuple(found) for code, found in spans.items()}


def evidence_spans(volunteer: Volunteer) -> OpenSpans:
    """Skill's code → (day of the check, last day or None) of each paper that was accepted."""
    spans: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for paper in volunteer.evidence.all():
        if paper.status == EvidenceStatus.ACCEPTED and paper.checked_on:
            spans[paper.skill.code].append((paper.checked_on, paper.valid_until))
    return {code: tuple(found) for code, found in spans.items()}


def guardian_spans(users: Iterable[int]) -> dict[int, tuple[tuple[date, date], ...]]:
    """User's pk → the days for which their guardian agreed: a season's, from the day on which it was said at the
    earliest. Two queries for any number of people."""
    consents = Consent.objects.filter(subject__in=users, purpose=Purpose.MINOR_SERVICE, withdrawn_at=None)
    agreed = list(consents.exclude(valid_until=None).values_list("subject", "given_at", "valid_until"))
    seasons = dict(Season.objects.values_list("ends_on", "starts_on")) if agreed else {}
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for user, given_at, until in agreed:
        given_on, last = timezone.localdate(given_at), timezone.localdate(until)
        spans[user].append((max(given_on, seasons.get(last, given_on)), last))
    return {user: tuple(found) for user, found in spans.items()}


def kin_of(volunteers: Iterable[int]) -> dict[int, frozenset[int]]:
    """Volunteer's pk → those with whom either side declared to be related. One query for any number of people."""
    asked = set(volunteers)
    is_named = Q(declaration__volunteer__in=asked) | Q(other__in=asked)
    pairs = Kinship.objects.filter(is_named).exclude(other=None).values_list("declaration__volunteer", "other")
    kin: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        kin[one].add(other)
        kin[other].add(one)
    return {volunteer: frozenset(kin[volunteer]) for volunteer in asked}


def clearance_tasks(volunteer: Volunteer, day: date) -> list[ClearanceTask]:
    """What is there and what is missing to serve children on `day`, in the order in which it is done."""
    latest: dict[int, Clearance] = {}
    for clearance in volunteer.clearances.all():
        latest.setdefault(clearance.kind_id, clearance)
    spans = clearance_spans(volunteer)
    return [
        ClearanceTask(kind, latest.get(kind.pk), _valid_until(spans.get(kind.code, ()), day))
        for kind in ClearanceKind.objects.filter(is_required=True)
    ]


def _valid_until(spans: tuple[tuple[date, date], ...], day: date) -> date | None:
    return max((last for first, last in spans if first <= day <= last), default=None)
