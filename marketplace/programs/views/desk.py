"""Following a program, deciding about it, calling one of its days off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.organizations.queries import organizations_of
from marketplace.shifts.forms import CancellationForm
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import all_shifts
from marketplace.workflow.calendar import workdays_left
from marketplace.workflow.forms import offered_steps
from marketplace.workflow.lists import kept_to_status
from marketplace.workflow.refusals import refuse_if
from marketplace.workflow.views import take_posted_step

from .. import queries, rules
from ..actions import call_off_shift
from ..checklist import checks
from ..enums import UNDECIDED, ProgramStatus
from ..models import PUBLIC, Program
from ..steps import BY_SLUG, STEPS

PROGRAMS_A_PAGE = 20
OTHERS_SHOWN = 5


def list_programs(request: HttpRequest) -> HttpResponse:
    """Every program of this person's organizations or area, the newest first; ?status= keeps one status."""
    programs = queries.programs_worked_on_by(request.user)
    chosen = request.GET.get("status", "")
    kept, chips = kept_to_status(programs, chosen, ProgramStatus, all_url=reverse("desk_programs"))
    context = {
        "page": Paginator(queries.with_places(kept), PROGRAMS_A_PAGE).get_page(request.GET.get("page")),
        **chips,
        "may_offer": organizations_of(request.user).active().exists(),
        "now": timezone.now(),
    }
    return render(request, "programs/list.html", context)


def show_program(request: HttpRequest, pk: int) -> HttpResponse:
    """What is offered, its shifts, what happened, and the steps open to this person."""
    now = timezone.now()
    program = get_object_or_404(queries.programs_worked_on_by(request.user), pk=pk)
    is_theirs_to_decide = _is_decided_by(program, request.user)
    context = {
        "program": program,
        "wanted": program.wanted_shifts.with_parents() if program.status in UNDECIDED else [],
        "shifts": all_shifts(program),
        "entries": queries.program_story(program),
        "steps": offered_steps(program, request.user, STEPS, url_name="program_step"),
        "why_returned": queries.why_returned(program),
        "runs_it": rules.refuse_running(program, request.user) is None,
        "may_edit": rules.refuse_edit(program, request.user) is None,
        "may_plan": rules.refuse_planning(program, request.user) is None,
        "may_insure": rules.refuse_insuring(program, request.user) is None,
        "policies": queries.policies_of(program),
        "may_copy": program.status in PUBLIC and rules.refuse_creation(program.organization, request.user) is None,
        "bar_note": rules.refuse_decision(program, request.user) if is_theirs_to_decide else None,
        "days_left": _days_left(program, now),
        "checks": checks(program, now) if is_theirs_to_decide else [],
        "others": queries.other_programs(program)[:OTHERS_SHOWN],
        "back_url": reverse("desk_programs"),
        "back_label": _("项目"),
        "now": now,
    }
    return render(request, "programs/detail.html", context)


def _is_decided_by(program: Program, user: Any) -> bool:
    return program.status == ProgramStatus.SUBMITTED and user.reaches(program.area_code, *rules.APPROVERS)


def _days_left(program: Program, now: datetime) -> int | None:
    """Working days until the answer is due, while it is awaited."""
    if program.status != ProgramStatus.SUBMITTED or program.approve_due_at is None:
        return None
    return workdays_left(program.approve_due_at, now)


@require_POST
def take_program_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the table, with the person's words where it asks for them."""
    program = get_object_or_404(queries.programs_worked_on_by(request.user), pk=pk)
    take_posted_step(request, program, step, BY_SLUG)
    return redirect("desk_program", pk)


def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Why one shift won't happen, and then it does not: everybody who signed up is told."""
    now = timezone.now()
    shift = get_object_or_404(Shift.objects.public().with_parents(), pk=pk)
    refuse_if(rules.refuse_cancellation(shift, request.user, now))
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        call_off_shift(shift, actor=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("已取消这一场，报名的人都收到了消息。"))
        return redirect("shift", pk)
    return render(request, "shifts/cancel.html", {"shift": shift, "form": form})
