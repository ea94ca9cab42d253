"""Life of a sign-up."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SignUpStatus(TextChoices):
    WAITLISTED = "waitlisted", _("候补中")
    OFFERED = "offered", _("有空位，等您确认")
    CONFIRMED = "confirmed", _("已报名")
    WITHDRAWN = "withdrawn", _("已退出")
    CANCELLED = "cancelled", _("已取消")
    ATTENDED = "attended", _("已到场")
    NO_SHOW = "no_show", _("未到场")


ACTIVE = (SignUpStatus.WAITLISTED, SignUpStatus.OFFERED, SignUpStatus.CONFIRMED)
# These hold a place of the shift.
HOLDING = (SignUpStatus.OFFERED, SignUpStatus.CONFIRMED)
