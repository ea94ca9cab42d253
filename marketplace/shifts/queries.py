"""Reads about shifts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from .models import Shift


def public_shift(pk: int) -> Shift:
    """A published shift with its parents. Raises Shift.DoesNotExist."""
    return Shift.objects.public().with_parents().prefetch_related("skills").get(pk=pk)


def upcoming_shifts(parent: Model, now: datetime) -> QuerySet[Shift]:
    """What people can still sign up for under this need, program or site."""
    return _of(parent).findable(now).with_parents().prefetch_related("skills")


def all_shifts(parent: Model) -> QuerySet[Shift]:
    """Every shift of this need, program or site by start, for those who run it."""
    return _of(parent).with_parents().prefetch_related("skills")


def adoptable_shifts(now: datetime) -> QuerySet[Shift]:
    """Shifts of published needs that no program has adopted yet."""
    return Shift.objects.findable(now).filter(program=None).with_parents().prefetch_related("skills")


def _of(parent: Any) -> Any:
    return Shift.objects.filter(
        **{{"servicesite": "site"}.get(parent._meta.model_name, parent._meta.model_name): parent}
    )
