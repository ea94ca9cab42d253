"""Append-only by the database itself: changing or deleting an event is refused, on PostgreSQL emptying the table too.

Installed after every migrate, because SQLite silently drops triggers when a later migration rebuilds a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import Warning, register
from django.db import connections

TABLE = "marketplace_event"
# INSERT OR REPLACE takes a row away without firing the triggers of DELETE, so a number that is taken is refused too.
GUARDED = {
    "update": "UPDATE ON {table}",
    "delete": "DELETE ON {table}",
    "replace": "INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
}
SQLITE = {
    f"{TABLE}_no_{name}": f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{name} BEFORE {moment.format(table=TABLE)} "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    for name, moment in GUARDED.items()
}
POSTGRES = f"""
CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$;
CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse();
CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse();
"""
EXPECTED = {"sqlite": set(SQLITE), "postgresql": {f"{TABLE}_no_change", f"{TABLE}_no_truncate"}}


def install_triggers(using: str = "default", **_: Any) -> None:
    """Make the triggers where they are missing (a post_migrate receiver)."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES)
        else:
            for statement in SQLITE.values():
                cursor.execute(statement)


def installed_triggers(using: str = "default") -> set[str]:
    """Names of the triggers that guard the table of events in this database."""
    connection = connections[using]
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor], [TABLE])
        return {row[0] for row in cursor.fetchall()}


@register("database")
def check_triggers(databases: Sequence[str] | None = None, **_: Any) -> list[Warning]:
    """The database's list of triggers against the expected one; only asked with --database."""
    missing = [
        (alias, name)
        for alias in databases or []
        if TABLE in connections[alias].introspection.table_names()
        for name in sorted(EXPECTED[connections[alias].vendor] - installed_triggers(alias))
    ]
    return [
        Warning(f"Trigger {name} is missing in database {alias}.", hint="Run manage.py migrate.", id="history.W001")
        for alias, name in missing
    ]
