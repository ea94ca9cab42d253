"""VolunteerGroup and its members."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .profiles import Volunteer

__all__ = ["GroupMember", "VolunteerGroup"]


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
