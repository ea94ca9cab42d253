"""The skills, languages, kinds of clearance and seasons that ship; each stays editable, and edited ones stay."""

from __future__ import annotations

import csv
from pathlib import Path

from .models import ClearanceKind, Language, Season, Skill

DATA = Path(__file__).resolve().parents[1] / "data"


def load_skills() -> int:
    """Add the skills of data/skills.csv and the kinds of data/clearance_kinds.csv that the tables lack."""
    skills = [
        Skill(**{**row, "needs_evidence": row["needs_evidence"] == "1", "position": position})
        for position, row in enumerate(_rows("skills.csv"))
    ]
    kinds = [
        ClearanceKind(**{**row, "valid_months": int(row["valid_months"]), "position": position})
        for position, row in enumerate(_rows("clearance_kinds.csv"))
    ]
    Skill.objects.bulk_create(skills, ignore_conflicts=True)
    ClearanceKind.objects.bulk_create(kinds, ignore_conflicts=True)
    return len(skills) + len(kinds)


def load_languages() -> int:
    """Add the languages of data/languages.csv that the table lacks."""
    languages = [Language(**row, position=position) for position, row in enumerate(_rows("languages.csv"))]
    return len(Language.objects.bulk_create(languages, ignore_conflicts=True))


def load_seasons() -> int:
    """Add the school terms of data/seasons.csv that the table lacks, holidays included, one after the other."""
    return len(Season.objects.bulk_create([Season(**row) for row in _rows("seasons.csv")], ignore_conflicts=True))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
