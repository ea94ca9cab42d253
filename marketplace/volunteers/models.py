"""Volunteer profiles, skills, availability, clearances, and groups. Nothing here identifies a person beyond the name they chose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.workflow.wording import in_english

from .enums import AgeGroup, ClearanceResult, DayPart

__all__ = ["Availability", "Clearance", "ClearanceKind", "GroupMember", "Skill", "Volunteer", "VolunteerGroup"]


class Skill(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField(_("技能"), max_length=20)
    name_en = models.CharField(max_length=40)
    needs_evidence = models.BooleanField(_("需要证明"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_en if in_english() else self.name


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def visible_to(self, user: Any) -> VolunteerQuerySet:
        """Oneself, and for the bureau's side the people of their area."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(user=user)
        for prefix in user.area_prefixes():
            seen |= Q(base_area__code__startswith=prefix)
        return self.filter(seen)


class Volunteer(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="volunteer")
    age_group = models.CharField(_("年龄段"), max_length=10, choices=AgeGroup.choices)
    base_area = models.ForeignKey(
        "marketplace.AdminArea", on_delete=models.PROTECT, related_name="+", verbose_name=_("常住乡镇（街道）")
    )
    radius_km = models.PositiveSmallIntegerField(
        _("愿意去多远（公里）"), default=20, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    skills = models.ManyToManyField(Skill, verbose_name=_("会什么"), blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def area_code(self) -> str:
        return self.base_area.code


class Availability(models.Model):
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)], help_text="0 is Monday.")
    part = models.CharField(max_length=10, choices=DayPart.choices)

    class Meta:
        ordering = ["weekday", "id"]
        constraints = [models.UniqueConstraint(fields=["volunteer", "weekday", "part"], name="availability_once")]

    def __str__(self) -> str:
        return f"{self.weekday} {self.part}"


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


class VolunteerGroup(models.Model):
    """A team that serves together. An unregistered one stands under a host organization."""

    name = models.CharField(_("团队名称"), max_length=40)
    leader = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="led_groups")
    host_organization = models.ForeignKey(
        "marketplace.Organization", on_delete=models.PROTECT, related_name="groups", verbose_name=_("依托组织")
    )
    members = models.ManyToManyField(Volunteer, through="GroupMember", related_name="groups")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    group = models.ForeignKey(VolunteerGroup, on_delete=models.CASCADE)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE)
    joined_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["group", "volunteer"], name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.volunteer_id}"
