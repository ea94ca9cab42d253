"""SignUp: one person, one shift. At most one is alive at a time, by the database's own word."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField

from .enums import ACTIVE, HOLDING, SignUpStatus

__all__ = ["SignUp"]


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def active(self) -> SignUpQuerySet:
        return self.filter(status__in=ACTIVE)

    def holding(self) -> SignUpQuerySet:
        return self.filter(status__in=HOLDING)

    def waiting(self) -> SignUpQuerySet:
        """The waiting list in its order."""
        return self.filter(status=SignUpStatus.WAITLISTED).order_by("joined_at", "id")

    def visible_to(self, user: Any) -> SignUpQuerySet:
        """One's own."""
        return self.filter(volunteer__user=user) if user.is_authenticated else self.none()


class SignUp(models.Model):
    shift = models.ForeignKey("marketplace.Shift", on_delete=models.PROTECT, related_name="signups")
    volunteer = models.ForeignKey("marketplace.Volunteer", on_delete=models.PROTECT, related_name="signups")
    group = models.ForeignKey(
        "marketplace.VolunteerGroup", null=True, blank=True, on_delete=models.SET_NULL, related_name="signups"
    )
    status = StatusField(default=SignUpStatus.CONFIRMED, choices=SignUpStatus.choices)
    joined_at = models.DateTimeField(_("报名时间"))
    offer_ends_at = models.DateTimeField(null=True, blank=True)
    risk_version = models.PositiveSmallIntegerField(default=0, help_text="Version of the risks that were acknowledged.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.CharField(max_length=64, null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "id"]
        indexes = [models.Index(fields=["shift", "status"])]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                condition=Q(status__in=[str(status) for status in ACTIVE]),
                name="signup_once",
            ),
            models.UniqueConstraint(
                fields=["made_by", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="signup_key_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.shift_id} {self.status}"

    @property
    def area_code(self) -> str:
        return self.shift.area_code

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @transition(status, source=SignUpStatus.WAITLISTED, target=SignUpStatus.OFFERED)
    def offered(self) -> None:
        """A place came free shortly before the start: it is kept until the offer ends."""

    @transition(status, source=SignUpStatus.WAITLISTED, target=SignUpStatus.CONFIRMED)
    def confirmed(self) -> None:
        """A place came free in good time: it is theirs."""

    @transition(status, source=SignUpStatus.OFFERED, target=SignUpStatus.CONFIRMED)
    def accepted(self) -> None:
        """The person takes the place that was kept."""

    @transition(status, source=list(ACTIVE), target=SignUpStatus.WITHDRAWN)
    def withdrawn(self) -> None:
        """The person does not come after all."""

    @transition(status, source=list(ACTIVE), target=SignUpStatus.CANCELLED)
    def cancelled(self) -> None:
        """It ended without the person's doing."""

    @transition(status, source=[SignUpStatus.CONFIRMED, SignUpStatus.NO_SHOW], target=SignUpStatus.ATTENDED)
    def attended(self) -> None:
        """The person was there. A wrong tap can be set right."""

    @transition(status, source=[SignUpStatus.CONFIRMED, SignUpStatus.ATTENDED], target=SignUpStatus.NO_SHOW)
    def no_show(self) -> None:
        """The person was not there."""
