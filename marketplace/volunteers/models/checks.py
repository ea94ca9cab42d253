"""What staff saw: clearances, papers for skills, and what keeps somebody from serving."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField
from marketplace.workflow.wording import in_english

from ..enums import ClearanceResult, EvidenceStatus, RestrictionKind
from .profiles import Skill, Volunteer

__all__ = ["Clearance", "ClearanceKind", "Restriction", "SkillEvidence"]


class ClearanceKind(models.Model):
    """What somebody must show before serving children. How long it holds is a dated record with its source, never a constant."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(max_length=60)
    valid_months = models.PositiveSmallIntegerField(_("有效月数"))
    source = models.CharField(_("依据"), max_length=200)
    next_actor = models.CharField(_("由谁办理"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_en if in_english() else self.name


class Clearance(models.Model):
    """The outcome of one check, recorded by staff only. Never what was found (domain: 不存具体情形)."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="clearances")
    kind = models.ForeignKey(ClearanceKind, on_delete=models.PROTECT, related_name="clearances")
    result = models.CharField(max_length=10, choices=ClearanceResult.choices)
    checked_on = models.DateField()
    valid_until = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("checked_on")), name="clearance_ends_after_check")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_result_display()}"

    @property
    def area_code(self) -> str:
        return self.volunteer.area_code


class SkillEvidence(models.Model):
    """A paper that shows a skill, checked by staff; a qualification that the law asks for counts only with it (志愿服务条例 §16)."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="evidence")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(
        "marketplace.Document", null=True, on_delete=models.SET_NULL, related_name="skill_evidence"
    )
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    status = StatusField(default=EvidenceStatus.SUBMITTED, choices=EvidenceStatus.choices)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_on = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.skill_id}"

    @property
    def area_code(self) -> str:
        return self.volunteer.area_code

    @transition(status, source=EvidenceStatus.SUBMITTED, target=EvidenceStatus.ACCEPTED)
    def accepted(self) -> None:
        """It shows the skill."""

    @transition(status, source=[EvidenceStatus.SUBMITTED, EvidenceStatus.ACCEPTED], target=EvidenceStatus.REFUSED)
    def refused(self) -> None:
        """It doesn't, or no longer."""


class Restriction(models.Model):
    """Keeps somebody from serving, everywhere or in one place, for a time; recorded by staff only."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="restrictions")
    kind = models.CharField(_("限制"), max_length=20, choices=RestrictionKind.choices)
    site = models.ForeignKey(
        "marketplace.ServiceSite", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        "marketplace.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("从哪一天起"))
    ends_on = models.DateField(_("到哪一天止"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(kind=RestrictionKind.SITE.value) | Q(site__isnull=False))
                & (~Q(kind=RestrictionKind.ORGANIZATION.value) | Q(organization__isnull=False)),
                name="restriction_names_its_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.kind}"

    @property
    def area_code(self) -> str:
        return self.volunteer.area_code
