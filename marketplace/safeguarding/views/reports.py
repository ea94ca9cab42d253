"""Reporting harm to a child, and the queue of those who handle it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.models import User
from marketplace.workflow.forms import offered_steps
from marketplace.workflow.lists import kept_to_status
from marketplace.workflow.views import take_posted_step

from ..actions import describe_report, read_report, report_harm
from ..enums import ReportStatus
from ..forms import DescriptionForm, TapForm
from ..models import MandatoryReport
from ..queries import report_story, reports_handled_by
from ..sealed import details_of
from ..steps import BY_SLUG, STEPS
from .own import remember, remembers, spend_telling

REPORTS_A_PAGE = 20


def report(request: HttpRequest) -> HttpResponse:
    """GET: the numbers and the button. POST: the report is kept at once, whoever sends it and whatever else came with it."""
    if request.method != "POST":
        return render(request, "safeguarding/report.html")
    spend_telling(request)
    kept = report_harm(actor=_somebody(request), **TapForm(request.POST).readable)
    remember(request, kept.receipt)
    url = reverse("report_receipt", args=[kept.receipt])
    if request.accepts("text/html"):
        return redirect(url)
    return JsonResponse({"receipt": kept.receipt, "url": url}, status=201)


def _somebody(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def show_receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """One's own report: that it arrived, how far it is, and room for words. Nobody else's is found."""
    found = _own_report(request, receipt)
    form = DescriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        describe_report(found, **form.cleaned_data)
        messages.success(request, _("已补充到报告里，只有处理的人能看到。"))
        return redirect("report_receipt", receipt)
    return render(request, "safeguarding/receipt.html", {"report": found, "form": form})


def _own_report(request: HttpRequest, receipt: str) -> MandatoryReport:
    found = get_object_or_404(MandatoryReport, receipt=receipt)
    if not remembers(request, receipt) and (
        request.user.pk is None or details_of(found)["reporter"] != request.user.pk
    ):
        raise Http404
    return found


def list_reports(request: HttpRequest) -> HttpResponse:
    """The queue of this person's area, the oldest first; ?status= keeps one status."""
    reports = reports_handled_by(request.user)
    chosen = request.GET.get("status", "")
    kept, chips = kept_to_status(reports, chosen, ReportStatus, all_url=reverse("desk_reports"))
    page = Paginator(kept.order_by("-status", "reported_at"), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "safeguarding/reports.html", {"page": page, **chips})


def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported, opened; that it was opened is kept."""
    found = get_object_or_404(reports_handled_by(request.user), pk=pk)
    details = read_report(found, actor=request.user)
    context = {
        "report": found,
        "details": details,
        "reporter": User.objects.filter(pk=details["reporter"]).select_related("phone_identity").first(),
        "entries": report_story(found),
        "steps": offered_steps(found, request.user, STEPS, url_name="report_step"),
        "back_url": reverse("desk_reports"),
        "back_label": _("强制报告"),
        "now": timezone.now(),
    }
    return render(request, "safeguarding/report_detail.html", context)


@require_POST
def take_report_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the table, with the person's words where it asks for them."""
    found = get_object_or_404(reports_handled_by(request.user), pk=pk)
    take_posted_step(request, found, step, BY_SLUG)
    return redirect("desk_report", pk)
