"""Hits from FTS5, the R*Tree and the narrow table of slots: one statement finds all slots that match."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connection

from marketplace.geography.distance import LngLat

from ...masks import Bits, skill_bits
from ...models import SearchParent
from ...query import PAGE_SIZE, Candidate, Found, SearchQuery
from ...text import groups_of, parts_of
from .grouping import Row, best_rows
from .statements import all_of, any_of, statement


class SqliteBackend:
    """The index in SQLite (see interface.SearchBackend)."""

    def find(self, query: SearchQuery, *, origin: LngLat | None, now: datetime, wanted: int) -> Found:
        """See SearchBackend.find."""
        bits = skill_bits()
        groups = groups_of(query.text)
        rows = _rows(query, all_of(groups), origin, now, bits)
        others: list[Row] = []
        if groups and query.page == 1 and len(rows) < PAGE_SIZE:
            found = {row.slot.parent_id for row in rows}
            close = _rows(query, any_of(parts_of(query.text)), origin, now, bits)
            others = [row for row in close if row.slot.parent_id not in found][: PAGE_SIZE - len(rows)]
        return Found(
            total=len(rows),
            candidates=_candidates(rows[:wanted], bool(groups)),
            loose=[replace(one, is_loose=True) for one in _candidates(others, bool(groups))],
        )


def _rows(query: SearchQuery, expression: str, origin: LngLat | None, now: datetime, bits: Bits) -> list[Row]:
    """The best slot of every need and program that matches."""
    sql, values = statement(query, expression, now, bits)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        fetched = cursor.fetchall()
    limit_km = query.near.km if query.near else None
    return best_rows(fetched, origin=origin, limit_km=limit_km, sort=query.sort, bits=bits)


def _candidates(rows: list[Row], is_text_asked: bool) -> list[Candidate]:
    """The rows as candidates, with the words of their texts where a text was asked for."""
    words: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    if is_text_asked:
        parents = SearchParent.objects.filter(pk__in=[row.slot.parent_id for row in rows])
        for key, title, tokens in parents.values_list("pk", "title_words", "tokens"):
            words[key] = frozenset(title.split()), frozenset(tokens.split())
    nothing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    return [Candidate(row.slot, row.km, *words.get(row.slot.parent_id, nothing)) for row in rows]
