"""Versions of the privacy notice: which one somebody agreed to is written into their consent."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "data" / "privacy_notices.csv"


@dataclass(frozen=True)
class Notice:
    version: str
    published_on: date
    what_changed: str


@lru_cache(maxsize=1)
def notices() -> tuple[Notice, ...]:
    """All versions, the newest first."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = [
            Notice(row["version"], date.fromisoformat(row["published_on"]), row["what_changed"])
            for row in csv.DictReader(file)
        ]
    return tuple(reversed(rows))


def current_notice() -> Notice:
    """The one that holds."""
    return notices()[0]
