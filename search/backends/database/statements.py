"""SQLite's statements: a question becomes one SELECT of all slots that match. Pure.

The R*Tree only narrows: its numbers are rounded outwards to 32 bits, and the great circle decides who is inside.
"""
# Statements are put together from constants of this file, values are always bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from marketplace.geography.distance import box_around
from marketplace.geography.point import Box

from ...masks import Bits, mask_of
from ...query import Near, SearchQuery
from ...text import Groups

Clauses = list[tuple[str, list[Any]]]

COLUMNS = "s.shift_id, s.parent_id, s.lng, s.lat, s.starts, s.ends, s.places, s.places_left, s.skill_mask, s.is_urgent"
# CROSS JOIN keeps SQLite from probing the text index once for each row of the other side.
FROM_TEXT = f"""WITH texts AS MATERIALIZED (
SELECT rowid AS id, bm25(search_text) AS rank FROM search_text WHERE search_text MATCH %s)
SELECT {COLUMNS}, texts.rank FROM texts CROSS JOIN search_searchslot s ON s.parent_id = texts.id"""
FROM_PLACE = f"SELECT {COLUMNS}, 0.0 FROM search_place p CROSS JOIN search_searchslot s ON s.shift_id = p.id"
FROM_SLOTS = f"SELECT {COLUMNS}, 0.0 FROM search_searchslot s"
# So much wider than the circle that no rounding cuts off its border.
MARGIN_KM = 0.01


def statement(query: SearchQuery, expression: str, now: datetime, bits: Bits) -> tuple[str, list[Any]]:
    """The SELECT and its values. `expression` is for FTS5; empty means that no text is asked for."""
    clauses = _conditions(query, now, bits)
    source, first = FROM_SLOTS, []
    if expression:
        source, first = FROM_TEXT, [expression]
    elif query.near and query.near.km is not None:
        source = FROM_PLACE
        clauses += _place_conditions(_box(query.near), _seconds(query.starts_from or now))
    where = " AND ".join(clause for clause, _values in clauses)
    return f"{source} WHERE {where}", [*first, *(value for _clause, values in clauses for value in values)]


def all_of(groups: Groups) -> str:
    """An FTS5 expression: every group, each by any of its alternatives, each of these by all of its words."""
    return " AND ".join(f"({' OR '.join(f'({_all(words)})' for words in group)})" for group in groups)


def any_of(words: Iterable[str]) -> str:
    return " OR ".join(map(_quoted, words))


def _all(words: Iterable[str]) -> str:
    return " AND ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _conditions(query: SearchQuery, now: datetime, bits: Bits) -> Clauses:
    """What must hold of one and the same slot."""
    asked: list[tuple[object, str, list[Any]]] = [
        (True, "s.starts > %s", [now.timestamp()]),
        (query.starts_from, "s.starts >= %s", [_seconds(query.starts_from)]),
        (query.starts_before, "s.starts < %s", [_seconds(query.starts_before)]),
        (query.part, "s.part = %s", [query.part]),
        (query.without_clearance, "NOT s.needs_clearance", []),
        (query.skills, "s.skill_mask & %s <> 0", [mask_of(query.skills, bits)]),
        (query.categories, _any("s.category = %s", query.categories), sorted(query.categories)),
        (query.area_prefixes, _any("s.area_code LIKE %s", query.area_prefixes), _patterns(query.area_prefixes)),
        (query.places, "s.places_left >= %s", [query.places]),
        (query.kinds, _any("s.kind = %s", query.kinds), sorted(query.kinds)),
    ]
    clauses: Clauses = [(clause, values) for is_asked, clause, values in asked if is_asked]
    if query.near and query.near.km is not None:
        box = _box(query.near)
        edges = [box.min_lng, box.max_lng, box.min_lat, box.max_lat]
        clauses.append(("s.lng BETWEEN %s AND %s AND s.lat BETWEEN %s AND %s", edges))
    return clauses


def _place_conditions(box: Box, first: float) -> Clauses:
    edges = [box.min_lng, box.max_lng, box.min_lat, box.max_lat]
    return [("p.east >= %s AND p.west <= %s AND p.north >= %s AND p.south <= %s AND p.last >= %s", [*edges, first])]


def _box(near: Near) -> Box:
    return box_around(near.place, (near.km or 0.0) + MARGIN_KM)


def _any(clause: str, values: Iterable[str]) -> str:
    return f"({' OR '.join(clause for _value in values)})"


def _patterns(prefixes: Iterable[str]) -> list[str]:
    return [f"{prefix}%" for prefix in sorted(prefixes)]


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
