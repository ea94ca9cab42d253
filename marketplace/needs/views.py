"""Stating a need, following it, and deciding about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.shifts.queries import all_shifts
from marketplace.sites.queries import sites_spoken_for_by
from marketplace.sites.rules import speaks_for
from marketplace.workflow.calendar import workdays_left
from marketplace.workflow.forms import offered_steps, words_for
from marketplace.workflow.lists import kept_to_status
from marketplace.workflow.queries import last_remark
from marketplace.workflow.refusals import Refused, refuse_if

from .actions import save_need
from .checklist import checks
from .enums import NeedStatus
from .forms import NeedSheet
from .models import Need
from .queries import need_story, needs_worked_on_by, other_needs_here
from .rules import VERIFIERS, refuse_edit, refuse_verification
from .steps import BY_SLUG, STEPS

NEEDS_A_PAGE = 20
OTHERS_SHOWN = 5
AWAITING = (NeedStatus.SUBMITTED, NeedStatus.VERIFIED)


def list_needs(request: HttpRequest) -> HttpResponse:
    """Every need of this person's sites or area, the newest first; ?status= keeps one status."""
    needs = needs_worked_on_by(request.user)
    chosen = request.GET.get("status", "")
    kept, chips = kept_to_status(needs, chosen, NeedStatus, all_url=reverse("desk_needs"))
    page = Paginator(kept, NEEDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **chips,
        "may_state": sites_spoken_for_by(request.user).exists(),
        "now": timezone.now(),
    }
    return render(request, "needs/list.html", context)


def state_need(request: HttpRequest) -> HttpResponse:
    """A new need: a draft, or handed in at once."""
    return _fill_in(request, None)


def edit_need(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft or a returned need, filled in further."""
    need = get_object_or_404(needs_worked_on_by(request.user), pk=pk)
    refuse_if(refuse_edit(need, request.user))
    return _fill_in(request, need)


def _fill_in(request: HttpRequest, need: Need | None) -> HttpResponse:
    sheet = NeedSheet(request.user, need=need, data=request.POST if request.method == "POST" else None)
    if "another_row" in request.POST:
        sheet = sheet.with_another_row()
    elif request.method == "POST" and (saved := _saved(request, sheet)):
        return redirect("desk_need", saved.pk)
    context = {"sheet": sheet, "form": sheet.form, "need": need, "why_returned": _why_returned(need)}
    return render(request, "needs/form.html", context)


def _why_returned(need: Need | None) -> str:
    return last_remark(need) if need and need.status == NeedStatus.RETURNED else ""


def _saved(request: HttpRequest, sheet: NeedSheet) -> Need | None:
    """The saved need, or None where the form must be shown again: a refusal stands above what was typed."""
    if not sheet.is_valid():
        return None
    is_final = "submit" in request.POST
    try:
        need = save_need(sheet.need, actor=request.user, is_final=is_final, **sheet.values)
    except Refused as refusal:
        sheet.form.add_error(None, refusal.sentence)
        return None
    said = BY_SLUG["submit"].done if is_final else _("已存为草稿，只有您和同一地点的同事看得到。填好后请提交核实。")
    messages.success(request, said)
    return need


def show_need(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, its times, what happened, and the steps open to this person."""
    now = timezone.now()
    need = get_object_or_404(needs_worked_on_by(request.user), pk=pk)
    steps = offered_steps(need, request.user, STEPS, url_name="need_step")
    context = {
        "need": need,
        "shifts": all_shifts(need),
        "entries": need_story(need),
        "steps": steps,
        "why_returned": _why_returned(need),
        "may_see_roster": speaks_for(request.user, need.site),
        "may_edit": refuse_edit(need, request.user) is None,
        "bar_note": _why_not_decide(need, request.user),
        "days_left": _days_left(need, now),
        "checks": checks(need, now) if _is_decided_by(need, request.user) else [],
        "others": other_needs_here(need)[:OTHERS_SHOWN],
        "now": now,
        "back_url": reverse("desk_needs"),
        "back_label": _("需求"),
    }
    return render(request, "needs/detail.html", context)


def _is_decided_by(need: Need, user: Any) -> bool:
    return need.status in AWAITING and user.reaches(need.area_code, *VERIFIERS)


def _why_not_decide(need: Need, user: Any) -> str | None:
    """Staff who must leave this one to a colleague are told so."""
    is_theirs = need.status == NeedStatus.SUBMITTED and _is_decided_by(need, user)
    return refuse_verification(need, user) if is_theirs else None


def _days_left(need: Need, now: datetime) -> int | None:
    """Working days until the answer is due, while it is awaited."""
    return workdays_left(need.verify_due_at, now) if need.status in AWAITING and need.verify_due_at else None


@require_POST
def take_need_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the table, with the person's words where it asks for them."""
    need = get_object_or_404(needs_worked_on_by(request.user), pk=pk)
    if (chosen := BY_SLUG.get(step)) is None:
        raise Http404
    chosen.take(need, actor=request.user, words=words_for(chosen, request.POST))
    messages.success(request, chosen.done)
    return redirect("desk_need", pk)
