"""What a person agreed to, and what ends when they take it back, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from .enums import Purpose
from .queries import consents_of
from .rules import refuse_withdrawal

ENDS = {
    Purpose.ACCOUNT: _("撤回就是注销账号。"),
    Purpose.IDENTITY: _("撤回以后，登记的姓名、证件号码、出生日期、手机号和住址马上删除。"),
    Purpose.MINOR_SERVICE: _("撤回以后，不能再参加需要监护人同意的活动，报了名还没开始的也会退出。"),
    Purpose.BENEFICIARY: _("撤回以后，登记的姓名、电话和住址马上删除，没有办完的需求要另外联系。"),
}


def consent_lines(user: Any, now: datetime) -> list[dict[str, Any]]:
    """For the page: each consent, whether it holds, what ends with it, and whether it can be taken back here."""
    return [
        {
            "consent": consent,
            "holds": consent.withdrawn_at is None and (consent.valid_until is None or consent.valid_until >= now),
            "ends": ENDS[Purpose(consent.purpose)],
            "is_account": consent.purpose == Purpose.ACCOUNT,
            "may_withdraw": refuse_withdrawal(consent, user) is None,
        }
        for consent in consents_of(user).select_related("identity")
    ]
