"""Identity, the requests to open one, consents, and what people ask about their own data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField

from .enums import CorrectionStatus, Method, OpeningStatus, Purpose, Whose

__all__ = ["Consent", "DataRequest", "Identity", "IdentityOpening"]


class Identity(models.Model):
    """Who somebody is, in one sealed value; keyed hashes find a number or a name again without opening it.

    The sealed text is JSON with the keys of `privacy.sealed.Person`. Nothing of it stands in any other table.
    """

    whose = models.CharField(max_length=20, choices=Whose.choices)
    area = models.ForeignKey("marketplace.AdminArea", on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="identity"
    )
    person_sealed = models.BinaryField()
    name_hash = models.CharField(max_length=64, blank=True, db_index=True)
    id_number_hash = models.CharField(max_length=64, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    adult_on = models.DateField(
        null=True, blank=True, help_text="The 18th birthday; empty where no birth date is known."
    )
    is_minor = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["whose", "id_number_hash"], condition=~Q(id_number_hash=""), name="identity_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.whose} {self.pk}"

    @property
    def area_code(self) -> str:
        return self.area.code


class IdentityOpening(models.Model):
    """Somebody asks to see one identity, for a reason. A minor's takes another person's word (未成年人网络保护条例 §36)."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="openings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("为什么要看"), max_length=120)
    status = StatusField(default=OpeningStatus.REQUESTED, choices=OpeningStatus.choices)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    open_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="opening_decided_by_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} {self.status}"

    @property
    def area_code(self) -> str:
        return self.identity.area_code

    @transition(status, source=OpeningStatus.REQUESTED, target=OpeningStatus.GRANTED)
    def granted(self) -> None:
        """It may be looked at until `open_until`."""

    @transition(status, source=OpeningStatus.REQUESTED, target=OpeningStatus.REFUSED)
    def refused(self) -> None:
        """It stays closed."""


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, now: Any) -> ConsentQuerySet:
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=now), withdrawn_at=None)


class Consent(models.Model):
    """Somebody agreed to one use of data, to one version of its notice; withdrawing keeps the row."""

    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    identity = models.ForeignKey(Identity, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    guardian = models.ForeignKey(
        Identity, null=True, blank=True, on_delete=models.SET_NULL, related_name="given_consents"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.ONLINE)
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(identity__isnull=False), name="consent_is_of_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


class DataRequest(models.Model):
    """A correction that the person can't make alone (个人信息保护法 §46): staff answer within the clock."""

    subject = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_requests")
    area = models.ForeignKey("marketplace.AdminArea", null=True, on_delete=models.PROTECT, related_name="+")
    text_sealed = models.BinaryField()
    status = StatusField(default=CorrectionStatus.OPEN, choices=CorrectionStatus.choices)
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.status}"

    @property
    def area_code(self) -> str:
        return self.area.code if self.area else ""

    @transition(status, source=CorrectionStatus.OPEN, target=CorrectionStatus.DONE)
    def done(self) -> None:
        """What was asked was done."""

    @transition(status, source=CorrectionStatus.OPEN, target=CorrectionStatus.REFUSED)
    def refused(self) -> None:
        """It can't be done; the remark says why."""
