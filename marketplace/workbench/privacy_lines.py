"""What waits about people's data, for the desk of whoever decides: requests to look, and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.privacy.queries import ANSWERERS, APPROVERS, waiting_corrections, waiting_openings

from .today import TodayItem


def privacy_lines(user: Any) -> Iterator[TodayItem]:
    """A line for each; no name stands in it but that of the colleague who asks, or of the account."""
    if user.has_role(*APPROVERS):
        for opening in waiting_openings(user):
            yield TodayItem(
                title=_("批准查看：%(reason)s") % {"reason": opening.reason},
                url=reverse("openings"),
                when=opening.asked_at,
                note=_("%(who)s · %(area)s") % {"who": opening.asked_by, "area": opening.identity.area},
            )
    if user.has_role(*ANSWERERS):
        for asked in waiting_corrections(user):
            yield TodayItem(
                title=_("更正信息：%(who)s") % {"who": asked.subject},
                url=reverse("correction", args=[asked.pk]),
                when=asked.asked_at,
                note=str(asked.area or ""),
                clock_due=asked.due_at,
            )
