"""Volunteer, what they can and when. Nothing here identifies a person beyond the name they chose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.workflow.wording import in_english

from ..enums import AgeGroup, DayPart

__all__ = ["Availability", "Language", "Skill", "Volunteer"]


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


class Language(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField(_("语言"), max_length=20)
    name_en = models.CharField(max_length=40)
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
    languages = models.ManyToManyField("marketplace.Language", verbose_name=_("会说的语言"), blank=True)
    weekly_limit = models.PositiveSmallIntegerField(
        _("每周最多参加几次"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(14)]
    )
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
