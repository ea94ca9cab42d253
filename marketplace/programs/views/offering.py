"""The form in which a program is offered: texts, the needs' shifts it would adopt, shifts of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.geography.models import AdminArea
from marketplace.organizations.queries import organizations_of
from marketplace.shifts.queries import adoptable_shifts
from marketplace.workflow.refusals import Refused, refuse_if

from ..actions import save_program
from ..forms.offering import TEXTS, ProgramSheet, is_number
from ..forms.rows import rows_of, weeks_until_ahead
from ..models import Program
from ..queries import (
    latest_program,
    previewed_shifts,
    programs_of_member,
    programs_worked_on_by,
    shifts_to_answer,
    shifts_to_repeat,
    wanted_needs,
    why_returned,
)
from ..rules import refuse_edit
from ..steps import BY_SLUG

SHIFTS_OFFERED = 16


def offer_program(request: HttpRequest) -> HttpResponse:
    """A new program; ?copy=<pk> starts from the texts and times of that one, ?copy of the newest, ?need=<pk> ticks a
    need's shifts."""
    return _fill_in(request, None)


def edit_program(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft or a returned program, filled in further."""
    program = get_object_or_404(programs_worked_on_by(request.user), pk=pk)
    refuse_if(refuse_edit(program, request.user))
    return _fill_in(request, program)


def _fill_in(request: HttpRequest, program: Program | None) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        sheet = ProgramSheet(request.user, now=now, program=program, data=request.POST)
        if "autosave" in request.POST:
            return _kept(request, sheet)
        if "find" in request.POST or "another_row" in request.POST:
            sheet = sheet.unchecked(empty=int("another_row" in request.POST))
        elif saved := _saved(request, sheet):
            return redirect("desk_program_preview" if "preview" in request.POST else "desk_program", saved.pk)
    else:
        start = {} if program else _start(request, now)
        sheet = ProgramSheet(request.user, now=now, program=program, **start)
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "program": program,
        "previous": None if program else latest_program(organizations_of(request.user)),
        "why_returned": why_returned(program) if program else "",
        **_offered_shifts(request, sheet),
    }
    return render(request, "programs/form.html", context)


def _start(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """What a new program starts from, as the address says: `initial` texts and ticks, `rows` of times."""
    initial: dict[str, Any] = {}
    rows: list[dict[str, Any]] = []
    if "copy" in request.GET and (previous := _to_copy(request)):
        initial = {**model_to_dict(previous, fields=TEXTS), "copied_from": previous.pk}
        shifts = list(shifts_to_repeat(previous))
        rows = rows_of(shifts, weeks_later=weeks_until_ahead(shifts, now))
    if is_number(need := request.GET.get("need", "")):
        initial["wanted_shifts"] = list(adoptable_shifts(now).filter(need__pk=need))
    return {"initial": initial, "rows": rows}


def _to_copy(request: HttpRequest) -> Program | None:
    """The program the address names, or the newest; never another organization's."""
    if is_number(named := request.GET["copy"]):
        return programs_of_member(request.user).filter(pk=named).first()
    return latest_program(organizations_of(request.user))


def _offered_shifts(request: HttpRequest, sheet: ProgramSheet) -> dict[str, Any]:
    """The needs' shifts to tick: the ticked ones first, then what the filter finds."""
    asked = request.POST if request.method == "POST" else request.GET
    area, text = asked.get("area", ""), asked.get("text", "").strip()
    chosen = sheet.chosen
    found = shifts_to_answer(sheet.now, area=area, text=text).exclude(pk__in=[shift.pk for shift in chosen])
    offered = list(found[:SHIFTS_OFFERED])
    return {
        "chosen": chosen,
        "offered": offered,
        "left_out": found.count() - len(offered),
        "counties": AdminArea.objects.current().counties(),
        "area": area,
        "text": text,
    }


def _saved(request: HttpRequest, sheet: ProgramSheet) -> Program | None:
    """The saved program, or None where the form must be shown again: a refusal stands above what was typed."""
    if not sheet.is_valid():
        return None
    try:
        program = save_program(sheet.program, actor=request.user, is_final=sheet.is_final, **sheet.values)
    except Refused as refusal:
        sheet.form.add_error(None, refusal.sentence)
        return None
    if "preview" in request.POST:
        return program
    said = BY_SLUG["submit"].done if sheet.is_final else _("已存为草稿，只有同一组织的同事看得到。填好后请提交审核。")
    messages.success(request, said)
    return program


def _kept(request: HttpRequest, sheet: ProgramSheet) -> JsonResponse:
    """The answer to a form that keeps itself: where the draft stands now, or a sentence why it is not kept yet."""
    try:
        refuse_if(None if sheet.is_valid() else sheet.first_error)
        saved = save_program(sheet.program, actor=request.user, is_final=False, **sheet.values)
    except Refused as refusal:
        return JsonResponse({"said": _("还没有保存：%(why)s") % {"why": refusal.sentence}}, status=409)
    return JsonResponse(
        {
            "said": _("已自动保存 %(time)s") % {"time": f"{timezone.localtime():%H:%M}"},
            "version": saved.version,
            "edit_url": reverse("desk_program_edit", args=[saved.pk]),
            "preview_url": reverse("desk_program_preview", args=[saved.pk]),
        }
    )


def preview_program(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page of a program that is not public yet, as volunteers will see it; a fragment beside its form."""
    program = get_object_or_404(programs_worked_on_by(request.user), pk=pk)
    now = timezone.now()
    context = {
        "program": program,
        "shifts": previewed_shifts(program, now),
        "needs": wanted_needs(program),
        "may_edit": refuse_edit(program, request.user) is None,
        "now": now,
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "programs/_public_body.html" if is_fragment else "programs/preview.html", context)
