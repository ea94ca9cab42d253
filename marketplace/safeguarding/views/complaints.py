"""Complaining, finding the answer under a receipt, and answering."""

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

from marketplace.workflow.calendar import exceptions_between, workdays_left
from marketplace.workflow.lists import kept_to_status

from .. import subjects
from ..actions import answer_complaint, complain, read_complaint
from ..enums import ComplaintStatus
from ..forms import AnswerForm, ComplaintForm, LookupForm
from ..models import Complaint
from ..queries import complaint_story, complaints_handled_by
from ..sealed import is_secret_of, secret_of
from .own import remember, remembers, spend_telling

COMPLAINTS_A_PAGE = 20


def make_complaint(request: HttpRequest) -> HttpResponse:
    """?about=shift-12 names what it is about; signed in or not."""
    if (about := subjects.public_subject(request.GET.get("about", ""))) is None:
        raise Http404
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spend_telling(request)
        actor = request.user if request.user.is_authenticated else None
        complaint = complain(about, actor=actor, **form.cleaned_data)
        remember(request, complaint.receipt)
        messages.success(request, _("投诉收到了。请记下回执号和查询码。"))
        return redirect(f"{reverse('complaint')}?receipt={complaint.receipt}")
    context = {"form": form, "name": subjects.name_of(about), "url": subjects.page_of(about)}
    return render(request, "safeguarding/complain.html", context)


def find_complaint(request: HttpRequest) -> HttpResponse:
    """Status and answer for whoever made it here, or who types receipt and secret; never what was said."""
    if request.method == "POST":
        spend_telling(request)
    receipt = request.GET.get("receipt", "")
    form = LookupForm(request.POST or None, initial={"receipt": receipt})
    own = _own_complaint(request, receipt)
    found = own or _looked_up(form)
    context = {"form": form, "complaint": found, "secret": secret_of(own) if own else ""}
    return render(request, "safeguarding/complaint.html", context)


def _own_complaint(request: HttpRequest, receipt: str) -> Complaint | None:
    found = Complaint.objects.filter(receipt=receipt).first() if receipt else None
    if found is None or remembers(request, receipt):
        return found
    return found if found.made_by_id and found.made_by_id == request.user.pk else None


def _looked_up(form: LookupForm) -> Complaint | None:
    if not form.is_valid():
        return None
    found = Complaint.objects.filter(receipt=form.cleaned_data["receipt"]).first()
    if found and is_secret_of(found, form.cleaned_data["secret"]):
        return found
    form.add_error(None, _("没有找到。请核对回执号和查询码，一个字也不能差。"))
    return None


def list_complaints(request: HttpRequest) -> HttpResponse:
    """The queue of this person's area, the nearest deadline first; ?status= keeps one status."""
    now = timezone.now()
    complaints = complaints_handled_by(request.user)
    chosen = request.GET.get("status", "")
    kept, chips = kept_to_status(complaints, chosen, ComplaintStatus, all_url=reverse("desk_complaints"))
    listed = Paginator(kept.order_by("-status", "answer_due_at"), COMPLAINTS_A_PAGE)
    page = listed.get_page(request.GET.get("page"))
    return render(request, "safeguarding/complaints.html", {"page": page, "lines": _lines(page, now), **chips})


def _lines(page: Any, now: datetime) -> list[dict[str, Any]]:
    """Each with what it is about in a word, and the working days left while it waits."""
    dues = [timezone.localtime(one.answer_due_at).date() for one in page]
    exceptions = exceptions_between(min(dues), max([*dues, now.date()])) if dues else {}
    return [
        {
            "complaint": one,
            "about": subjects.LABELS[one.subject_type],
            "is_open": one.status == ComplaintStatus.OPEN,
            "days_left": workdays_left(one.answer_due_at, now, exceptions),
        }
        for one in page
    ]


def show_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, opened, and its answer; that it was opened is kept."""
    found = get_object_or_404(complaints_handled_by(request.user), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_complaint(found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已答复。有账号的投诉人收到了消息，没有账号的凭回执号查看。"))
        return redirect("desk_complaint", pk)
    now = timezone.now()
    about = subjects.subject_of(found)
    context = {
        "complaint": found,
        "details": read_complaint(found, actor=request.user),
        "about": {"label": subjects.LABELS[found.subject_type], "name": subjects.name_of(about) if about else ""},
        "about_url": subjects.page_of(about) if about else "",
        "form": form,
        "entries": complaint_story(found),
        "days_left": workdays_left(found.answer_due_at, now),
        "back_url": reverse("desk_complaints"),
        "back_label": _("投诉"),
        "now": now,
    }
    return render(request, "safeguarding/complaint_detail.html", context)
