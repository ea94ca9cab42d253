"""The timeline of a record: who, when, what, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from marketplace.history.models import Event

from .models import Remark


@dataclass(frozen=True)
class TimelineEntry:
    at: datetime
    verb: str
    actor: Any
    role: str
    remark: str


def timeline(record: models.Model) -> list[TimelineEntry]:
    """What happened to this record, oldest first, in three queries."""
    events = list(Event.objects.about(record))
    actors = get_user_model().objects.in_bulk({event.actor_id for event in events if event.actor_id})
    remarks = {
        remark.event_id: remark.text
        for remark in Remark.objects.filter(subject_type=record._meta.model_name, subject_id=record.pk)
    }
    return [
        TimelineEntry(event.at, event.verb, actors.get(event.actor_id), event.actor_role, remarks.get(event.pk, ""))
        for event in events
    ]


def story(record: models.Model, words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The timeline for components/timeline.html, newest first, as far as `words` (verb → label) has words for it."""
    return [
        {"what": words[entry.verb], "who": entry.actor or _("系统"), "at": entry.at, "why": entry.remark}
        for entry in reversed(timeline(record))
        if entry.verb in words
    ]


def last_remark(record: models.Model) -> str:
    """The newest words written about this record, or an empty string."""
    remark = Remark.objects.filter(subject_type=record._meta.model_name, subject_id=record.pk).last()
    return remark.text if remark else ""
