"""Program, and the needs' shifts it wants to adopt."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField

from .enums import INSURED_LEVELS, ProgramStatus, RiskLevel

__all__ = ["InsurancePolicy", "Program"]

PUBLIC = (ProgramStatus.APPROVED, ProgramStatus.ENDED)


class ProgramQuerySet(models.QuerySet["Program"]):
    def approved(self) -> ProgramQuerySet:
        return self.filter(status=ProgramStatus.APPROVED)

    def public(self) -> ProgramQuerySet:
        return self.filter(status__in=PUBLIC)

    def of_member(self, user: Any) -> ProgramQuerySet:
        return self.filter(organization__memberships__user=user, organization__memberships__ended_on=None)

    def visible_to(self, user: Any) -> ProgramQuerySet:
        """Public ones to everybody, the others to those who work on them."""
        public = Q(status__in=PUBLIC)
        return self.filter(public | self._work_of(user) if user.is_authenticated else public)

    def worked_on_by(self, user: Any) -> ProgramQuerySet:
        """An organization's own to its members, and once handed in to county and bureau of its area."""
        return self.filter(self._work_of(user))

    def _work_of(self, user: Any) -> Q:
        work = Q(pk__in=self.model.objects.of_member(user).values("pk"))
        for prefix in user.area_prefixes("county", "bureau", "supervisor"):
            work |= Q(organization__area__code__startswith=prefix) & ~Q(status=ProgramStatus.DRAFT)
        return work


class Program(models.Model):
    organization = models.ForeignKey(
        "marketplace.Organization", on_delete=models.PROTECT, related_name="programs", verbose_name=_("组织")
    )
    title = models.CharField(_("项目名称"), max_length=40)
    summary = models.TextField(_("做什么、怎么做"), max_length=600)
    category = models.ForeignKey(
        "marketplace.ServiceCategory", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务类别")
    )
    risk_disclosure = models.TextField(_("风险提示"), max_length=400)
    risk_version = models.PositiveSmallIntegerField(default=1)
    risk_level = models.CharField(_("风险程度"), max_length=10, choices=RiskLevel.choices, default=RiskLevel.LOW)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(
        default=1, help_text="Counts changes, so that two tabs don't undo each other."
    )
    wanted_shifts = models.ManyToManyField(
        "marketplace.Shift", blank=True, related_name="wanted_by", verbose_name=_("回应的需求场次")
    )
    status = StatusField(default=ProgramStatus.DRAFT, choices=ProgramStatus.choices)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approve_due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="program_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def area_code(self) -> str:
        return self.organization.area_code

    @property
    def asks_for_insurance(self) -> bool:
        return self.risk_level in INSURED_LEVELS

    @transition(status, source=[ProgramStatus.DRAFT, ProgramStatus.RETURNED], target=ProgramStatus.SUBMITTED)
    def submitted(self) -> None:
        """Ask for approval."""

    @transition(status, source=ProgramStatus.SUBMITTED, target=ProgramStatus.RETURNED)
    def returned(self) -> None:
        """Give back for correction."""

    @transition(status, source=ProgramStatus.SUBMITTED, target=ProgramStatus.APPROVED)
    def approved(self) -> None:
        """It may run."""

    @transition(status, source=ProgramStatus.APPROVED, target=ProgramStatus.ENDED)
    def ended(self) -> None:
        """Its last shift has passed."""

    @transition(
        status,
        source=[ProgramStatus.DRAFT, ProgramStatus.SUBMITTED, ProgramStatus.RETURNED, ProgramStatus.APPROVED],
        target=ProgramStatus.CANCELLED,
    )
    def cancelled(self) -> None:
        """It won't run."""


class InsurancePolicy(models.Model):
    """Covers those who serve in a program on the days it holds (志愿服务条例 §17, 慈善法 §69)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="insurances")
    insurer = models.CharField(_("保险公司"), max_length=60)
    number = models.CharField(_("保单号"), max_length=40)
    starts_on = models.DateField(_("保险从"))
    ends_on = models.DateField(_("保险到"))
    document = models.OneToOneField(
        "marketplace.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="insurance"
    )

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="insurance_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.insurer} {self.number}"
