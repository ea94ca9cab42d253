"""What waits about volunteers, for the desk of staff: papers to check, declarations to record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.volunteers.queries import RECORDERS, declarations_to_record, evidence_to_check

from .today import TodayItem


def people_lines(user: Any) -> Iterator[TodayItem]:
    """A line for each paper and each declaration."""
    if not user.has_role(*RECORDERS):
        return
    for paper in evidence_to_check(user):
        yield TodayItem(
            title=_("核对证明：%(who)s · %(skill)s") % {"who": paper.volunteer, "skill": paper.skill},
            url=reverse("paper_check", args=[paper.pk]),
            when=paper.document.uploaded_at if paper.document else paper.volunteer.created_at,
            note=str(paper.volunteer.base_area),
        )
    for declaration in declarations_to_record(user):
        yield TodayItem(
            title=_("登记亲属声明：%(who)s") % {"who": declaration.volunteer},
            url=reverse("declarations"),
            when=declaration.declared_at,
            note=str(declaration.volunteer.base_area),
        )
