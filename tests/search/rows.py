"""Rows of the index without a marketplace behind them."""

from django.utils import timezone

from search.models import SearchParent, SearchSlot
from search.query import Candidate, Slot
from search.text import analysis_version

A_DAY = 86_400


def a_parent(key: int, *, tokens: str = "英语", title_words: str = "") -> SearchParent:
    return SearchParent.objects.create(id=key, title_words=title_words, tokens=tokens, analysis=analysis_version())


def a_slot(shift_id: int, parent: SearchParent, **fields) -> SearchSlot:
    """In three days, with one place, in 双水街道."""
    starts = int(timezone.now().timestamp()) + 3 * A_DAY
    values = {
        "kind": "program" if parent.pk % 2 else "need",
        "category": "tutoring",
        "area_code": "520204002005",
        "lng": 104.957,
        "lat": 26.540,
        "starts": starts,
        "ends": starts + 7200,
        "part": "morning",
        "places": 3,
        "places_left": 3,
        "skill_mask": 0,
        "needs_clearance": False,
        "is_urgent": False,
    }
    return SearchSlot.objects.create(shift_id=shift_id, parent=parent, **{**values, **fields})


def a_candidate(key: int = 2, *, title: str = "", words: str = "", km: float | None = None, **slot) -> Candidate:
    """A candidate as a backend would propose it; its slot starts in three days."""
    starts = int(timezone.now().timestamp()) + 3 * A_DAY
    values = {
        "shift_id": key * 10,
        "parent_id": key,
        "lng": 104.957,
        "lat": 26.540,
        "starts": starts,
        "ends": starts + 7200,
        "places": 3,
        "places_left": 3,
        "skills": frozenset(),
        "is_urgent": False,
    }
    return Candidate(Slot(**{**values, **slot}), km, frozenset(title.split()), frozenset(words.split()))
