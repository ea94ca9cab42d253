"""A running program: its insurance, its risks in new words, one of its days at another time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.documents.views import stream
from marketplace.shifts.forms import MoveForm
from marketplace.shifts.models import Shift
from marketplace.workflow.refusals import Refused, refuse_if

from .. import queries, rules
from ..actions import add_insurance, remove_insurance, reschedule_shift, revise_risks
from ..forms.running import InsuranceForm, RisksForm
from ..models import InsurancePolicy, Program


def insure_program(request: HttpRequest, pk: int) -> HttpResponse:
    """A policy for the program's days, with its paper where it is at hand."""
    program = get_object_or_404(queries.programs_worked_on_by(request.user), pk=pk)
    refuse_if(rules.refuse_insuring(program, request.user))
    form = InsuranceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _is_insured(program, form, request.user):
        messages.success(request, _("已登记保险。"))
        return redirect("desk_program", pk)
    return render(request, "programs/insurance.html", {"program": program, "form": form})


def _is_insured(program: Program, form: InsuranceForm, user: Any) -> bool:
    """Whether the policy was taken; a refused paper is said beside its field."""
    try:
        add_insurance(program, actor=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("paper", refusal.sentence)
        return False
    return True


@require_POST
def drop_insurance(request: HttpRequest, pk: int) -> HttpResponse:
    """A policy that was written down wrongly is taken out of a draft."""
    programs = queries.programs_worked_on_by(request.user).values("pk")
    policy = get_object_or_404(InsurancePolicy.objects.select_related("program"), pk=pk, program__in=programs)
    remove_insurance(policy, actor=request.user)
    messages.success(request, _("已去掉这份保险，可以重新登记。"))
    return redirect("desk_program", policy.program_id)


def read_insurance_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper itself; who may is asked each time, and that it was read is kept."""
    policy = get_object_or_404(queries.papers_of_insurance(request.user), pk=pk)
    paper: Any = policy.document
    return stream(paper, actor=request.user, subject=policy.program)


def say_new_risks(request: HttpRequest, pk: int) -> HttpResponse:
    """Risks of an approved program in new words; whoever signed up is asked to read them."""
    program = get_object_or_404(queries.programs_worked_on_by(request.user), pk=pk)
    form = RisksForm(program, request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_revised(program, form, request.user):
        messages.success(request, _("风险提示已更新，报名的人都收到了消息。"))
        return redirect("desk_program", pk)
    return render(request, "programs/risks.html", {"program": program, "form": form})


def _is_revised(program: Program, form: RisksForm, user: Any) -> bool:
    try:
        revise_risks(program, actor=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("risk_disclosure", refusal.sentence)
        return False
    return True


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time for one shift, or another of its program's sites; everybody who signed up is told."""
    now = timezone.now()
    shift = get_object_or_404(Shift.objects.public().with_parents(), pk=pk)
    refuse_if(rules.refuse_cancellation(shift, request.user, now))
    form = MoveForm(shift, request.POST or None, sites=queries.sites_to_move_to(shift))
    if request.method == "POST" and form.is_valid() and _is_moved(shift, form, request.user):
        messages.success(request, _("已改时间，报名的人都收到了消息。"))
        return redirect("shift", pk)
    return render(request, "shifts/move.html", {"shift": shift, "form": form})


def _is_moved(shift: Shift, form: MoveForm, user: Any) -> bool:
    """Whether it was moved; a refusal stands above what was typed."""
    starts_at, ends_at = form.times
    said = {"site": form.cleaned_data.get("site"), "remark": form.cleaned_data["remark"]}
    try:
        reschedule_shift(shift, starts_at=starts_at, ends_at=ends_at, actor=user, **said)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
