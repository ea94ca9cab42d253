"""Groups and sign-ups of the demo: some shifts full with a waiting list, most still open."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from django.utils import timezone

from marketplace.organizations.models import Organization
from marketplace.shifts.models import Shift
from marketplace.signups.actions import sign_up
from marketplace.volunteers.actions import add_group_member, confirm_group, create_group, join_group
from marketplace.volunteers.models import Volunteer
from marketplace.workflow.refusals import Refused

from .names import word_of
from .people import Cast

GROUPS = 12
MEMBERS = 4
POPULAR = 4


class Signing:
    def __init__(self, chance: Random, cast: Cast) -> None:
        self.chance, self.cast = chance, cast

    def groups(self, bodies: list[Organization]) -> None:
        """group@ leads the first; members come from those who take part."""
        hosts = [body for body in bodies if body.status == "active"]
        leaders = [self.cast.leader, *self.cast.busy[: GROUPS - 1]]
        for number, leader in enumerate(leaders):
            self._group(leader, hosts[number % len(hosts)])

    def _group(self, leader: Volunteer, host: Organization) -> None:
        """Confirmed by its host; who was invited last has not answered yet."""
        asked = create_group(
            actor=leader.user,
            leader=leader,
            name=f"{word_of(host.short_name)}志愿队",
            host_organization=host,
            is_demo=True,
        )
        group = confirm_group(asked, actor=host.memberships.filter(ended_on=None)[0].user)
        others = [one for one in self.cast.busy if one != leader]
        for number, member in enumerate(self.chance.sample(others, min(5, len(others)))):
            invited = add_group_member(group, member, actor=leader.user)
            if number < MEMBERS:
                join_group(invited, actor=member.user)

    def signups(self, tick: Callable[[int], object]) -> int:
        """Those who take part sign up, for the popular shifts first. Returns how many sign-ups were made."""
        shifts = list(Shift.objects.findable(timezone.now()).with_parents().order_by("starts_at", "id"))
        popular, rest = shifts[:POPULAR], shifts[POPULAR:]
        made = 0
        for volunteer in self.cast.busy:
            wishes = [self.chance.choice(popular), *self.chance.sample(rest, min(3, len(rest)))]
            made += sum(self._try(shift, volunteer) for shift in wishes)
            tick(1)
        return made

    def _try(self, shift: Shift, volunteer: Volunteer) -> bool:
        """The rules decide here as everywhere."""
        try:
            sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True)
        except Refused:
            return False
        return True
