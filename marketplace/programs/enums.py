"""Life of a program."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgramStatus(TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回修改")
    APPROVED = "approved", _("进行中")
    ENDED = "ended", _("已结束")
    CANCELLED = "cancelled", _("已取消")


# Until it is approved it only wants the needs' shifts; afterwards it has them.
UNDECIDED = (ProgramStatus.DRAFT, ProgramStatus.SUBMITTED, ProgramStatus.RETURNED)


class RiskLevel(TextChoices):
    """From medium on, an insurance must be in force on the day (志愿服务条例 §17)."""

    LOW = "low", _("一般（室内、步行可到）")
    MEDIUM = "medium", _("有人身危险（户外、乘车、上门）")
    HIGH = "high", _("较高（助浴、助医、应急）")


INSURED_LEVELS = (RiskLevel.MEDIUM, RiskLevel.HIGH)
