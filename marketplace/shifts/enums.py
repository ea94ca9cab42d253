"""Life of a shift. Whether it is full is computed, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ShiftStatus(TextChoices):
    OPEN = "open", _("接受报名")
    CANCELLED = "cancelled", _("已取消")
    HELD = "held", _("已举行")
