"""Ages as the rules need them, parts of the day, and the outcome of a clearance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgeGroup(TextChoices):
    ADULT = "adult", _("18 岁及以上")
    YOUTH = "youth", _("14–17 岁")
    CHILD = "child", _("8–13 岁")


class DayPart(TextChoices):
    MORNING = "morning", _("上午")
    AFTERNOON = "afternoon", _("下午")
    EVENING = "evening", _("晚上")


class ClearanceResult(TextChoices):
    PENDING = "pending", _("办理中")
    CLEAR = "clear", _("通过")
    NOT_CLEAR = "not_clear", _("未通过")
