"""How good is the fit: reach, skill, urgency, deficit, as points that can be said in words.

Pure functions over given facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marketplace.geography.distance import great_circle_km
from marketplace.geography.travel import say_minutes, travel_minutes
from marketplace.geography.wording import say_distance

from .facts import PersonFacts, ShiftFacts

WEEKDAYS = (
    gettext_noop("周一"),
    gettext_noop("周二"),
    gettext_noop("周三"),
    gettext_noop("周四"),
    gettext_noop("周五"),
    gettext_noop("周六"),
    gettext_noop("周日"),
)


@dataclass(frozen=True)
class Weights:
    """The weights in force since 2026-11: defaults that generalised better than tuned ones in simulation."""

    reach: float = 1.0
    skill: float = 0.3
    urgency: float = 0.6
    deficit: float = 1.2
    preferred_time: float = 0.2


WEIGHTS = Weights()
HALF_REACH_MINUTES = 30
SHOW_UP_RATE = 0.8
URGENT_FACTOR = 3


@dataclass(frozen=True)
class Term:
    """One part of the score: its points, and how to say it (empty where there is nothing to say)."""

    code: str
    points: float
    said: str | Callable[[], str] = ""

    @property
    def words(self) -> str:
        """Made only when asked for: hundreds of candidates are ranked, a page of them is shown."""
        return self.said if isinstance(self.said, str) else self.said()


@dataclass(frozen=True)
class Score:
    terms: tuple[Term, ...]

    @property
    def total(self) -> float:
        return sum(term.points for term in self.terms)

    def reasons(self) -> list[str]:
        """The words of the terms, the largest first; equal ones in their fixed order."""
        worth = sorted((term for term in self.terms if term.points > 0), key=lambda term: -term.points)
        return [words for term in worth if (words := term.words)]


def score(person: PersonFacts, shift: ShiftFacts, weights: Weights = WEIGHTS) -> Score:
    """The fit of a person (or of an anonymous place) and a shift. Larger is better; hard rules are not asked here."""
    return Score(
        (
            reach_term(person, shift, weights.reach),
            skill_term(person, shift, weights.skill),
            urgency_term(shift, weights.urgency),
            deficit_term(shift, weights.deficit),
            time_term(person, shift, weights.preferred_time),
        )
    )


def reach_term(person: PersonFacts, shift: ShiftFacts, weight: float) -> Term:
    """30 minutes away is worth half of next door; unknown places are worth nothing and say nothing."""
    if person.place is None or shift.place is None:
        return Term("reach", 0.0, "")
    km = great_circle_km(person.place, shift.place)
    minutes = travel_minutes(km, (person.area_code, shift.area_code), person.journeys)
    points = weight * HALF_REACH_MINUTES / (HALF_REACH_MINUTES + minutes)
    return Term("reach", points, partial(_say_reach, km, minutes))


def _say_reach(km: float, minutes: int) -> str:
    return _("距 %(distance)s · %(minutes)s") % {"distance": say_distance(km), "minutes": say_minutes(minutes)}


def skill_term(person: PersonFacts, shift: ShiftFacts, weight: float) -> Term:
    """1 where every wanted skill is there, 0.6 where none is asked."""
    if not shift.skills:
        return Term("skill", weight * 0.6, "")
    known = [name for code, name in shift.skills.items() if code in person.skills]
    return Term("skill", weight * len(known) / len(shift.skills), partial(_say_skills, known) if known else "")


def _say_skills(names: list[str]) -> str:
    return _("会%(names)s") % {"names": "、".join(names)}


def urgency_term(shift: ShiftFacts, weight: float) -> Term:
    """Grows with urgency and with the weeks in which nobody came, up to eight."""
    unserved = min(shift.weeks_unserved, 8)
    value = 10 * (URGENT_FACTOR if shift.is_urgent else 1) * (1 + unserved / 8)
    return Term("urgency", weight * value / (value + 25), partial(_say_urgency, shift))


def _say_urgency(shift: ShiftFacts) -> str:
    if shift.weeks_unserved >= 2:
        return _("这里已 %(weeks)d 周没有人来") % {"weeks": shift.weeks_unserved}
    return _("需求紧急") if shift.is_urgent else ""


def deficit_term(shift: ShiftFacts, weight: float) -> Term:
    """What is still uncovered when people show up at the usual rate: nobody yet is worth most."""
    covered = SHOW_UP_RATE * shift.places_taken / shift.places
    return Term("deficit", weight * max(0.0, 1 - covered), "" if shift.places_taken else _say_nobody_yet)


def _say_nobody_yet() -> str:
    return _("还没有人报名")


def time_term(person: PersonFacts, shift: ShiftFacts, weight: float) -> Term:
    """Whether it falls into a time the person said to be free."""
    local = timezone.localtime(shift.starts_at)
    part = part_of(local.hour)
    if (local.weekday(), part) not in person.free_times:
        return Term("time", 0.0, "")
    return Term("time", weight, partial(_say_free_time, local.weekday(), part))


def _say_free_time(weekday: int, part: str) -> str:
    labels = {"morning": _("上午"), "afternoon": _("下午"), "evening": _("晚上")}
    return _("%(day)s%(part)s有空") % {"day": _(WEEKDAYS[weekday]), "part": labels[part]}


def part_of(hour: int) -> str:
    """Morning until noon, evening from six."""
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
