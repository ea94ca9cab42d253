"""How long a journey takes: a known time where there is one, else an estimate. Always said with 约."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from django.utils.translation import gettext as _

# Mountain roads: about 25 km/h along the straight line.
MINUTES_PER_STRAIGHT_KM = 2.4

# What is known of a township holds for its villages; a county is too wide for that.
TOWNSHIP_CODE_LENGTH = 9

Journey = tuple[str, str]


def straight_line_minutes(km: float) -> int:
    """Whole minutes for so many straight kilometres, rounded up, at least one."""
    # Rounded first: 12.000000000000002 is twelve minutes, not thirteen.
    return max(1, ceil(round(km * MINUTES_PER_STRAIGHT_KM, 6)))


def travel_minutes(km: float, journey: Journey, known: Mapping[Journey, int]) -> int:
    """Whole minutes between two divisions (`journey`: their codes): the known time, else an estimate for `km`."""
    return known_minutes(journey, known) or straight_line_minutes(km)


def known_minutes(journey: Journey, known: Mapping[Journey, int]) -> int | None:
    """The known time between two divisions, or between the townships they belong to; it counts in both directions."""
    pairs = [(start, end) for start in _upwards(journey[0]) for end in _upwards(journey[1])] if known else []
    both = (known.get(pair) or known.get(pair[::-1]) for pair in pairs)
    return next((minutes for minutes in both if minutes), None)


def _upwards(code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((code, code[:TOWNSHIP_CODE_LENGTH])))


def say_minutes(minutes: int) -> str:
    """「约 15 分钟」, from an hour on 「约 1 小时 5 分钟」."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("约 %(minutes)d 分钟") % {"minutes": rest}
    if not rest:
        return _("约 %(hours)d 小时") % {"hours": hours}
    return _("约 %(hours)d 小时 %(minutes)d 分钟") % {"hours": hours, "minutes": rest}
