"""The clock looks at shifts with children a day before they begin: do two unrelated adults come?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.messaging.actions import tell
from marketplace.shifts.actions import flag_short_of_adults
from marketplace.shifts.models import Shift
from marketplace.workflow.wording import say_when

from ..adults import adults_missing, say_adults_missing
from ..queries import childrens_shifts, people_running

# How long before the start somebody is told, while there is still time to find one more.
WARNED_BEFORE = timedelta(hours=24)


def flag_short_shifts(now: datetime | None = None) -> int:
    """The clock looks at what begins within a day: flags what lacks adults, and takes the flag off again. Returns how
    many changed."""
    moment = now or timezone.now()
    shifts = list(childrens_shifts(moment, moment + WARNED_BEFORE))
    missing = adults_missing(shifts)
    return sum(_flag(shift, missing[shift.pk], moment) for shift in shifts)


@transaction.atomic
def _flag(shift: Shift, missing: int, now: datetime) -> bool:
    changed = flag_short_of_adults(shift, is_short=bool(missing), now=now)
    if changed and missing:
        for person in people_running(shift):
            _warn(person, shift, missing)
    return changed


def _warn(person: Any, shift: Shift, missing: int) -> None:
    tell(
        person,
        lambda: _("快到了，还缺成人：%(title)s") % {"title": shift.title},
        body=lambda: "\n".join(
            (
                say_when(shift.starts_at, shift.ends_at),
                str(shift.site),
                _("%(missing)s。开始前还没有的话，这一场不能举行，请尽快邀请，或者改期、取消。")
                % {"missing": say_adults_missing(missing)},
            )
        ),
        link=f"/shifts/{shift.pk}/",
        urgent=True,
    )
