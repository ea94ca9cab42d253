"""Reads about sign-ups: what a person holds, who comes to a shift."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Volunteer

from .enums import HOLDING, SignUpStatus
from .models import SignUp


def held_shifts(volunteer: Volunteer) -> QuerySet[Shift]:
    """The shifts to which the person has promised to come."""
    return Shift.objects.filter(signups__volunteer=volunteer, signups__status__in=HOLDING).select_related("site__area")


def signups_of(user: Any) -> QuerySet[SignUp]:
    """A person's own sign-ups by start."""
    return (
        SignUp.objects.visible_to(user)
        .select_related("shift__site__area", "shift__need", "shift__program__organization", "volunteer")
        .order_by("shift__starts_at", "id")
    )


def coming_signups(user: Any, now: datetime) -> QuerySet[SignUp]:
    """Those still to come."""
    return signups_of(user).active().filter(shift__ends_at__gt=now)


def expected_people(shift: Shift) -> QuerySet[SignUp]:
    """Who has a place: coming, was there, or was missed."""
    return (
        shift.signups.filter(status__in=(*HOLDING, SignUpStatus.ATTENDED, SignUpStatus.NO_SHOW))
        .select_related("volunteer__user__phone_identity", "volunteer__base_area")
        .order_by("joined_at", "id")
    )


def waiting_people(shift: Shift) -> QuerySet[SignUp]:
    return shift.signups.waiting().select_related("volunteer__user")


def position_of(signup: SignUp) -> int:
    """Place in the waiting list, 1 for the next."""
    ahead = Q(joined_at__lt=signup.joined_at) | Q(joined_at=signup.joined_at, pk__lt=signup.pk)
    return signup.shift.signups.waiting().filter(ahead).count() + 1


def signup_for(user: Any, shift: Shift) -> SignUp | None:
    """The person's living sign-up for this shift."""
    if not user.is_authenticated:
        return None
    return SignUp.objects.visible_to(user).active().filter(shift=shift).first()


def expired_offers(now: datetime) -> QuerySet[SignUp]:
    return SignUp.objects.filter(status=SignUpStatus.OFFERED, offer_ends_at__lte=now)
