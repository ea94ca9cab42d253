"""Stating a need, following it, and deciding about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.organizations.models import ServiceCategory
from marketplace.shifts.queries import all_shifts
from marketplace.sites.queries import sites_spoken_for_by
from marketplace.sites.rules import speaks_for
from marketplace.volunteers.models import Language
from marketplace.workflow.calendar import workdays_left
from marketplace.workflow.forms import offered_steps
from marketplace.workflow.lists import kept_to_status
from marketplace.workflow.queries import last_remark
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.views import take_posted_step

from ..actions import confirm_need, save_need
from ..checklist import checks
from ..enums import Channel, NeedStatus
from ..forms.sheet import NeedSheet
from ..forms.texts import FilterForm
from ..models import Need
from ..queries import (
    holidays_ahead,
    holidays_on,
    identity_meant,
    need_story,
    needs_worked_on_by,
    other_needs_here,
)
from ..rules import VERIFIERS, refuse_edit, refuse_reading_back, refuse_verification
from ..script import read_back_script
from ..steps import BY_SLUG, STEPS

NEEDS_A_PAGE = 20
OTHERS_SHOWN = 5
AWAITING = (NeedStatus.SUBMITTED, NeedStatus.VERIFIED)


def list_needs(request: HttpRequest) -> HttpResponse:
    """Every need of this person's sites or area, the newest first; ?status=, ?urgency=, ?audience=, ?channel= keep some."""
    filters = FilterForm(request.GET)
    needs = needs_worked_on_by(request.user).filter(**filters.chosen)
    kept_by = urlencode(filters.chosen)
    all_url = reverse("desk_needs") + (f"?{kept_by}" if kept_by else "")
    kept, chips = kept_to_status(needs, request.GET.get("status", ""), NeedStatus, all_url=all_url)
    page = Paginator(kept, NEEDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        **_with_filters(chips, kept_by),
        "filters": filters,
        "takes_calls": sites_spoken_for_by(request.user).exists(),
        "now": timezone.now(),
    }
    return render(request, "needs/list.html", context)


def _with_filters(chips: dict[str, Any], kept_by: str) -> dict[str, Any]:
    """A status is chosen among what the filters leave."""
    if not kept_by:
        return chips
    shown = [chip if chip["is_on"] else {**chip, "url": f"{chip['url']}&{kept_by}"} for chip in chips["chips"]]
    return {"chips": shown, "query": "&".join(filter(None, (chips["query"], kept_by))), "is_filtered": True}


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
        return _after_saving(saved, request.POST)
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "need": need,
        "why_returned": _why_returned(need),
        "has_private": need is not None and identity_meant(need) is not None,
        "holidays": holidays_ahead(timezone.now()),
    }
    return render(request, "needs/form.html", context)


def _why_returned(need: Need | None) -> str:
    return last_remark(need) if need and need.status == NeedStatus.RETURNED else ""


def _saved(request: HttpRequest, sheet: NeedSheet) -> Need | None:
    """The saved need, or None where the form must be shown again: a refusal stands above what was typed."""
    if not sheet.is_valid():
        return None
    is_call = sheet.values.get("channel") == Channel.PHONE
    is_final = "submit" in request.POST and not is_call
    try:
        need = save_need(sheet.need, actor=request.user, is_final=is_final, **sheet.values)
    except Refused as refusal:
        sheet.form.add_error(None, refusal.sentence)
        return None
    is_read_back = is_call and "submit" in request.POST
    messages.success(request, _("已记下。念给对方听，对方确认以后就提交。") if is_read_back else _what_was_saved(need))
    return need


def _after_saving(need: Need, data: QueryDict) -> HttpResponse:
    """What was taken down on the phone is read back next."""
    name = "desk_need_read_back" if need.channel == Channel.PHONE and "submit" in data else "desk_need"
    return redirect(name, need.pk)


def _what_was_saved(need: Need) -> Any:
    if need.status != NeedStatus.SUBMITTED:
        return _("已存为草稿，只有您和同一地点的同事看得到。填好后请提交核实。")
    if need.is_emergency:
        return _("已告诉乡镇和区县的工作人员，他们会马上核实。请现在就打电话，不要只等平台。")
    return BY_SLUG["submit"].done


def read_back(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the script to read out. POST: the other person said yes, and it is handed in."""
    need = get_object_or_404(needs_worked_on_by(request.user), pk=pk)
    if request.method == "POST":
        messages.success(request, _what_was_saved(confirm_need(need, actor=request.user)))
        return redirect("desk_need", pk)
    refuse_if(refuse_reading_back(need, request.user))
    return render(request, "needs/read_back.html", {"need": need, "lines": read_back_script(need)})


def show_paper_form(request: HttpRequest) -> HttpResponse:
    """A sheet of A4 to fill in by hand, in large type."""
    choices = {"categories": ServiceCategory.objects.all(), "languages": Language.objects.all()}
    return render(request, "needs/paper_form.html", {**choices, "now": timezone.now()})


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
        "identity": identity_meant(need) if _is_decided_by(need, request.user) else None,
        "is_to_read_back": refuse_reading_back(need, request.user) is None,
        "holidays": holidays_on(need),
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
    """Working days until the answer is due, while it is awaited; an emergency is counted in hours."""
    is_counted = need.status in AWAITING and not need.is_emergency
    return workdays_left(need.verify_due_at, now) if is_counted and need.verify_due_at else None


@require_POST
def take_need_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the table, with the person's words where it asks for them."""
    need = get_object_or_404(needs_worked_on_by(request.user), pk=pk)
    take_posted_step(request, need, step, BY_SLUG)
    return redirect("desk_need", pk)
