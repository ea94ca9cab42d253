"""Life of a shift. Whether it is full is computed, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ShiftStatus(TextChoices):
    OPEN = "open", _("接受报名")
    CANCELLED = "cancelled", _("已取消")
    HELD = "held", _("已举行")


class CancelReason(TextChoices):
    """Why it won't happen: kept with the event and told to those who signed up."""

    WEATHER = "weather", _("天气或道路原因")
    TOO_FEW = "too_few", _("报名的人不够")
    PLACE = "place", _("场地不能使用")
    ORGANIZER = "organizer", _("组织方临时有变")
    NEED_WITHDRAWN = "need_withdrawn", _("需求已撤回")
    NEED_FULFILLED = "need_fulfilled", _("需求已经办完，不必再来，谢谢您")
    PROGRAM_CANCELLED = "program_cancelled", _("项目已取消")


# Those a person may choose; the others follow from an earlier decision.
CHOSEN_BY_PEOPLE = (CancelReason.WEATHER, CancelReason.TOO_FEW, CancelReason.PLACE, CancelReason.ORGANIZER)
