"""Papers of an organization: handed in, read by those who may, taken away while it is being filled in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.documents.views import stream
from marketplace.workflow.refusals import Refused, refuse_if

from .. import queries, rules
from ..actions import add_paper, remove_paper
from ..forms import PaperForm
from ..models import Organization


def hand_in_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been handed in, and one more."""
    organization = get_object_or_404(queries.organizations_worked_on_by(request.user), pk=pk)
    refuse_if(rules.refuse_paper(organization, request.user))
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _is_kept(form, organization, request.user):
        messages.success(request, _("已上传，只有同事和核验的民政部门能看到。"))
        return redirect("desk_organization", pk)
    context = {"organization": organization, "form": form, "papers": queries.papers_of(organization)}
    return render(request, "organizations/paper_form.html", context)


def _is_kept(form: PaperForm, organization: Organization, user: Any) -> bool:
    """Whether the file was taken; a refusal stands beside its field."""
    try:
        add_paper(organization, actor=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("upload", refusal.sentence)
        return False
    return True


def read_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """The file itself; who may is asked each time, and that it was read is kept."""
    found = get_object_or_404(queries.papers_read_by(request.user), pk=paper, organization=pk)
    return stream(found.document, actor=request.user, subject=found.organization)


@require_POST
def take_paper_away(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    found = get_object_or_404(queries.papers_read_by(request.user), pk=paper, organization=pk)
    remove_paper(found, actor=request.user)
    messages.success(request, _("已删除这份材料。"))
    return redirect("desk_organization", pk)
