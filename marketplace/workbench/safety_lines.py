"""Lines of the staff's desk about reports of harm and complaints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.safeguarding.queries import complaints_waiting_for, reports_waiting_for
from marketplace.safeguarding.rules import HANDLERS

from .today import TodayItem


def report_lines(user: Any) -> Iterator[TodayItem]:
    """Reports nobody has taken up; they stand before everything else."""
    if not user.has_role(*HANDLERS):
        return
    for report in reports_waiting_for(user):
        yield TodayItem(
            title=_("马上处理：有人报告儿童可能受到侵害（%(receipt)s）") % {"receipt": report.receipt},
            url=reverse("desk_report", args=[report.pk]),
            when=report.reported_at,
            note=str(report.site or report.area.full_name),
        )


def complaint_lines(user: Any) -> Iterator[TodayItem]:
    """Complaints that wait for an answer, with their clock."""
    if not user.has_role(*HANDLERS):
        return
    for complaint in complaints_waiting_for(user):
        yield TodayItem(
            title=_("答复投诉：%(kind)s（%(receipt)s）")
            % {"kind": complaint.get_kind_display(), "receipt": complaint.receipt},
            url=reverse("desk_complaint", args=[complaint.pk]),
            when=complaint.answer_due_at,
            note=str(complaint.area),
            clock_due=complaint.answer_due_at,
        )
