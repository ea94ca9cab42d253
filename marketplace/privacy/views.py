"""Looking at an identity for a reason, deciding who may, and answering what people want corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.workflow.calendar import exceptions_between, workdays_left
from marketplace.workflow.forms import offered_steps
from marketplace.workflow.refusals import Refused
from marketplace.workflow.views import take_posted_step

from . import actions, queries, rules
from .enums import OpeningStatus
from .forms import CorrectionForm, LookupForm, ReasonForm
from .models import Identity
from .steps import BY_SLUG, CORRECTION_BY_SLUG, CORRECTION_STEPS, OPENING_STEPS

LINES_SHOWN = 50


def find_identity(request: HttpRequest) -> HttpResponse:
    """Whom the person looks for, by the whole name, number or phone; posted, so that it stands in no address."""
    form = LookupForm(request.POST or None)
    found = None
    if form.is_valid():
        found = [
            {"identity": identity, **queries.masked_person(identity)}
            for identity in actions.look_up(form.cleaned_data["value"], actor=request.user)
        ]
    return render(request, "privacy/identities.html", {"form": form, "found": found})


def show_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Masked, with the way to see more."""
    identity = get_object_or_404(queries.identities_read_by(request.user), pk=pk)
    return _identity_page(request, identity, ReasonForm())


@require_POST
def ask_opening(request: HttpRequest, pk: int) -> HttpResponse:
    identity = get_object_or_404(queries.identities_read_by(request.user), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _identity_page(request, identity, form)
    try:
        opening = actions.ask_opening(identity, actor=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error("reason", refusal.sentence)
        return _identity_page(request, identity, form)
    if opening.status == OpeningStatus.GRANTED:
        messages.success(request, _("可以查看了。每看一次都会留下记录。"))
    else:
        messages.success(
            request, _("已提交。这是未成年人的资料，要由另一位县级或市级工作人员批准，结果会发到「消息」。")
        )
    return redirect("identity", pk)


@require_POST
def open_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole of it, once: the answer to a post is kept by nobody and can't be led to by an address."""
    identity = get_object_or_404(queries.identities_read_by(request.user), pk=pk)
    person = actions.open_identity(identity, actor=request.user)
    context = {"identity": identity, "person": person, "seen_at": timezone.now()}
    return render(request, "privacy/opened.html", context)


def _identity_page(request: HttpRequest, identity: Identity, form: ReasonForm) -> HttpResponse:
    context: dict[str, Any] = {
        "identity": identity,
        "masked": queries.masked_person(identity),
        "opening": queries.opening_in_force(identity, request.user),
        "waiting": identity.openings.filter(asked_by_id=request.user.pk, status=OpeningStatus.REQUESTED).first(),
        "needs_approval": rules.needs_approval(identity),
        "why_not": rules.refuse_asking(identity, request.user),
        "entries": queries.identity_story(identity),
        "form": form,
        "back_url": reverse("identities"),
        "back_label": _("查找人员资料"),
    }
    return render(request, "privacy/identity.html", context)


def list_openings(request: HttpRequest) -> HttpResponse:
    """Requests of the area that wait for this person's decision."""
    lines = [
        {
            "opening": opening,
            "masked": queries.masked_person(opening.identity),
            "steps": offered_steps(opening, request.user, OPENING_STEPS, url_name="opening_step"),
        }
        for opening in queries.waiting_openings(request.user)[:LINES_SHOWN]
    ]
    return render(request, "privacy/openings.html", {"lines": lines})


@require_POST
def take_opening_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    opening = get_object_or_404(queries.openings_seen_by(request.user), pk=pk)
    take_posted_step(request, opening, step, BY_SLUG)
    return redirect("openings")


# Corrections


@require_POST
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    consent = get_object_or_404(queries.consents_of(request.user), pk=pk)
    actions.withdraw_consent(consent, actor=request.user)
    messages.success(request, _("已撤回同意，靠它保存的资料和安排随之结束。"))
    return redirect("my_data")


@require_POST
def ask_correction(request: HttpRequest) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    identity = queries.identity_of(request.user)
    area = identity.area if identity else queries.area_of(request.user)
    actions.ask_correction(actor=request.user, text=form.cleaned_data["text"], area=area)
    messages.success(request, _("已提交，工作人员办理后，结果会发到「消息」。"))
    return redirect("my_data")


def list_corrections(request: HttpRequest) -> HttpResponse:
    """What people of the area asked to be corrected, the nearest deadline first."""
    now, waiting = timezone.now(), list(queries.waiting_corrections(request.user)[:LINES_SHOWN])
    days = [timezone.localtime(moment).date() for moment in (now, *(asked.due_at for asked in waiting))]
    exceptions = exceptions_between(min(days), max(days))
    lines = [{"asked": asked, "days_left": workdays_left(asked.due_at, now, exceptions)} for asked in waiting]
    return render(request, "privacy/corrections.html", {"lines": lines})


def show_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, in the person's words, and the answers open to this person."""
    asked = get_object_or_404(queries.waiting_corrections(request.user), pk=pk)
    context = {
        "asked": asked,
        "text": actions.read_correction(asked, actor=request.user),
        "steps": offered_steps(asked, request.user, CORRECTION_STEPS, url_name="correction_step"),
        "back_url": reverse("corrections"),
        "back_label": _("更正信息的申请"),
    }
    return render(request, "privacy/correction.html", context)


@require_POST
def take_correction_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    asked = get_object_or_404(queries.waiting_corrections(request.user), pk=pk)
    take_posted_step(request, asked, step, CORRECTION_BY_SLUG)
    return redirect("corrections")
