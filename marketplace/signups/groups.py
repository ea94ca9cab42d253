"""A leader signs up members of the team: places for all of them or for none, every rule asked of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.matching.constraints import obstacles
from marketplace.matching.queries import people_facts, required_clearances, shift_facts
from marketplace.shifts.actions import take_places
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import GroupMember, Volunteer, VolunteerGroup
from marketplace.workflow.refusals import Refused, refuse_if

from .actions import let_those_who_wait_go_first, write_signup
from .models import SignUp
from .queries import locked_with_demands, shifts_held_by
from .rules import refuse_shift


@dataclass(frozen=True)
class Candidate:
    """A member as the leader sees them: signed up already, not agreed yet, or with what keeps them from this shift."""

    volunteer: Volunteer
    signup: SignUp | None
    has_agreed: bool
    missing: tuple[str, ...]

    @property
    def may_come(self) -> bool:
        return self.signup is None and self.has_agreed and not self.missing


def candidates(group: VolunteerGroup, shift: Shift) -> list[Candidate]:
    """The members in the order in which they joined, in a fixed number of queries."""
    members = list(GroupMember.objects.filter(group=group).select_related("volunteer__user"))
    people = [member.volunteer for member in members]
    signups = {one.volunteer_id: one for one in SignUp.objects.active().filter(shift=shift, volunteer__in=people)}
    missing = _missing(people, shift)
    return [
        Candidate(
            volunteer=member.volunteer,
            signup=signups.get(member.volunteer_id),
            has_agreed=_has_agreed(member, group),
            missing=missing[member.volunteer_id],
        )
        for member in members
    ]


def _has_agreed(member: GroupMember, group: VolunteerGroup) -> bool:
    return member.agreed_at is not None or member.volunteer_id == group.leader_id


def _missing(people: list[Volunteer], shift: Shift) -> dict[int, tuple[str, ...]]:
    facts = people_facts(people, shifts_held_by(people))
    wanted = shift_facts(shift, required_clearances())
    return {one.pk: tuple(found.sentence for found in obstacles(facts[one.pk], wanted)) for one in people}


@transaction.atomic
def sign_up_group(
    group: VolunteerGroup,
    shift: Shift,
    *,
    members: Iterable[Volunteer],
    actor: Any,
    acknowledged_risks: bool,
    key: str = "",
    now: datetime | None = None,
) -> list[SignUp]:
    """So many places at once or none. The same `key` again returns the first answer."""
    fresh = locked_with_demands(shift)
    chosen = sorted({member.pk for member in members})
    list(Volunteer.objects.select_for_update().filter(pk__in=chosen).order_by("pk"))
    moment = now or timezone.now()
    if first := _first_answer(key, fresh, actor):
        return first
    seen = [one for one in candidates(group, fresh) if one.volunteer.pk in chosen]
    refuse_if(refuse_group(group, fresh, seen, actor, acknowledged_risks, moment))
    let_those_who_wait_go_first(fresh, moment)
    if not take_places(fresh, len(seen)):
        fresh.refresh_from_db(fields=["places_taken"])
        raise Refused(
            _("这一场只剩 %(left)d 个名额，不够 %(people)d 人，谁也没有报上。请少选几位，或者换一场。")
            % {"left": fresh.places_left, "people": len(seen)}
        )
    return [
        write_signup(
            fresh,
            one.volunteer,
            actor=actor,
            has_place=True,
            key=f"{key}:{one.volunteer.pk}" if key else "",
            now=moment,
            group=group,
        )
        for one in seen
    ]


def _first_answer(key: str, shift: Shift, actor: Any) -> list[SignUp]:
    first = list(SignUp.objects.filter(made_by=actor, idempotency_key__startswith=f"{key}:")) if key else []
    if any(signup.shift_id != shift.pk for signup in first):
        raise Refused(_("这个页面已经用过了，请刷新后再报名。"))
    return first


def refuse_group(
    group: VolunteerGroup, shift: Shift, chosen: list[Candidate], actor: Any, acknowledged_risks: bool, now: datetime
) -> str | None:
    """The shift's own rules first, then everything that keeps one of the members from it, by name."""
    if group.leader.user_id != actor.pk:
        return _("由队长为团队报名。")
    if sentence := refuse_shift(shift, now):
        return sentence
    if not chosen:
        return _("还差一步：请至少勾选一位队员。")
    if shift.risk_disclosure and not acknowledged_risks:
        return _("还差一步：请把风险提示告诉每位队员，并勾选「每位队员都已了解以上风险」。")
    return " ".join(sentence for one in chosen if (sentence := _refuse_member(one))) or None


def _refuse_member(one: Candidate) -> str | None:
    if one.may_come:
        return None
    if one.signup:
        said = _("已经报过名了。")
    elif not one.has_agreed:
        said = _("还没有同意加入团队。")
    else:
        said = "".join(one.missing)
    return _("%(name)s：%(said)s") % {"name": one.volunteer, "said": said}
