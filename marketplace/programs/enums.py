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
