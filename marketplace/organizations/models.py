"""Organization, Membership, and the categories of service they offer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField
from marketplace.workflow.wording import in_english

from .enums import CreditList, Grade, MemberRole, OrganizationForm, OrganizationStatus, PaperKind

__all__ = ["CreditFlag", "Membership", "Organization", "OrganizationPaper", "Rating", "ServiceCategory"]


class ServiceCategory(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField(_("类别"), max_length=20)
    name_en = models.CharField(max_length=40)
    for_children = models.BooleanField(default=False)
    for_elders = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_en if in_english() else self.name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def active(self) -> OrganizationQuerySet:
        return self.filter(status=OrganizationStatus.ACTIVE)

    def of_member(self, user: Any) -> OrganizationQuerySet:
        return self.filter(memberships__user=user, memberships__ended_on=None)

    def visible_to(self, user: Any) -> OrganizationQuerySet:
        """Active ones to everybody, the others to those who work on them."""
        public = Q(status=OrganizationStatus.ACTIVE)
        return self.filter(public | self._work_of(user) if user.is_authenticated else public)

    def worked_on_by(self, user: Any) -> OrganizationQuerySet:
        """Their members, and once handed in county and bureau of their area."""
        return self.filter(self._work_of(user))

    def _work_of(self, user: Any) -> Q:
        work = Q(pk__in=self.model.objects.of_member(user).values("pk"))
        for prefix in user.area_prefixes("county", "bureau", "supervisor"):
            work |= Q(area__code__startswith=prefix) & ~Q(status=OrganizationStatus.DRAFT)
        return work


class Organization(models.Model):
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=20, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    form = models.CharField(_("组织形式"), max_length=20, choices=OrganizationForm.choices)
    area = models.ForeignKey(
        "marketplace.AdminArea", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记地区")
    )
    about = models.TextField(_("简介"), blank=True)
    categories = models.ManyToManyField(ServiceCategory, verbose_name=_("服务类别"), blank=True)
    service_areas = models.ManyToManyField(
        "marketplace.AdminArea", verbose_name=_("服务地区"), blank=True, related_name="+"
    )
    is_charity = models.BooleanField(_("慈善组织"), default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    verify_due_at = models.DateTimeField(null=True, blank=True)
    status = StatusField(default=OrganizationStatus.DRAFT, choices=OrganizationStatus.choices)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def area_code(self) -> str:
        return self.area.code

    @transition(
        status, source=[OrganizationStatus.DRAFT, OrganizationStatus.RETURNED], target=OrganizationStatus.SUBMITTED
    )
    def submitted(self) -> None:
        """Hand in for verification."""

    @transition(status, source=OrganizationStatus.SUBMITTED, target=OrganizationStatus.RETURNED)
    def returned(self) -> None:
        """Give back for correction; everything stays filled in."""

    @transition(status, source=OrganizationStatus.SUBMITTED, target=OrganizationStatus.ACTIVE)
    def verified(self) -> None:
        """The registration was checked."""

    @transition(status, source=OrganizationStatus.ACTIVE, target=OrganizationStatus.SUSPENDED)
    def suspended(self) -> None:
        """May not act until restored."""

    @transition(status, source=OrganizationStatus.SUSPENDED, target=OrganizationStatus.ACTIVE)
    def restored(self) -> None:
        """May act again."""


class OrganizationPaper(models.Model):
    """A paper that was handed in: read by the organization and by those who verify it."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="papers")
    document = models.OneToOneField("marketplace.Document", on_delete=models.CASCADE, related_name="organization_paper")
    kind = models.CharField(_("材料类型"), max_length=20, choices=PaperKind.choices)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.organization_id}"


class DatedQuerySet(models.QuerySet[Any]):
    def in_force(self, day: Any) -> DatedQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Rating(models.Model):
    """A grade with the days it holds (黔民发〔2025〕6号: how long is said by each record, never by code)."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="ratings")
    grade = models.CharField(_("评估等级"), max_length=2, choices=Grade.choices)
    starts_on = models.DateField(_("评定日期"))
    ends_on = models.DateField(_("有效期至"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return f"{self.grade} {self.starts_on}"


class CreditFlag(models.Model):
    """Being on one of the credit lists, with the days (民政部令第60号)."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="credit_flags")
    list = models.CharField(_("名单"), max_length=10, choices=CreditList.choices)
    starts_on = models.DateField(_("列入日期"))
    ends_on = models.DateField(_("移出日期"), null=True, blank=True)
    source = models.CharField(_("文书或来源"), max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_list_display()} {self.starts_on}"


class Membership(models.Model):
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.STAFF)
    started_on = models.DateField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], condition=Q(ended_on=None), name="member_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
