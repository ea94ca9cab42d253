"""What is wrong with the index, with a hint that says what to do."""

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
    """The database's list of tables and triggers against the expected one; only asked with --database.

    What a migrate mends is a warning: an error would stop the very migrate that brings a new form of them.
    """
    return [message for alias in databases or [] for message in _check(alias)]


def _check(alias: str) -> list[CheckMessage]:
    if connections[alias].vendor != "sqlite":
        hint = "Leave DATABASE_URL unset, or point it to a SQLite file."
        return [Error("The database search works on SQLite.", hint=hint, id="search.E001")]
    if not has_index(alias):
        return []
    found: list[CheckMessage] = [
        Warning(f"{name} is missing or outdated in {alias}.", hint="Run manage.py migrate.", id="search.W002")
        for name in wrong_tables(alias)
    ]
    if SearchParent.objects.using(alias).exclude(analysis=analysis_version()).exists():
        hint = "Run manage.py search_rebuild."
        found.append(Warning("Texts in the index were cut by another analysis.", hint=hint, id="search.W003"))
    if Skill.objects.using(alias).count() > SKILL_BITS:
        hint = "Merge skills, or widen SearchSlot.skill_mask."
        found.append(Warning(f"The index holds {SKILL_BITS} skills and there are more.", hint=hint, id="search.W004"))
    return found
