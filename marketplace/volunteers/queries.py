"""Reads about volunteers: their clearance as a task list, their free times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.sealing import keyed_hash
from marketplace.privacy.enums import Purpose
from marketplace.privacy.models import Consent
from marketplace.workflow.models import Remark

from .enums import AgeGroup, ClearanceResult, EvidenceStatus, RestrictionKind
from .models import (
    Clearance,
    ClearanceKind,
    GroupMember,
    Kinship,
    KinshipDeclaration,
    Season,
    SkillEvidence,
    Volunteer,
    VolunteerGroup,
)

RECORDERS = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)

Spans = dict[str, tuple[tuple[date, date], ...]]
OpenSpans = dict[str, tuple[tuple[date, date | None], ...]]


@dataclass(frozen=True)
class ClearanceTask:
    """`latest` is what was recorded last; `valid_until` is the end of the pass that holds on the day asked for."""

    kind: ClearanceKind
    latest: Clearance | None
    valid_until: date | None
    ends_soon: bool = False

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
        .prefetch_related("skills", "languages", "availability", "clearances__kind")
        .first()
    )


def groups_led_by(user: Any) -> QuerySet[VolunteerGroup]:
    """The groups this person leads, with their members, those who were only invited among them."""
    return (
        VolunteerGroup.objects.filter(leader__user=user)
        .select_related("host_organization")
        .prefetch_related(Prefetch("members", Volunteer.objects.select_related("user")), "groupmember_set")
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
    soon = day + timedelta(days=settings.WARN_OF_ENDING_PASS_DAYS)
    held = {code: _valid_until(found, day) for code, found in spans.items()}
    return [
        ClearanceTask(kind, latest.get(kind.pk), until := held.get(kind.code), until is not None and until <= soon)
        for kind in ClearanceKind.objects.filter(is_required=True)
    ]


def _valid_until(spans: tuple[tuple[date, date], ...], day: date) -> date | None:
    return max((last for first, last in spans if first <= day <= last), default=None)


def passes_ending_by(first: date, last: date) -> list[Clearance]:
    """Passes of kinds required today that end between the two days, where the person holds none that lasts longer."""
    later = Clearance.objects.filter(
        volunteer=OuterRef("volunteer"), kind=OuterRef("kind"), checked_on__gte=OuterRef("checked_on")
    ).filter(Q(result=ClearanceResult.CLEAR, valid_until__gt=last) | Q(result=ClearanceResult.NOT_CLEAR))
    ending = Clearance.objects.filter(
        ~Exists(later), result=ClearanceResult.CLEAR, kind__is_required=True, valid_until__range=(first, last)
    )
    return list(ending.select_related("volunteer__user", "volunteer__base_area", "kind").order_by("pk"))


def volunteers_by_contact() -> dict[str, int]:
    """Keyed hash of every phone number and e-mail address that volunteers sign in with → the volunteer's pk."""
    people = Volunteer.objects.values_list("pk", "user__email", "user__phone_identity__number_hash")
    found: dict[str, int] = {}
    for pk, email, phone_hash in people:
        found |= {keyed_hash(email): pk} if email else {}
        found |= {phone_hash: pk} if phone_hash else {}
    return found


def evidence_of(volunteer: Volunteer) -> QuerySet[SkillEvidence]:
    """The person's papers, the newest first."""
    return volunteer.evidence.select_related("skill", "document", "volunteer__user", "volunteer__base_area")


def remarks_on(papers: Iterable[SkillEvidence]) -> dict[int, str]:
    """Paper's pk → the last words of those who checked it, in one query."""
    remarks = Remark.objects.filter(subject_type="skillevidence", subject_id__in=[paper.pk for paper in papers])
    return dict(remarks.order_by("pk").values_list("subject_id", "text"))


def evidence_read_by(user: Any) -> QuerySet[SkillEvidence]:
    """One's own, and for those who check papers the ones of their area."""
    read = Q(volunteer__user=user)
    for prefix in user.area_prefixes(*RECORDERS):
        read |= Q(volunteer__base_area__code__startswith=prefix)
    return SkillEvidence.objects.filter(read).select_related(
        "skill", "document", "volunteer__user", "volunteer__base_area__parent"
    )


def evidence_checked_by(user: Any) -> QuerySet[SkillEvidence]:
    """What this person may decide on: never their own."""
    return evidence_read_by(user).exclude(volunteer__user=user)


def evidence_to_check(user: Any) -> QuerySet[SkillEvidence]:
    """What waits for this person, the oldest first."""
    return evidence_checked_by(user).filter(status=EvidenceStatus.SUBMITTED).order_by("pk")


def declarations_to_record(user: Any) -> QuerySet[KinshipDeclaration]:
    """Declarations of the area that nobody has recorded, the oldest first; never one's own."""
    covered = Q(pk__in=())
    for prefix in user.area_prefixes(*RECORDERS):
        covered |= Q(volunteer__base_area__code__startswith=prefix)
    waiting = KinshipDeclaration.objects.filter(covered, recorded_on=None).exclude(volunteer__user=user)
    return waiting.select_related("volunteer__user", "volunteer__base_area__parent").order_by("declared_at", "pk")


def seasons_ahead(today: date) -> QuerySet[Season]:
    """The season that runs and the ones to come."""
    return Season.objects.filter(ends_on__gte=today)


def groups_of(user: Any) -> QuerySet[VolunteerGroup]:
    """Groups this person leads, belongs to, was invited to, or must confirm."""
    of_theirs = Q(members__user=user) | Q(
        host_organization__memberships__user=user, host_organization__memberships__ended_on=None
    )
    members = GroupMember.objects.select_related("volunteer__user")
    return (
        VolunteerGroup.objects.filter(of_theirs)
        .select_related("host_organization", "leader__user")
        .prefetch_related(Prefetch("groupmember_set", members))
        .distinct()
    )


def fit_for_children(volunteers: Iterable[Volunteer], day: date) -> dict[int, bool]:
    """Volunteer's pk → whether they may serve children that day. Only yes or no: why not is the person's own business.
    The same number of queries for any number of people."""
    numbers = [one.pk for one in volunteers]
    required = set(required_kinds())
    people = Volunteer.objects.filter(pk__in=numbers).prefetch_related("clearances__kind", "restrictions")
    return {one.pk: _is_fit(one, required, day) for one in people}


def _is_fit(volunteer: Volunteer, required: set[str], day: date) -> bool:
    kept_from = any(
        one.kind in (RestrictionKind.EVERYTHING, RestrictionKind.CHILDREN)
        and one.starts_on <= day
        and (one.ends_on is None or day <= one.ends_on)
        for one in volunteer.restrictions.all()
    )
    return volunteer.age_group == AgeGroup.ADULT and not kept_from and required <= cleared_kinds(volunteer, day)
