"""Reads about programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.organizations.models import Organization
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import adoptable_shifts
from marketplace.workflow.queries import story

from .enums import ProgramStatus
from .models import Program

STORY = {
    "program.created": _("起草"),
    "program.changed": _("修改内容"),
    "program.submitted": _("提交审核"),
    "program.returned": _("退回修改"),
    "program.approved": _("审核通过"),
    "program.ended": _("结束"),
    "program.cancelled": _("取消"),
}
READY = ("organization__area__parent", "category", "drafted_by", "approved_by")


def programs_seen_by(user: Any) -> QuerySet[Program]:
    """Everything this person may open, ready for a page."""
    return Program.objects.visible_to(user).select_related(*READY)


def programs_worked_on_by(user: Any) -> QuerySet[Program]:
    """What this person offers or decides, ready for a page of the desk; a stranger's public program is not among it."""
    return Program.objects.worked_on_by(user).select_related(*READY)


def public_programs() -> QuerySet[Program]:
    """What everybody may read, ready for a page."""
    return Program.objects.public().select_related(*READY)


def program_story(program: Program) -> list[dict[str, Any]]:
    """What happened to the program, newest first, for the timeline."""
    return story(program, STORY)


def status_counts(programs: QuerySet[Program]) -> dict[str, int]:
    """How many of these programs stand in each status; statuses without any are left out."""
    return dict(programs.order_by().values_list("status").annotate(number=Count("pk")))


def shifts_to_answer(now: datetime, *, area: str = "", text: str = "") -> QuerySet[Shift]:
    """Shifts a program may adopt: under an area code, about a text, urgent needs first and each kept together."""
    about = Q(need__title__icontains=text) | Q(need__summary__icontains=text)
    where = Q(site__name__icontains=text) | Q(site__area__full_name__icontains=text)
    found = adoptable_shifts(now).filter(about | where, site__area__code__startswith=area)
    return found.order_by("-need__urgency", "need_id", "starts_at", "id")


def latest_program(organizations: QuerySet[Organization]) -> Program | None:
    """The newest program of these organizations, to copy its texts from."""
    return Program.objects.filter(organization__in=organizations).order_by("-id").first()


def programs_of_member(user: Any) -> QuerySet[Program]:
    """The programs of the person's organizations, newest first."""
    return Program.objects.of_member(user).select_related("organization", "category")


def waiting_for_approval(user: Any) -> QuerySet[Program]:
    """The queue of this person's area: the nearest deadline first."""
    return (
        programs_worked_on_by(user)
        .filter(status=ProgramStatus.SUBMITTED)
        .exclude(drafted_by=user)
        .order_by("approve_due_at", "id")
    )


def past_programs(now: datetime) -> QuerySet[Program]:
    """Approved programs none of whose open shifts is still to come."""
    ahead = Shift.objects.open().filter(program=OuterRef("pk"), ends_at__gt=now)
    return Program.objects.approved().filter(~Exists(ahead))
