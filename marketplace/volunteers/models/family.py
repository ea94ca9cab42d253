"""Guardians of volunteers under age, and relatives among the volunteers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import Relation
from .profiles import Volunteer

__all__ = ["GuardianInvitation", "Kinship", "KinshipDeclaration", "Season"]


class Season(models.Model):
    """The days for which a guardian agrees at once; editable records."""

    name = models.CharField(_("学期"), max_length=30, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="season_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class GuardianInvitation(models.Model):
    """A one-time link for the guardian of a volunteer under age; only the hash of its token is kept."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="guardian_invitations")
    guardian = models.ForeignKey("marketplace.Identity", on_delete=models.CASCADE, related_name="+")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.season_id}"


class KinshipDeclaration(models.Model):
    """What somebody declared about relatives among the volunteers. Until staff recorded it, it counts for nothing."""

    volunteer = models.OneToOneField(Volunteer, on_delete=models.CASCADE, related_name="kinship_declaration")
    declared_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.declared_at:%Y-%m-%d}"

    @property
    def area_code(self) -> str:
        return self.volunteer.area_code


class Kinship(models.Model):
    """One relative, known by the keyed hash of their phone number or e-mail; `other` once an account is found under it."""

    declaration = models.ForeignKey(KinshipDeclaration, on_delete=models.CASCADE, related_name="kinships")
    relation = models.CharField(_("关系"), max_length=20, choices=Relation.choices)
    contact_hash = models.CharField(max_length=64)
    other = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.relation}"
