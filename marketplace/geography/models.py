"""Divisions, their reference points and boxes, and journeys whose length is known."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .enums import AreaKind, AreaLevel, BoxRelation, Confidence, Datum, PointMethod, Precision

__all__ = ["AdminArea", "AreaBox", "AreaPoint", "TravelTime"]

CITY_PREFIX_LENGTH = 4


class AdminAreaQuerySet(models.QuerySet["AdminArea"]):
    """Divisions by validity, level, place in the tree and name."""

    def current(self) -> AdminAreaQuerySet:
        """Divisions that exist today."""
        return self.filter(valid_to__isnull=True)

    def counties(self) -> AdminAreaQuerySet:
        return self.filter(level=AreaLevel.COUNTY)

    def townships(self) -> AdminAreaQuerySet:
        return self.filter(level=AreaLevel.TOWNSHIP)

    def villages(self) -> AdminAreaQuerySet:
        return self.filter(level=AreaLevel.VILLAGE)

    def within(self, area: AdminArea) -> AdminAreaQuerySet:
        """The division itself and everything below it, by code."""
        return self.filter(code__startswith=area.prefix)

    def named(self, text: str) -> AdminAreaQuerySet:
        """Divisions of which some spelling (name, former name, pinyin, initials) begins with `text`."""
        typed = spelled(text)
        return self.filter(spellings__contains=f"|{typed}") if typed else self.none()


class AdminArea(models.Model):
    """A division of the prefecture by its national code (GB/T 2260 and below): 6, 9 or 12 digits."""

    code = models.CharField(_("代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=60)
    full_name = models.CharField(_("全称"), max_length=120)
    level = models.CharField(_("层级"), max_length=10, choices=AreaLevel.choices)
    kind = models.CharField(_("类别"), max_length=20, choices=AreaKind.choices, default=AreaKind.ADMINISTRATIVE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("承接区划")
    )
    pinyin = models.CharField(_("拼音"), max_length=160)
    initials = models.CharField(_("拼音首字母"), max_length=60)
    former_names = models.CharField(_("曾用名"), max_length=200, blank=True)
    spellings = models.TextField(_("可检索写法"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = AdminAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="adminarea_successor_after_end", condition=Q(successor__isnull=True) | Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="adminarea_ends_after_start",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="adminarea_level_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The beginning that the codes of this division and of everything below it share."""
        return self.code[:CITY_PREFIX_LENGTH] if self.level == AreaLevel.CITY else self.code

    @property
    def township(self) -> AdminArea:
        """The township a village lies in; anything wider stands for itself."""
        return self.parent if self.level == AreaLevel.VILLAGE and self.parent else self

    def covers(self, other: AdminArea) -> bool:
        """Whether `other` is this division or lies below it."""
        return other.code.startswith(self.prefix)

    @property
    def is_current(self) -> bool:
        return self.valid_to is None

    @property
    def current_area(self) -> AdminArea:
        """The division that stands for this one today: itself, or the end of the line of successors."""
        area = self
        while area.successor is not None:
            area = area.successor
        return area


class AreaPoint(models.Model):
    """One reference point of a division, WGS-84. It proves "inside the division", not "at its office"."""

    area = models.OneToOneField(AdminArea, models.CASCADE, related_name="reference_point", verbose_name=_("行政区划"))
    lng = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    source_datum = models.CharField(_("原坐标系"), max_length=10, choices=Datum.choices)
    method = models.CharField(_("取点方法"), max_length=20, choices=PointMethod.choices)
    confidence = models.CharField(_("可信度"), max_length=10, choices=Confidence.choices)
    radius_km = models.FloatField(_("半径（公里）"))
    source = models.CharField(_("来源"), max_length=300)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("区划参考点")
        verbose_name_plural = _("区划参考点")

    def __str__(self) -> str:
        return f"{self.area} {self.lng:.6f},{self.lat:.6f}"

    @property
    def is_reliable(self) -> bool:
        """A point of very low confidence is a placeholder: never drawn, never measured."""
        return self.confidence != Confidence.VERY_LOW

    @property
    def precision(self) -> Precision:
        """What the point stands for is the level of its division."""
        return Precision(self.area.level)


class AreaBox(models.Model):
    """A WGS-84 box around a division, or around a unit that became part of it; it validates points."""

    area = models.ForeignKey(AdminArea, models.CASCADE, related_name="boxes", verbose_name=_("行政区划"))
    name = models.CharField(_("范围名称"), max_length=60)
    relation = models.CharField(_("与区划的关系"), max_length=20, choices=BoxRelation.choices)
    min_lng = models.FloatField(_("西界"))
    min_lat = models.FloatField(_("南界"))
    max_lng = models.FloatField(_("东界"))
    max_lat = models.FloatField(_("北界"))
    source_datum = models.CharField(_("原坐标系"), max_length=10, choices=Datum.choices)
    source = models.CharField(_("来源"), max_length=300)

    class Meta:
        verbose_name = _("区划范围")
        verbose_name_plural = _("区划范围")
        constraints = [
            models.UniqueConstraint(name="areabox_once_per_unit", fields=["area", "name"]),
            models.CheckConstraint(
                name="areabox_is_not_inside_out",
                condition=Q(min_lng__lt=F("max_lng"), min_lat__lt=F("max_lat")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TravelTime(models.Model):
    """A journey whose minutes are known; it counts in both directions and replaces the estimate."""

    from_area = models.ForeignKey(AdminArea, models.CASCADE, related_name="journeys_out", verbose_name=_("从"))
    to_area = models.ForeignKey(AdminArea, models.CASCADE, related_name="journeys_in", verbose_name=_("到"))
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        verbose_name = _("已知行程")
        verbose_name_plural = _("已知行程")
        constraints = [
            models.UniqueConstraint(name="traveltime_once_per_pair", fields=["from_area", "to_area"]),
            models.CheckConstraint(name="traveltime_leads_elsewhere", condition=~Q(from_area=F("to_area"))),
        ]

    def __str__(self) -> str:
        return f"{self.from_area} – {self.to_area}"


def spelled(text: str) -> str:
    """What was typed as it stands in `spellings`: lower case, no spaces, no separators."""
    return "".join(text.split()).replace("|", "").replace("'", "").lower()
