"""Wrong settings and a broken index stop the start, with a hint that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from marketplace.volunteers.models import Skill

from .backends.database.tables import has_index, wrong_tables
from .models import SKILL_BITS, SearchParent
from .text import analysis_version


@register(Tags.database)
def check_index(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The database's list of tables and triggers against the expected one; only asked with --database."""
    return [message for alias in databases or [] for message in _check(alias)]


def _check(alias: str) -> list[CheckMessage]:
    if connections[alias].vendor != "sqlite":
        hint = "Leave DATABASE_URL unset, or point it to a SQLite file."
        return [Error("The database search works on SQLite.", hint=hint, id="search.E001")]
    if not has_index(alias):
        return []
    found: list[CheckMessage] = [
        Error(
            f"{name} is missing in database {alias} or is not as expected.",
            hint="Run manage.py migrate.",
            id="search.E002",
        )
        for name in wrong_tables(alias)
    ]
    if SearchParent.objects.using(alias).exclude(analysis=analysis_version()).exists():
        found.append(
            Warning(
                "Texts in the index were cut by another analysis.",
                hint="Run manage.py search_rebuild.",
                id="search.W003",
            )
        )
    if Skill.objects.using(alias).count() > SKILL_BITS:
        hint = "Merge skills, or widen SearchSlot.skill_mask."
        found.append(Error(f"The index holds {SKILL_BITS} skills and there are more.", hint=hint, id="search.E004"))
    return found
