"""The work calendar that ships: the official holidays of the years already published."""

from __future__ import annotations

import csv
from pathlib import Path

from .models import WorkDay

SOURCE = Path(__file__).resolve().parents[1] / "data" / "work_days.csv"


def load_work_days() -> int:
    """Add the days of data/work_days.csv that the table lacks; a day that staff edited stays as they left it."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        days = [
            WorkDay(on=row["on"], is_workday=row["is_workday"] == "1", name=row["name"], source=row["source"])
            for row in csv.DictReader(file)
        ]
    WorkDay.objects.bulk_create(days, ignore_conflicts=True)
    return len(days)
