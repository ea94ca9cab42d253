"""Restrictions of a volunteer, for county and bureau."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.workflow.refusals import refuse_if

from .. import queries
from ..actions import end_restriction, record_restriction
from ..forms import RestrictionForm
from ..models import Volunteer
from ..rules import refuse_restriction_entry


def list_restrictions(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds and what held, and one more."""
    volunteer = _volunteer(request, pk)
    form = RestrictionForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        record_restriction(volunteer, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已登记。有关的报名会取消，本人只会看到「暂时不能安排」，看不到原因。"))
        return redirect("restrictions", pk)
    found = volunteer.restrictions.select_related("site", "organization", "recorded_by")
    context = {"volunteer": volunteer, "restrictions": found, "form": form, "today": timezone.localdate()}
    return render(request, "volunteers/restrictions.html", context)


@require_POST
def end(request: HttpRequest, pk: int, restriction: int) -> HttpResponse:
    volunteer = _volunteer(request, pk)
    end_restriction(get_object_or_404(volunteer.restrictions, pk=restriction), actor=request.user)
    messages.success(request, _("已结束，今天是最后一天。"))
    return redirect("restrictions", pk)


def _volunteer(request: HttpRequest, pk: int) -> Volunteer:
    volunteer = get_object_or_404(queries.volunteers_of_area(request.user), pk=pk)
    refuse_if(refuse_restriction_entry(volunteer, request.user))
    return volunteer
