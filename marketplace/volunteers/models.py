"""Volunteer profiles, skills, availability, clearances, and groups. Nothing here identifies a person beyond the name they chose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField
from marketplace.workflow.wording import in_english

from .enums import AgeGroup, ClearanceResult, DayPart, EvidenceStatus, Relation, RestrictionKind

__all__ = [
    "Availability",
    "Clearance",
    "ClearanceKind",
    "GroupMember",
    "GuardianInvitation",
    "Kinship",
    "KinshipDeclaration",
    "Language",
    "Restriction",
    "Season",
    "Skill",
    "SkillEvidence",
    "Volunteer",
    "VolunteerGroup",
]


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
    capacity = models.PositiveSmallIntegerField(_("最多多少人"), default=30, validators=[MinValueValidator(2)])
    about = models.TextField(_("团队介绍"), max_length=300, blank=True)
    members = models.ManyToManyField(Volunteer, through="GroupMember", related_name="groups")
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody of the host organization said that the team is theirs."
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    group = models.ForeignKey(VolunteerGroup, on_delete=models.CASCADE)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE)
    joined_on = models.DateField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="Empty: invited, hasn't answered yet.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["group", "volunteer"], name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.volunteer_id}"


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
