"""Shift, with its places counted in the row that a sign-up updates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField

from .enums import ShiftStatus

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Shift"]


class ShiftQuerySet(models.QuerySet["Shift"]):
    def open(self) -> ShiftQuerySet:
        return self.filter(status=ShiftStatus.OPEN)

    def public(self) -> ShiftQuerySet:
        """Those whose need or program was published; a draft's shifts are nobody else's business."""
        return self.filter(published_at__isnull=False)

    def future(self, now: datetime) -> ShiftQuerySet:
        return self.filter(starts_at__gt=now)

    def findable(self, now: datetime) -> ShiftQuerySet:
        """What search may show: open, public and still to come, at a site that is open."""
        return self.open().public().future(now).filter(site__status="open")

    def with_parents(self) -> ShiftQuerySet:
        return self.select_related("site__area__parent", "need__category", "program__organization", "program__category")

    def with_demands(self) -> ShiftQuerySet:
        """With what serving there takes of a person, as matching asks it."""
        return self.prefetch_related("skills", "languages", "program__insurances")


class Shift(models.Model):
    site = models.ForeignKey("marketplace.ServiceSite", on_delete=models.PROTECT, related_name="shifts")
    need = models.ForeignKey("marketplace.Need", null=True, blank=True, on_delete=models.PROTECT, related_name="shifts")
    program = models.ForeignKey(
        "marketplace.Program", null=True, blank=True, on_delete=models.PROTECT, related_name="shifts"
    )
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    places = models.PositiveSmallIntegerField(_("名额"))
    places_taken = models.PositiveSmallIntegerField(default=0)
    task = models.CharField(_("做什么"), max_length=60, blank=True)
    skills = models.ManyToManyField("marketplace.Skill", blank=True, related_name="+", verbose_name=_("需要会什么"))
    languages = models.ManyToManyField("marketplace.Language", blank=True, related_name="+", verbose_name=_("需要会说"))
    clearance_required = models.BooleanField(_("需要通过审查"), default=False)
    adults_only = models.BooleanField(_("限成年人"), default=False)
    status = StatusField(default=ShiftStatus.OPEN, choices=ShiftStatus.choices)
    short_of_adults_at = models.DateTimeField(
        null=True, blank=True, help_text="When the clock found fewer than two cleared, unrelated adults."
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["status", "starts_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(need__isnull=False) | Q(program__isnull=False), name="shift_has_parent"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=Q(places_taken__lte=F("places")), name="shift_never_oversold"),
            models.CheckConstraint(condition=Q(places__gte=1), name="shift_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def area_code(self) -> str:
        return self.site.area_code

    @property
    def parent(self) -> Any:
        """The program it is found under, or the need where no program adopted it."""
        return self.program or self.need

    @property
    def title(self) -> str:
        return self.parent.title

    @property
    def risk_disclosure(self) -> str:
        return self.parent.risk_disclosure

    @property
    def risk_version(self) -> int:
        return self.parent.risk_version

    @property
    def places_left(self) -> int:
        return self.places - self.places_taken

    @property
    def is_full(self) -> bool:
        return self.places_taken >= self.places

    @transition(status, source=ShiftStatus.OPEN, target=ShiftStatus.CANCELLED)
    def cancelled(self) -> None:
        """It won't happen."""

    @transition(status, source=ShiftStatus.OPEN, target=ShiftStatus.HELD)
    def held(self) -> None:
        """It took place."""
