"""FTS5 and R*Tree beside the index's ordinary tables, kept equal to them by triggers.

Installed after every migrate, because SQLite silently drops triggers when a later migration rebuilds a table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TEXT, PLACE = "search_text", "search_place"
PARENT, SLOT = "search_searchparent", "search_searchslot"

_ADD_TEXT = "INSERT INTO search_text (rowid, tokens) VALUES (new.id, new.tokens);"
_DROP_TEXT = "INSERT INTO search_text (search_text, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
_ADD_PLACE = (
    "INSERT INTO search_place SELECT new.shift_id, new.lng, new.lng, new.lat, new.lat, new.starts, new.starts "
    "WHERE new.lng IS NOT NULL;"
)
_DROP_PLACE = "DELETE FROM search_place WHERE id = old.shift_id;"


def _trigger(name: str, event: str, table: str, body: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END"


# What the database must hold, word for word. A slot without a point is in no R*Tree, so no distance ever finds it.
EXPECTED = {
    TEXT: (
        "CREATE VIRTUAL TABLE search_text USING fts5(tokens, content='search_searchparent', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0')"
    ),
    PLACE: "CREATE VIRTUAL TABLE search_place USING rtree(id, west, east, south, north, first, last)",
    "search_text_add": _trigger("search_text_add", "INSERT", PARENT, _ADD_TEXT),
    "search_text_drop": _trigger("search_text_drop", "DELETE", PARENT, _DROP_TEXT),
    "search_text_change": _trigger("search_text_change", "UPDATE OF id, tokens", PARENT, f"{_DROP_TEXT} {_ADD_TEXT}"),
    "search_place_add": _trigger("search_place_add", "INSERT", SLOT, _ADD_PLACE),
    "search_place_drop": _trigger("search_place_drop", "DELETE", SLOT, _DROP_PLACE),
    "search_place_change": _trigger(
        "search_place_change", "UPDATE OF shift_id, lng, lat, starts", SLOT, f"{_DROP_PLACE} {_ADD_PLACE}"
    ),
}
REFILL = (
    "INSERT INTO search_text (search_text) VALUES ('rebuild')",
    "DELETE FROM search_place",
    "INSERT INTO search_place SELECT shift_id, lng, lng, lat, lat, starts, starts FROM search_searchslot "
    "WHERE lng IS NOT NULL",
    "ANALYZE search_searchparent",
    "ANALYZE search_searchslot",
)


def install_tables(using: str = "default", **_: Any) -> None:
    """Make what is missing or of an older form, then fill it from the ordinary tables (a post_migrate receiver)."""
    if not has_index(using) or not (wrong := wrong_tables(using)):
        return
    with connections[using].cursor() as cursor:
        for name in wrong:
            kind = "TABLE" if name in (TEXT, PLACE) else "TRIGGER"
            cursor.execute(f"DROP {kind} IF EXISTS {name}")
        for name in wrong:
            cursor.execute(EXPECTED[name])
    refill(using)


def has_index(using: str = "default") -> bool:
    """Whether this is a SQLite database in which the index's ordinary tables exist."""
    connection = connections[using]
    return connection.vendor == "sqlite" and {PARENT, SLOT} <= set(connection.introspection.table_names())


def wrong_tables(using: str = "default") -> list[str]:
    """Names of the tables and triggers that are missing or not in their expected form, tables first."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
        found = dict(cursor.fetchall())
    return [name for name, sql in EXPECTED.items() if found.get(name) != sql]


def refill(using: str = "default") -> None:
    """FTS5 and R*Tree anew from the ordinary tables, and fresh statistics for the planner."""
    with connections[using].cursor() as cursor:
        for statement in REFILL:
            cursor.execute(statement)
