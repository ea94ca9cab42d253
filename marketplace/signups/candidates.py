"""Who of a team could come to a shift, as its leader sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from marketplace.matching.constraints import obstacles
from marketplace.matching.queries import people_facts, required_clearances, shift_facts
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import GroupMember, Volunteer, VolunteerGroup

from .models import SignUp
from .queries import shifts_held_by


@dataclass(frozen=True)
class Candidate:
    """A member as the leader sees them: signed up already, or with what keeps them from this shift."""

    volunteer: Volunteer
    signup: SignUp | None
    missing: tuple[str, ...]

    @property
    def may_come(self) -> bool:
        return self.signup is None and not self.missing


def candidates(group: VolunteerGroup, shift: Shift) -> list[Candidate]:
    """The members who said yes, in the order in which they joined, in a fixed number of queries."""
    agreed = Q(volunteer=group.leader_id) | Q(agreed_at__isnull=False)
    members = list(GroupMember.objects.filter(agreed, group=group).select_related("volunteer__user"))
    people = [member.volunteer for member in members]
    signups = {one.volunteer_id: one for one in SignUp.objects.active().filter(shift=shift, volunteer__in=people)}
    missing = _missing(people, shift)
    return [
        Candidate(
            volunteer=member.volunteer,
            signup=signups.get(member.volunteer_id),
            missing=missing[member.volunteer_id],
        )
        for member in members
    ]


def _missing(people: list[Volunteer], shift: Shift) -> dict[int, tuple[str, ...]]:
    facts = people_facts(people, shifts_held_by(people))
    wanted = shift_facts(shift, required_clearances())
    return {one.pk: tuple(found.sentence for found in obstacles(facts[one.pk], wanted)) for one in people}
