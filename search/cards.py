"""Hits as cards: what, where and how far, when, places left, why, and the one thing this person can do. A fixed number
of queries for any number of hits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.geography.travel import straight_line_minutes
from marketplace.matching.constraints import obstacles
from marketplace.matching.facts import PersonFacts
from marketplace.matching.queries import NOBODY, person_facts, required_clearances, shift_facts
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.signups.queries import held_shifts
from marketplace.volunteers.queries import volunteer_of

from .query import Hit

# The card says distance and minutes in a line of their own.
SAID_ELSEWHERE = frozenset({"reach"})


@dataclass(frozen=True)
class Seeker:
    """Who is looking: somebody unknown, or a volunteer with what they can, where they live and what they promised."""

    facts: PersonFacts = NOBODY
    is_volunteer: bool = False
    home: str = ""


def seeker_of(user: Any) -> Seeker:
    volunteer = volunteer_of(user)
    if volunteer is None:
        return Seeker()
    return Seeker(person_facts(volunteer, held_shifts(volunteer)), True, volunteer.base_area.name)


@dataclass(frozen=True)
class Card:
    """As components/card.html draws it."""

    title: str
    url: str
    place: str
    place_note: str
    distance_km: float | None
    minutes: int | None
    start: datetime
    end: datetime
    places_left: int
    reasons: list[str]
    pin: int | None
    is_loose: bool
    action_label: str
    action_url: str
    action_kind: str = ""
    note: str = ""
    status_label: str = ""


def cards_of(hits: Iterable[Hit], shifts: dict[int, Shift], seeker: Seeker, user: Any) -> list[Card]:
    """Cards of the hits whose shift the database still shows, in the hits' order."""
    shown = [(hit, shifts[hit.shift_id]) for hit in hits if hit.shift_id in shifts]
    signups = _signups(shifts, user) if seeker.is_volunteer else {}
    clearances = required_clearances() if seeker.is_volunteer else {}
    return [_card(hit, shift, **_offer(shift, seeker, clearances, signups.get(shift.pk))) for hit, shift in shown]


def address_of(shift: Shift) -> str:
    """The page of the program or need that the shift is found under."""
    return reverse("program", args=[shift.program_id]) if shift.program_id else reverse("need", args=[shift.need_id])


def minutes_of(hit: Hit) -> int | None:
    return None if hit.km is None else straight_line_minutes(hit.km)


def _card(hit: Hit, shift: Shift, **offer: str) -> Card:
    site = shift.site
    said = [term for term in sorted(hit.score.terms, key=lambda term: -term.points) if term.words and term.points > 0]
    return Card(
        title=shift.title,
        url=address_of(shift),
        place=site.name,
        place_note="" if site.has_point else _("位置待核实"),
        distance_km=hit.km,
        minutes=minutes_of(hit),
        start=shift.starts_at,
        end=shift.ends_at,
        places_left=shift.places_left,
        reasons=[term.words for term in said if term.code not in SAID_ELSEWHERE],
        pin=site.pk if site.has_point else None,
        is_loose=hit.is_loose,
        **offer,
    )


def _offer(shift: Shift, seeker: Seeker, clearances: dict[str, str], signup: SignUp | None) -> dict[str, str]:
    """The one button, or in words why it is another one."""
    page = reverse("shift", args=[shift.pk])
    if signup is not None:
        label = str(signup.get_status_display())
        return {"action_label": _("查看报名"), "action_url": page, "action_kind": "secondary", "status_label": label}
    missing = obstacles(seeker.facts, shift_facts(shift, clearances)) if seeker.is_volunteer else []
    if missing:
        note = " ".join(obstacle.sentence for obstacle in missing)
        return {"action_label": _("查看要求"), "action_url": page, "action_kind": "secondary", "note": note}
    return {"action_label": _("加入候补") if shift.is_full else _("报名"), "action_url": page}


def _signups(shifts: Iterable[int], user: Any) -> dict[int, SignUp]:
    own = SignUp.objects.visible_to(user).active().filter(shift__in=list(shifts))
    return {signup.shift_id: signup for signup in own}
