"""Where a person stands with a shift: what its page says to them, and the one thing it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from marketplace.matching.facts import Obstacle
from marketplace.matching.queries import person_facts, required_clearances, shift_facts
from marketplace.matching.scoring import score
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Volunteer
from marketplace.volunteers.queries import ClearanceTask, clearance_tasks, volunteer_of

from .models import SignUp
from .queries import signup_for
from .rules import obstacles_between, refuse_shift


@dataclass(frozen=True)
class Standing:
    """`closed` says why nobody can sign up any more, `missing` what keeps this person, `waiting` how many wait."""

    volunteer: Volunteer | None
    signup: SignUp | None
    closed: str | None
    waiting: int
    missing: tuple[Obstacle, ...] = ()
    tasks: tuple[ClearanceTask, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def missing_count(self) -> int:
        """Each clearance that is not there counts for itself, everything else once."""
        return len(self.tasks) + sum(obstacle.code != "clearance" for obstacle in self.missing)


def standing_of(user: Any, shift: Shift, now: datetime) -> Standing:
    """In a fixed number of queries. `tasks` are only the clearances that are missing on the day of the shift."""
    volunteer = volunteer_of(user)
    signup = signup_for(user, shift) if volunteer else None
    closed, waiting = refuse_shift(shift, now), shift.signups.waiting().count()
    if volunteer is None or signup is not None or closed:
        return Standing(volunteer, signup, closed, waiting)
    missing = tuple(obstacles_between(volunteer, shift))
    return Standing(
        volunteer,
        signup,
        closed,
        waiting,
        missing=missing,
        tasks=_missing_tasks(volunteer, shift) if any(one.code == "clearance" for one in missing) else (),
        reasons=tuple(score(person_facts(volunteer), shift_facts(shift, required_clearances())).reasons()),
    )


def _missing_tasks(volunteer: Volunteer, shift: Shift) -> tuple[ClearanceTask, ...]:
    day = timezone.localtime(shift.starts_at).date()
    return tuple(task for task in clearance_tasks(volunteer, day) if not task.is_done)
