"""The desk of a group's leader: the team, and where its people are going."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from marketplace.signups.models import SignUp
from marketplace.signups.queries import signups_of_people
from marketplace.volunteers.models import VolunteerGroup
from marketplace.volunteers.queries import groups_led_by


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    """For those who lead at least one group."""
    groups = list(groups_led_by(user))
    if not groups:
        return None
    return {"groups": [_card(group, now) for group in groups], "now": now}


def _card(group: VolunteerGroup, now: datetime) -> dict[str, Any]:
    members = list(group.members.all())
    return {"group": group, "members": members, "shifts": _by_shift(signups_of_people(members, now))}


def _by_shift(signups: Any) -> list[dict[str, Any]]:
    """Each shift once, with those of the group who signed up for it."""

    def shift_of(signup: SignUp) -> tuple[datetime, int]:
        return signup.shift.starts_at, signup.shift_id

    grouped = (list(found) for _moment, found in groupby(sorted(signups, key=shift_of), key=shift_of))
    return [{"shift": found[0].shift, "signups": found} for found in grouped]
