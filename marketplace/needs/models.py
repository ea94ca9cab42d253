"""Need, its windows, and apart from them what only few may read.

Need itself is written to be read by everybody: nothing in it may tell who a child or an elder is.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.sites.models import ServiceSite
from marketplace.workflow.fields import StatusField

from .enums import Audience, Channel, NeedStatus, Urgency

__all__ = ["Need", "NeedPrivate", "NeedSeries", "NeedWindow"]

PUBLIC = (NeedStatus.PUBLISHED, NeedStatus.FULFILLED, NeedStatus.EXPIRED)
UNSEEN_BY_STAFF = (NeedStatus.DRAFT,)


class NeedQuerySet(models.QuerySet["Need"]):
    def published(self) -> NeedQuerySet:
        return self.filter(status=NeedStatus.PUBLISHED)

    def public(self) -> NeedQuerySet:
        return self.filter(status__in=PUBLIC)

    def of_sites(self, sites: Any) -> NeedQuerySet:
        return self.filter(site__in=sites)

    def visible_to(self, user: Any) -> NeedQuerySet:
        """Public ones to everybody, the others to those who work on them."""
        public = Q(status__in=PUBLIC)
        return self.filter(public | self._work_of(user) if user.is_authenticated else public)

    def worked_on_by(self, user: Any) -> NeedQuerySet:
        """All of a site's to those who speak for it, submitted ones to staff of the area."""
        return self.filter(self._work_of(user))

    def _work_of(self, user: Any) -> Q:
        sites = ServiceSite.objects.spoken_for_by(user)
        work = Q(raised_by=user) | Q(site__in=sites.values("pk"))
        for prefix in user.area_prefixes():
            work |= Q(site__area__code__startswith=prefix) & ~Q(status__in=UNSEEN_BY_STAFF)
        return work


class Need(models.Model):
    site = models.ForeignKey(
        "marketplace.ServiceSite", on_delete=models.PROTECT, related_name="needs", verbose_name=_("地点")
    )
    title = models.CharField(_("需要什么"), max_length=30)
    summary = models.TextField(_("公开说明"), max_length=400)
    category = models.ForeignKey(
        "marketplace.ServiceCategory", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务类别")
    )
    audience = models.CharField(_("为谁"), max_length=10, choices=Audience.choices)
    people_served = models.PositiveSmallIntegerField(_("大约多少人受益"), null=True, blank=True)
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    channel = models.CharField(_("怎么收到的"), max_length=10, choices=Channel.choices, default=Channel.SELF)
    read_back_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was read back to the person and confirmed."
    )
    is_home_visit = models.BooleanField(_("要上门"), default=False)
    languages = models.ManyToManyField("marketplace.Language", blank=True, related_name="+", verbose_name=_("需要会说"))
    skills = models.ManyToManyField("marketplace.Skill", blank=True, related_name="+", verbose_name=_("需要会什么"))
    clearance_required = models.BooleanField(_("需要通过审查"), default=False)
    risk_disclosure = models.TextField(_("风险提示"), max_length=400, blank=True)
    risk_version = models.PositiveSmallIntegerField(default=1)
    status = StatusField(default=NeedStatus.DRAFT, choices=NeedStatus.choices)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    verify_due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("raised_by")), name="need_verified_by_another"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def area_code(self) -> str:
        return self.site.area_code

    @property
    def is_emergency(self) -> bool:
        return self.urgency == Urgency.EMERGENCY

    @property
    def places_wanted(self) -> int:
        """Over all windows."""
        return sum(window.places for window in self.windows.all())

    @transition(status, source=[NeedStatus.DRAFT, NeedStatus.RETURNED], target=NeedStatus.SUBMITTED)
    def submitted(self) -> None:
        """Ask staff to verify it."""

    @transition(status, source=NeedStatus.SUBMITTED, target=NeedStatus.RETURNED)
    def returned(self) -> None:
        """Give back for correction."""

    @transition(status, source=NeedStatus.SUBMITTED, target=NeedStatus.VERIFIED)
    def verified(self) -> None:
        """Staff found it true."""

    @transition(status, source=NeedStatus.SUBMITTED, target=NeedStatus.REFERRED)
    def referred(self) -> None:
        """Not for volunteers: handed to the office that is in charge."""

    @transition(status, source=NeedStatus.VERIFIED, target=NeedStatus.PUBLISHED)
    def published(self) -> None:
        """Everybody can see it."""

    @transition(status, source=NeedStatus.PUBLISHED, target=NeedStatus.FULFILLED)
    def fulfilled(self) -> None:
        """What was asked was done."""

    @transition(status, source=[NeedStatus.VERIFIED, NeedStatus.PUBLISHED], target=NeedStatus.EXPIRED)
    def expired(self) -> None:
        """Its last window has passed."""

    @transition(
        status,
        source=[
            NeedStatus.DRAFT,
            NeedStatus.SUBMITTED,
            NeedStatus.RETURNED,
            NeedStatus.VERIFIED,
            NeedStatus.PUBLISHED,
        ],
        target=NeedStatus.WITHDRAWN,
    )
    def withdrawn(self) -> None:
        """No longer needed."""


class NeedWindow(models.Model):
    """A time when help is wanted; publishing turns it into a shift."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="windows")
    series = models.ForeignKey(
        "marketplace.NeedSeries", null=True, blank=True, on_delete=models.CASCADE, related_name="windows"
    )
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    places = models.PositiveSmallIntegerField(_("需要几人"))

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="window_ends_after_start"),
            models.CheckConstraint(condition=Q(places__gte=1), name="window_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.places}"


class NeedSeries(models.Model):
    """Windows that repeat: a rule in the words of RFC 5545 and the days that are left out. The windows follow from it."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="series")
    rule = models.CharField(max_length=200, help_text="RRULE, without DTSTART.")
    left_out = models.JSONField(default=list, help_text="ISO dates (Asia/Shanghai).")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.rule


class NeedPrivate(models.Model):
    """Who is meant, with what only those who verify and serve must know: sealed in the identity, opened there and nowhere else."""

    need = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="private")
    identity = models.ForeignKey(
        "marketplace.Identity", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.need_id}"

    @property
    def area_code(self) -> str:
        return self.need.area_code
