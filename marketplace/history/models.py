"""The table of events. No foreign keys: an event outlives what it tells of, and no row can be changed or taken away."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Event"]


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, record: models.Model) -> EventQuerySet:
        """What happened to this record."""
        return self.filter(subject_type=record._meta.model_name, subject_id=record.pk)


class Event(models.Model):
    at = models.DateTimeField(_("时间"), db_index=True)
    verb = models.CharField(_("事项"), max_length=60, db_index=True, help_text="noun.verb_in_the_past: need.published")
    actor_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=20, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    area_code = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=40, blank=True, help_text="A code, never a person's own words.")
    details = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
