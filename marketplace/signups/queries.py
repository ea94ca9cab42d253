"""Reads about sign-ups: what a person holds, who comes to a shift, who may receive them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.organizations.models import Organization
from marketplace.organizations.queries import members_of
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Volunteer

from .enums import HOLDING, SignUpStatus
from .models import SignUp, SignUpQuerySet


def locked_with_demands(shift: Shift) -> Shift:
    """The shift as it is now, locked, with all that the rules ask of it: few queries while others wait."""
    return Shift.objects.select_for_update(of=("self",)).with_parents().with_demands().get(pk=shift.pk)


def held_shifts(volunteer: Volunteer) -> QuerySet[Shift]:
    """The shifts to which the person has promised to come."""
    return Shift.objects.filter(signups__volunteer=volunteer, signups__status__in=HOLDING).select_related("site__area")


def shifts_held_by(volunteers: Iterable[Volunteer]) -> dict[int, list[Shift]]:
    """The same of several people, by the volunteers' pk, in one query."""
    held: dict[int, list[Shift]] = defaultdict(list)
    for signup in SignUp.objects.holding().filter(volunteer__in=volunteers).select_related("shift__site__area"):
        held[signup.volunteer_id].append(signup.shift)
    return held


def promises_ahead(volunteer: Volunteer, now: datetime) -> QuerySet[SignUp]:
    """The person's places in shifts to come."""
    return (
        SignUp.objects.holding()
        .filter(volunteer=volunteer, shift__starts_at__gt=now)
        .select_related("volunteer__user", "volunteer__base_area", "shift__site__area", "shift__need", "shift__program")
    )


def signups_of(user: Any) -> SignUpQuerySet:
    """A person's own sign-ups by start; `ahead` counts those before them in the waiting list."""
    return _with_shifts(SignUp.objects.visible_to(user))


def signups_of_people(volunteers: Iterable[Volunteer], now: datetime) -> QuerySet[SignUp]:
    """The sign-ups still to come of several people, by start."""
    alive = SignUp.objects.active().filter(volunteer__in=volunteers, shift__ends_at__gt=now)
    return (
        _with_shifts(alive)
        .select_related("volunteer__user")
        .prefetch_related("shift__skills", "shift__languages", "shift__program__insurances")
    )


def _with_shifts(signups: SignUpQuerySet) -> SignUpQuerySet:
    return (
        signups.select_related("shift__site__area", "shift__need", "shift__program__organization", "volunteer")
        .annotate(ahead=_people_ahead())
        .order_by("shift__starts_at", "id")
    )


def _people_ahead() -> Coalesce:
    """How many wait for the same shift and came earlier."""
    earlier = Q(joined_at__lt=OuterRef("joined_at")) | Q(joined_at=OuterRef("joined_at"), pk__lt=OuterRef("pk"))
    waiting = SignUp.objects.waiting().filter(earlier, shift=OuterRef("shift")).order_by()
    return Coalesce(Subquery(waiting.values("shift").annotate(people=Count("pk")).values("people")), 0)


def coming_signups(user: Any, now: datetime) -> QuerySet[SignUp]:
    """Those still to come."""
    return signups_of(user).active().filter(shift__ends_at__gt=now)


def past_signups(user: Any, now: datetime) -> QuerySet[SignUp]:
    """What is over, the latest first: past shifts, and what ended before its time."""
    return signups_of(user).exclude(Q(pk__in=SignUp.objects.active().filter(shift__ends_at__gt=now))).reverse()


def signup_for(user: Any, shift: Shift) -> SignUp | None:
    """The person's latest sign-up for this shift that counts: alive, or with its outcome."""
    kept = signups_of(user).filter(shift=shift).exclude(status__in=(SignUpStatus.WITHDRAWN, SignUpStatus.CANCELLED))
    return kept.order_by("-id").first()


def first_answer(signup: SignUp) -> dict[str, Any]:
    """`status` and `position` (in the waiting list, from 1) as the person was told them first: what a repeat answers again."""
    made = Event.objects.about(signup).order_by("pk")[:1].get()
    return {"status": made.verb.partition(".")[2], "position": made.details.get("position")}


def expected_people(shift: Shift) -> QuerySet[SignUp]:
    """Who has a place: coming, was there, or was missed."""
    return (
        shift.signups.filter(status__in=(*HOLDING, SignUpStatus.ATTENDED, SignUpStatus.NO_SHOW))
        .select_related("volunteer__user__phone_identity", "volunteer__base_area")
        .order_by("joined_at", "id")
    )


def people_confirmed(shifts: Iterable[Shift]) -> QuerySet[SignUp]:
    """Who comes or came to these shifts, offers that nobody answered yet left out."""
    counted = (SignUpStatus.CONFIRMED, SignUpStatus.ATTENDED, SignUpStatus.NO_SHOW)
    return SignUp.objects.filter(shift__in=list(shifts), status__in=counted).select_related("volunteer")


def childrens_shifts(start: datetime, end: datetime) -> QuerySet[Shift]:
    """Open, public shifts with children that begin between the two moments."""
    shifts = Shift.objects.open().public().filter(clearance_required=True, starts_at__gt=start, starts_at__lte=end)
    return shifts.with_parents().with_demands()


def people_running(shift: Shift) -> list[User]:
    """Who is told about a shift: the keepers of the place and the organization's people, else who raised the need."""
    keepers = User.objects.filter(kept_sites__site=shift.site, kept_sites__ended_on=None, is_active=True)
    people = {user.pk: user for user in keepers}
    if shift.program:
        people |= {one.user_id: one.user for one in members_of(shift.program.organization)}
    if not people and shift.need:
        people[shift.need.raised_by_id] = shift.need.raised_by
    return list(people.values())


def waiting_people(shift: Shift) -> QuerySet[SignUp]:
    return shift.signups.waiting().select_related("volunteer__user")


def shifts_received_by(user: Any) -> QuerySet[Shift]:
    """Published shifts at sites this person speaks for, or of a program of their organization."""
    sites = ServiceSite.objects.spoken_for_by(user).values("pk")
    organizations = Organization.objects.of_member(user).values("pk")
    return Shift.objects.public().filter(Q(site__in=sites) | Q(program__organization__in=organizations)).with_parents()


def shifts_to_account_for(sites: QuerySet[ServiceSite], now: datetime) -> QuerySet[Shift]:
    """Shifts at these sites that are over, with people of whom nobody wrote down whether they were there."""
    waiting = SignUp.objects.filter(shift=OuterRef("pk"), status=SignUpStatus.CONFIRMED)
    return Shift.objects.public().filter(Exists(waiting), site__in=sites, ends_at__lte=now).with_parents()


def expired_offers(now: datetime) -> QuerySet[SignUp]:
    return SignUp.objects.filter(status=SignUpStatus.OFFERED, offer_ends_at__lte=now)
