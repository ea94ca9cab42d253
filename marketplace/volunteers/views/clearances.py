"""What staff record about volunteers' clearances: find a person of the area, see what is missing, write down a result."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from marketplace.workflow.refusals import Refused

from ..actions import record_clearance
from ..forms import ClearanceForm
from ..models import Volunteer
from ..queries import clearance_tasks, cleared_kinds, required_kinds, volunteers_of_area
from ..rules import refuse_clearance_entry, refuse_restriction_entry

VOLUNTEERS_A_PAGE = 20


def list_volunteers(request: HttpRequest) -> HttpResponse:
    """The volunteers of the area, with how many of the required clearances hold today; ?q= looks for a name."""
    name = request.GET.get("q", "").strip()
    today, required = timezone.localdate(), set(required_kinds())
    page = Paginator(volunteers_of_area(request.user, name), VOLUNTEERS_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {"volunteer": volunteer, "held": len(cleared_kinds(volunteer, today) & required)}
        for volunteer in page.object_list
    ]
    context = {"page": page, "lines": lines, "name": name, "required": len(required), "query": urlencode({"q": name})}
    return render(request, "volunteers/clearances.html", context)


def record_result(request: HttpRequest, pk: int) -> HttpResponse:
    """One volunteer's checks, and the form for the next result."""
    volunteer = get_object_or_404(volunteers_of_area(request.user), pk=pk)
    today = timezone.localdate()
    form = ClearanceForm(request.POST or None, initial={"checked_on": today})
    if request.method == "POST" and form.is_valid() and _recorded(request, volunteer, form):
        return redirect("record_clearance", pk)
    context = {
        "volunteer": volunteer,
        "tasks": clearance_tasks(volunteer, today),
        "form": form,
        "why_not": refuse_clearance_entry(volunteer, request.user, date.min, today),
        "may_restrict": refuse_restriction_entry(volunteer, request.user) is None,
    }
    return render(request, "volunteers/clearance.html", context)


def _recorded(request: HttpRequest, volunteer: Volunteer, form: ClearanceForm) -> bool:
    try:
        clearance = record_clearance(volunteer, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    said = {"kind": clearance.kind, "result": clearance.get_result_display(), "name": volunteer}
    messages.success(request, _("已登记：%(name)s的%(kind)s，%(result)s。") % said)
    return True
