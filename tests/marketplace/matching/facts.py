"""People and shifts as plain facts, so that a test says only what it is about."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from marketplace.matching.facts import PersonFacts, ShiftFacts

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = (104.957, 26.540)


def at(text: str) -> datetime:
    """`2026-11-28 09:00`, Shanghai time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


SATURDAY_MORNING = ShiftFacts(
    shift_id=1, starts_at=at("2026-11-28 09:00"), ends_at=at("2026-11-28 11:30"), places=4, places_taken=0, place=HERE
)
ADULT = PersonFacts(is_adult=True, place=HERE)


def a_person(**changes) -> PersonFacts:
    return replace(ADULT, **changes)


def a_slot(**changes) -> ShiftFacts:
    return replace(SATURDAY_MORNING, **changes)
