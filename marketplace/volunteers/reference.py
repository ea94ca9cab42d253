"""The skills and the kinds of clearance that ship; the latter carry their source and stay editable."""

from __future__ import annotations

import csv
from pathlib import Path

from .models import ClearanceKind, Skill

DATA = Path(__file__).resolve().parents[1] / "data"


def load_skills() -> int:
    """Add the skills of data/skills.csv and the kinds of data/clearance_kinds.csv that the tables lack; edited ones stay."""
    skills = [
        Skill(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            needs_evidence=row["needs_evidence"] == "1",
            position=position,
        )
        for position, row in enumerate(_rows("skills.csv"))
    ]
    kinds = [
        ClearanceKind(**{**row, "valid_months": int(row["valid_months"]), "position": position})
        for position, row in enumerate(_rows("clearance_kinds.csv"))
    ]
    Skill.objects.bulk_create(skills, ignore_conflicts=True)
    ClearanceKind.objects.bulk_create(kinds, ignore_conflicts=True)
    return len(skills) + len(kinds)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
