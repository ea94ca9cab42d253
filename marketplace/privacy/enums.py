"""Kinds of identity papers, whose identity it is, the life of a request to open one, and what people consent to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Whose(TextChoices):
    VOLUNTEER = "volunteer", _("志愿者")
    BENEFICIARY = "beneficiary", _("服务对象")
    GUARDIAN = "guardian", _("监护人")


class IdType(TextChoices):
    RESIDENT = "resident", _("居民身份证")
    TRAVEL_PERMIT = "travel_permit", _("港澳台居民居住证")
    FOREIGN_PERMIT = "foreign_permit", _("外国人永久居留证")
    NONE = "none", _("没有证件")


class OpeningStatus(TextChoices):
    REQUESTED = "requested", _("等待批准")
    GRANTED = "granted", _("可以查看")
    REFUSED = "refused", _("未批准")


class Purpose(TextChoices):
    """What the data are used for; each is consented to by itself (个人信息保护法 §14, §29)."""

    ACCOUNT = "account", _("注册和使用平台")
    IDENTITY = "identity", _("登记真实身份")
    MINOR_SERVICE = "minor_service", _("未成年人参加志愿服务")
    BENEFICIARY = "beneficiary", _("登记服务对象的信息")


class Method(TextChoices):
    ONLINE = "online", _("网上确认")
    PAPER = "paper", _("纸质签字")
    PHONE = "phone", _("电话复述确认")


class CorrectionStatus(TextChoices):
    OPEN = "open", _("待处理")
    DONE = "done", _("已办理")
    REFUSED = "refused", _("未办理")
