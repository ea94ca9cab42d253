"""Two cleared adults who are no relatives at every shift with children: nobody is alone with them.

Who is related was declared by each volunteer and recorded by staff; of whom nothing is recorded counts as a relative
of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.matching.pairs import ADULTS_AT_CHILDRENS_SHIFTS, unrelated_adults
from marketplace.matching.queries import people_facts, required_clearances, shift_facts
from marketplace.shifts.models import Shift

from .queries import people_confirmed


def adults_missing(shifts: Iterable[Shift]) -> dict[int, int]:
    """How many adults each of these shifts lacks (0 where no children come), in a fixed number of queries."""
    shifts = list(shifts)
    missing = {shift.pk: 0 for shift in shifts}
    guarded = [shift for shift in shifts if shift.clearance_required]
    if not guarded:
        return missing
    coming = defaultdict(list)
    signups = list(people_confirmed(guarded))
    facts, clearances = people_facts({one.volunteer for one in signups}), required_clearances()
    for signup in signups:
        coming[signup.shift_id].append(facts[signup.volunteer_id])
    for shift in guarded:
        found = unrelated_adults(coming[shift.pk], shift_facts(shift, clearances))
        missing[shift.pk] = ADULTS_AT_CHILDRENS_SHIFTS - found
    return missing


def say_adults_missing(count: int) -> str:
    """What lacks, without names; empty where nothing does."""
    if not count:
        return ""
    return ngettext(
        "还差 %(count)d 名通过审查、互不是亲属的成人", "还差 %(count)d 名通过审查、互不是亲属的成人", count
    ) % {"count": count}


def refuse_without_adults(shift: Shift) -> str | None:
    """A shift with children has no roster and is not held before two unrelated adults come."""
    missing = adults_missing([shift])[shift.pk]
    if not missing:
        return None
    return _(
        "%(missing)s，这一场还不能举行，也没有名单。请邀请通过审查的志愿者报名；已经报名的人如果还没有登记亲属关系，请在「我的资料」里申报，由乡镇（街道）登记。"
    ) % {"missing": say_adults_missing(missing)}
