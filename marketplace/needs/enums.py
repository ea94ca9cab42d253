"""Life of a need, and how urgent it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.sites.enums import SiteKind

# Where help for an elder is asked: the village's own door or the service point, never a home.
PUBLIC_POINTS = (SiteKind.VILLAGE, SiteKind.ELDER_POINT)


class NeedStatus(TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待核实")
    RETURNED = "returned", _("退回修改")
    VERIFIED = "verified", _("已核实")
    PUBLISHED = "published", _("已发布")
    FULFILLED = "fulfilled", _("已完成")
    EXPIRED = "expired", _("已过期")
    WITHDRAWN = "withdrawn", _("已撤回")
    REFERRED = "referred", _("已转介")


class Urgency(TextChoices):
    NORMAL = "normal", _("一般")
    URGENT = "urgent", _("紧急")
    EMERGENCY = "emergency", _("危急（打电话，不等志愿者）")


class Audience(TextChoices):
    CHILDREN = "children", _("儿童")
    ELDERS = "elders", _("老年人")
    EVERYBODY = "everybody", _("社区居民")


class Channel(TextChoices):
    """How the need came in."""

    SELF = "self", _("自己填写")
    PHONE = "phone", _("电话代填")
    PAPER = "paper", _("纸质表单")
