"""The desk of a group's leader: the team, and where its people are going."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from marketplace.matching.constraints import SAFEGUARDING, obstacles
from marketplace.matching.queries import person_facts, required_clearances, shift_facts
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.signups.queries import signups_of_people
from marketplace.volunteers.models import Volunteer, VolunteerGroup
from marketplace.volunteers.queries import groups_led_by, volunteer_of


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    """For those who lead at least one group."""
    groups = list(groups_led_by(user))
    leader = volunteer_of(user)
    if not groups or leader is None:
        return None
    return {"groups": [_card(group, leader, now) for group in groups], "now": now}


def _card(group: VolunteerGroup, leader: Volunteer, now: datetime) -> dict[str, Any]:
    agreed = {member.volunteer_id for member in group.groupmember_set.all() if member.agreed_at}
    members = [one for one in group.members.all() if one.pk in agreed]
    return {"group": group, "members": members, "shifts": _by_shift(signups_of_people(members, now), leader)}


def _by_shift(signups: Iterable[SignUp], leader: Volunteer) -> list[dict[str, Any]]:
    """Each shift once, with those of the group who signed up for it.

    Who goes to children is named only to a leader who is cleared for that day, like on the roster (未成年人保护法 §62).
    """

    def shift_of(signup: SignUp) -> tuple[datetime, int]:
        return signup.shift.starts_at, signup.shift_id

    person, clearances = person_facts(leader), required_clearances()

    def may_know(shift: Shift) -> bool:
        return not shift.clearance_required or not obstacles(person, shift_facts(shift, clearances), SAFEGUARDING)

    grouped = (list(found) for _moment, found in groupby(sorted(signups, key=shift_of), key=shift_of))
    return [{"shift": found[0].shift, "signups": found, "are_named": may_know(found[0].shift)} for found in grouped]
