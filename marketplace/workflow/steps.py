"""The steps a page offers: which its record's status and the rules leave open to this person, and what each asks for.

Every package with a lifecycle writes its steps as one small table; its page shows `open_steps`, and its one view takes
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import can_proceed

from .refusals import refuse_if


@dataclass(frozen=True)
class Step:
    """One button. `slug` ends its address, `transition` is the model's method, `done` is said afterwards; `asks` is the
    question above the person's words, empty where the step takes none, and `reasons` are sentences to start from."""

    slug: str
    transition: str
    label: Any
    done: Any
    act: Callable[..., Any]
    refuse: Callable[[Any, Any], str | None]
    kind: str = ""
    asks: Any = ""
    reasons: tuple[Any, ...] = ()

    def is_open(self, record: models.Model, actor: Any) -> bool:
        """Whether the record's status and the rule let this person take it now."""
        return can_proceed(getattr(record, self.transition)) and self.refuse(record, actor) is None

    def take(self, record: models.Model, *, actor: Any, words: str = "") -> None:
        """Call the action. Raises Refused with the rule's sentence."""
        refuse_if(self.refuse(record, actor))
        if self.asks:
            self.act(record, actor=actor, remark=words)
        else:
            self.act(record, actor=actor)


def open_steps(record: models.Model, actor: Any, steps: Iterable[Step]) -> list[Step]:
    """The buttons of this record's page for this person, in the table's order."""
    return [step for step in steps if step.is_open(record, actor)]
