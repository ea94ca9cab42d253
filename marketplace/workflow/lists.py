"""A desk's list kept to one status: the records that stay, and the chips to choose by."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Count, QuerySet, TextChoices

Q = TypeVar("Q", bound=QuerySet)


def status_counts(records: QuerySet) -> dict[str, int]:
    """How many of these records stand in each status; statuses without any are left out."""
    return dict(records.order_by().values_list("status").annotate(number=Count("pk")))


def kept_to_status(records: Q, chosen: str, statuses: type[TextChoices], *, all_url: str) -> tuple[Q, dict[str, Any]]:
    """The records of the chosen status, or all where it is none of `statuses`; with `chips` and `query` for the page.

    The chip that is on leads back to `all_url`.
    """
    chips = [
        {
            "label": status.label,
            "count": count,
            "is_on": status == chosen,
            "url": all_url if status == chosen else f"?status={status}",
        }
        for status, count in _counted(records, statuses)
    ]
    if chosen not in statuses:
        return records, {"chips": chips, "query": ""}
    return records.filter(status=chosen), {"chips": chips, "query": f"status={chosen}"}


def _counted(records: QuerySet, statuses: type[TextChoices]) -> list[tuple[Any, int]]:
    counts = status_counts(records)
    return [(status, counts[status]) for status in statuses if status in counts]
