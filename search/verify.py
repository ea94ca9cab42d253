"""The index against the database, both ways, and the virtual tables against the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, models

from .backends.database.tables import PLACE, TEXT
from .entries import rows_of
from .models import SearchParent, SearchSlot
from .queries import indexed_shifts


@dataclass(frozen=True)
class Differences:
    """Keys of needs and programs, ids of shifts, names of virtual tables."""

    missing: tuple[tuple[str, int], ...] = ()
    stale: tuple[tuple[str, int], ...] = ()
    wrong: tuple[tuple[str, int], ...] = ()
    broken: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.wrong or self.broken)


def differences() -> Differences:
    """What a rebuild would add, take away and change."""
    parents, slots = rows_of(indexed_shifts())
    expected = _by_key([*parents, *slots])
    present = _by_key([*SearchParent.objects.all(), *SearchSlot.objects.all()])
    return Differences(
        missing=tuple(sorted(expected.keys() - present.keys())),
        stale=tuple(sorted(present.keys() - expected.keys())),
        wrong=tuple(sorted(key for key in expected.keys() & present.keys() if expected[key] != present[key])),
        broken=tuple(_broken_tables()),
    )


def _by_key(rows: Iterable[models.Model]) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row._meta.model_name or "", row.pk): _values(row) for row in rows}


def _values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _broken_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rtreecheck('search_place')")
        broken = [] if cursor.fetchone() == ("ok",) else [PLACE]
        try:
            cursor.execute("INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            broken.append(TEXT)
    return broken
