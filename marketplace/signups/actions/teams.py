"""A leader signs up members of the team: places for all of them or for none, every rule asked of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.shifts.actions import take_places
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Volunteer, VolunteerGroup
from marketplace.workflow.refusals import Refused, refuse_if

from ..candidates import candidates
from ..models import SignUp
from ..queries import locked_with_demands
from ..rules import refuse_group
from .life import let_those_who_wait_go_first, write_signup


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
    if len(seen) < len(chosen):
        raise Refused(_("勾选的人里有的还不是队员，谁也没有报上。请刷新页面再选。"))
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
