"""Kinds of places and whether they are open."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SiteKind(TextChoices):
    CHILDRENS_HOME = "childrens_home", _("儿童之家")
    RELOCATION_SITE = "relocation_site", _("易地扶贫搬迁安置点")
    VILLAGE = "village", _("村（社区）")
    ELDER_POINT = "elder_point", _("养老服务点")


class SiteStatus(TextChoices):
    OPEN = "open", _("开放")
    CLOSED = "closed", _("已关闭")
