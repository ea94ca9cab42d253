"""The categories of service that ship."""

from __future__ import annotations

import csv
from pathlib import Path

from .models import ServiceCategory

SOURCE = Path(__file__).resolve().parents[1] / "data" / "service_categories.csv"


def load_categories() -> int:
    """Add the categories of data/service_categories.csv that the table lacks; edited ones stay."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = [
            ServiceCategory(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                for_children=row["for_children"] == "1",
                for_elders=row["for_elders"] == "1",
                position=position,
            )
            for position, row in enumerate(csv.DictReader(file))
        ]
    ServiceCategory.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
