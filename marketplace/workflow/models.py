"""What people wrote when they took a step, and which days are working days."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Remark", "WorkDay"]


class Remark(models.Model):
    """A person's own words about a step. Apart from Event, because free text can name people and an event can't be unwritten."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    event_id = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("说明"))
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return self.text


class WorkDay(models.Model):
    """A day on which the calendar departs from Monday to Friday: a holiday, or a weekend day that is worked."""

    on = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("是否上班"))
    name = models.CharField(_("名称"), max_length=40, blank=True)
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
