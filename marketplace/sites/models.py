"""ServiceSite and the people who keep it. A point is a public address or a township's point, with its precision said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField

from .enums import SiteKind, SiteStatus

__all__ = ["ServiceSite", "SiteKeeper"]


class ServiceSiteQuerySet(models.QuerySet["ServiceSite"]):
    def open(self) -> ServiceSiteQuerySet:
        return self.filter(status=SiteStatus.OPEN)

    def kept_by(self, user: Any) -> ServiceSiteQuerySet:
        return self.filter(keepers__user=user, keepers__ended_on=None)

    def worked_on_by(self, user: Any) -> ServiceSiteQuerySet:
        """One's own, and for staff, open or closed, all of their area."""
        work = Q(pk__in=self.model.objects.kept_by(user).values("pk"))
        for prefix in user.area_prefixes():
            work |= Q(area__code__startswith=prefix)
        return self.filter(work)

    def spoken_for_by(self, user: Any) -> ServiceSiteQuerySet:
        """Sites whose needs this person may state: their keepers, and village or township staff of the area."""
        spoken = Q(pk__in=self.model.objects.kept_by(user).values("pk"))
        for prefix in user.area_prefixes("village", "township"):
            spoken |= Q(area__code__startswith=prefix)
        return self.filter(spoken)


class ServiceSite(models.Model):
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=20, choices=SiteKind.choices)
    area = models.ForeignKey(
        "marketplace.AdminArea", on_delete=models.PROTECT, related_name="sites", verbose_name=_("所在地")
    )
    relocation_site = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="homes", verbose_name=_("所属安置点")
    )
    address = models.CharField(_("公开地址"), max_length=120, blank=True)
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=20, blank=True)
    point_source = models.CharField(max_length=120, blank=True)
    code = models.CharField(_("编号"), max_length=40, null=True, blank=True, unique=True)
    households = models.PositiveIntegerField(_("户数"), null=True, blank=True)
    residents = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    floor_area_m2 = models.PositiveIntegerField(_("面积（平方米）"), null=True, blank=True)
    source_note = models.CharField(_("资料来源"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("可容纳人数"), null=True, blank=True)
    opening_hours = models.CharField(_("开放时间"), max_length=80, blank=True)
    status = StatusField(default=SiteStatus.OPEN, choices=SiteStatus.choices)
    is_demo = models.BooleanField(default=False)

    objects = ServiceSiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lng__isnull=True, lat__isnull=True) | Q(lng__isnull=False, lat__isnull=False),
                name="site_point_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area_code(self) -> str:
        return self.area.code

    @property
    def has_point(self) -> bool:
        return self.lng is not None

    @transition(status, source=SiteStatus.OPEN, target=SiteStatus.CLOSED)
    def closed(self) -> None:
        """No more activities here."""

    @transition(status, source=SiteStatus.CLOSED, target=SiteStatus.OPEN)
    def reopened(self) -> None:
        """Open again."""


class SiteKeeper(models.Model):
    site = models.ForeignKey(ServiceSite, on_delete=models.CASCADE, related_name="keepers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_sites")
    is_director = models.BooleanField(_("儿童主任"), default=False)
    started_on = models.DateField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "user"], condition=Q(ended_on=None), name="keeper_once"),
            models.UniqueConstraint(
                fields=["site"], condition=Q(ended_on=None, is_director=True), name="one_director_a_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.user_id}"
