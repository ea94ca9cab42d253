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


class EvidenceStatus(TextChoices):
    SUBMITTED = "submitted", _("待核对")
    ACCEPTED = "accepted", _("已核对")
    REFUSED = "refused", _("未通过核对")


class RestrictionKind(TextChoices):
    """How far somebody is kept from serving. What happened is kept elsewhere, on paper."""

    EVERYTHING = "everything", _("暂停全部服务")
    CHILDREN = "children", _("不参加儿童服务")
    SITE = "site", _("回避一个地点")
    ORGANIZATION = "organization", _("回避一个组织")


class Relation(TextChoices):
    """Those who don't count as two separate adults at a child's activity."""

    SPOUSE = "spouse", _("夫妻")
    PARENT_OR_CHILD = "parent_or_child", _("父母或子女")
    SIBLING = "sibling", _("兄弟姐妹")
    HOUSEHOLD = "household", _("同住一户")


class ClearanceResult(TextChoices):
    PENDING = "pending", _("办理中")
    CLEAR = "clear", _("通过")
    NOT_CLEAR = "not_clear", _("未通过")
