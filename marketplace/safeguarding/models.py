"""MandatoryReport, Complaint, Hotline. Nobody who reports can be read by those who are reported."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from marketplace.workflow.fields import StatusField

from .enums import ComplaintKind, ComplaintStatus, ReportChannel, ReportStatus, Situation

__all__ = ["Complaint", "Hotline", "MandatoryReport"]


class Hotline(models.Model):
    """A number to call. Editable, with its source: numbers change and differ by place."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(max_length=60)
    number = models.CharField(_("号码"), max_length=20)
    use = models.CharField(_("什么时候打"), max_length=80)
    source = models.CharField(_("来源"), max_length=200)
    for_children = models.BooleanField(default=False)
    for_emergencies = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class AreaQuerySet(models.QuerySet[Any]):
    def handled_by(self, user: Any) -> AreaQuerySet:
        """Those of the areas in which the person acts for county or bureau."""
        seen = Q(pk__in=[])
        for prefix in user.area_prefixes("county", "bureau"):
            seen |= Q(area__code__startswith=prefix)
        return self.filter(seen)


class MandatoryReport(models.Model):
    """Suspected harm to a child, reported at once (未成年人保护法 §11). Never deleted; who reported and what is sealed."""

    area = models.ForeignKey("marketplace.AdminArea", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(
        "marketplace.ServiceSite", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    situation = models.CharField(_("看到的情况"), max_length=4, choices=Situation.choices, blank=True)
    channel = models.CharField(_("已经怎样报告"), max_length=20, choices=ReportChannel.choices)
    details_sealed = models.BinaryField(help_text="JSON: reporter, phone, words.")
    reported_at = models.DateTimeField(_("报告时间"))
    receipt = models.CharField(_("回执号"), max_length=20, unique=True)
    key = models.CharField(max_length=64, unique=True, help_text="Made on the device: sent twice, kept once.")
    status = StatusField(default=ReportStatus.REPORTED, choices=ReportStatus.choices)
    taken_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.receipt

    @property
    def area_code(self) -> str:
        return self.area.code

    @transition(status, source=ReportStatus.REPORTED, target=ReportStatus.TAKEN_UP)
    def taken_up(self) -> None:
        """Somebody sees to it."""

    @transition(status, source=[ReportStatus.REPORTED, ReportStatus.TAKEN_UP], target=ReportStatus.HANDED_ON)
    def handed_on(self) -> None:
        """Another authority has it; the remark says which and under what number."""


class Complaint(models.Model):
    """What somebody says is wrong with an activity, an organization or a place (志愿服务条例 §26)."""

    area = models.ForeignKey("marketplace.AdminArea", on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(_("投诉什么"), max_length=20, choices=ComplaintKind.choices)
    details_sealed = models.BinaryField(help_text="JSON: words, contact.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    answer_due_at = models.DateTimeField()
    receipt = models.CharField(_("回执号"), max_length=20, unique=True)
    status = StatusField(default=ComplaintStatus.OPEN, choices=ComplaintStatus.choices)
    answer = models.TextField(_("答复"), max_length=600, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.receipt

    @property
    def area_code(self) -> str:
        return self.area.code

    @transition(status, source=ComplaintStatus.OPEN, target=ComplaintStatus.ANSWERED)
    def answered(self) -> None:
        """The person was answered."""
