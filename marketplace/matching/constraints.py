"""May this person serve this shift? The one place for hard rules: sign-up, cards, proposals and planner all ask it.

Each rule is pure and gives an obstacle or None; `obstacles` gives all of them, so that a person sees everything that is
missing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.geography.distance import great_circle_km
from marketplace.geography.travel import straight_line_minutes
from marketplace.workflow.wording import say_when

from .facts import Commitment, Obstacle, PersonFacts, ShiftFacts

Rule = Callable[[PersonFacts, ShiftFacts], Obstacle | None]


def needs_adult(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """Shifts with personal risk, and all that take a clearance, are for adults (志愿服务条例 §15: 与年龄相适应)."""
    if person.is_adult or not shift.adults_only:
        return None
    return Obstacle("age", _("这个场次需要年满 18 岁。"))


def needs_clearance(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """Every required clearance holds on the day of service (未成年人保护法 §62)."""
    day = timezone.localtime(shift.starts_at).date()
    last = timezone.localtime(shift.ends_at).date()
    missing = [
        name
        for code, name in shift.clearances.items()
        if not any(first <= day and last <= until for first, until in person.clearances.get(code, ()))
    ]
    if not missing:
        return None
    return Obstacle(
        "clearance", _("还差 %(count)d 项：%(names)s。") % {"count": len(missing), "names": "、".join(missing)}
    )


def needs_skill(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    missing = [name for code, name in shift.skills.items() if code not in person.skills]
    if not missing:
        return None
    return Obstacle("skill", _("需要会：%(names)s。会的话请在「我的资料」里勾选。") % {"names": "、".join(missing)})


def fits_calendar(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """No overlap with what is promised already, the way between the two places included."""
    for held in person.commitments:
        if held.shift_id != shift.shift_id and _clash(held, shift):
            return Obstacle(
                "overlap",
                _("与您已报名的 %(when)s 时间冲突（含路上时间）。") % {"when": say_when(held.starts_at, held.ends_at)},
            )
    return None


def _clash(held: Commitment, shift: ShiftFacts) -> bool:
    way = timedelta()
    if held.place and shift.place:
        way = timedelta(minutes=straight_line_minutes(great_circle_km(held.place, shift.place)))
    return held.starts_at < shift.ends_at + way and shift.starts_at < held.ends_at + way


SAFEGUARDING: tuple[Rule, ...] = (needs_adult, needs_clearance)
RULES: tuple[Rule, ...] = (*SAFEGUARDING, needs_skill, fits_calendar)


def obstacles(person: PersonFacts, shift: ShiftFacts, rules: tuple[Rule, ...] = RULES) -> list[Obstacle]:
    """Everything that keeps the person from this shift, in the order in which it is best mended."""
    found = (rule(person, shift) for rule in rules)
    return [obstacle for obstacle in found if obstacle]
