"""What goes when a set of records goes: everything that can't stand without them, whatever table it is in.

A row that only mentions one of them (its link may be empty) stays, without the link. History has no links and stays whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction

Model = type[models.Model]
AT_ONCE = 500


class Removal:
    """Collects by table what goes and which links are emptied, then does it in one transaction."""

    def __init__(self) -> None:
        self.going: dict[Model, set[Any]] = defaultdict(set)

    def add(self, records: models.QuerySet[Any]) -> None:
        """These records, and all that rests on them."""
        waiting = [(records.model, set(records.values_list("pk", flat=True)))]
        while waiting:
            model, keys = waiting.pop()
            fresh = keys - self.going[model]
            self.going[model] |= fresh
            if fresh:
                waiting += [(link.model, self._resting_on(link, fresh)) for link in links_to(model) if _carries(link)]

    def _resting_on(self, link: Any, keys: set[Any]) -> set[Any]:
        rows = (link.model._base_manager.filter(**{f"{link.name}__in": some}) for some in _parts(keys))
        return {key for found in rows for key in found.values_list("pk", flat=True)}

    def counts(self) -> dict[str, int]:
        """How many rows go, by the table's name."""
        return {model._meta.label: len(keys) for model, keys in self.going.items() if keys}

    @transaction.atomic
    def carry_out(self) -> None:
        """Rows first, then the links of those that stay; foreign keys are compared when the transaction ends."""
        for model, keys in self.going.items():
            for some in _parts(keys):
                rows = model._base_manager.filter(pk__in=some)
                rows._raw_delete(rows.db)
        for model, keys in self.going.items():
            for link in links_to(model):
                if not _carries(link):
                    for some in _parts(keys):
                        link.model._base_manager.filter(**{f"{link.name}__in": some}).update(**{link.name: None})


def links_to(model: Model) -> list[Any]:
    """The foreign keys of all tables, of hidden ones too, that point to this one."""
    related: list[Any] = list(model._meta.get_fields(include_hidden=True))
    return [found.field for found in related if found.auto_created and not found.concrete and _is_key(found)]


def _is_key(found: Any) -> bool:
    return bool(found.one_to_many or found.one_to_one) and found.field.model._meta.managed


def _carries(link: Any) -> bool:
    """Whether a row can't stay when the record its link names goes."""
    return link.remote_field.on_delete is models.CASCADE or not link.null


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(keys)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
