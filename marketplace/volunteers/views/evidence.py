"""Papers that show a skill: one's own, and for staff the ones to check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.documents.views import stream
from marketplace.workflow.refusals import Refused

from .. import queries
from ..actions import accept_evidence, hand_in_evidence, refuse_evidence, take_evidence_back
from ..forms import EvidenceCheckForm, EvidenceForm
from ..models import SkillEvidence, Volunteer
from ..rules import refuse_evidence_check


def own_volunteer(request: HttpRequest) -> Volunteer:
    """The person's own profile. Raises Refused where there is none yet."""
    volunteer = queries.volunteer_of(request.user)
    if volunteer is None:
        raise Refused(_("请先填写「我的资料」。"))
    return volunteer


def own_papers(request: HttpRequest) -> HttpResponse:
    """What has been handed in and how it stands, and one more."""
    volunteer = own_volunteer(request)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _is_kept(form, volunteer, request.user):
        messages.success(request, _("已上传，由您常住乡镇（街道）的工作人员核对。"))
        return redirect("skill_papers")
    papers = list(queries.evidence_of(volunteer))
    remarks = queries.remarks_on(papers)
    lines = [{"paper": paper, "remark": remarks.get(paper.pk, "")} for paper in papers]
    return render(request, "volunteers/papers.html", {"form": form, "papers": lines})


def _is_kept(form: EvidenceForm, volunteer: Volunteer, user: Any) -> bool:
    """Whether the file was taken; a refusal stands beside its field."""
    try:
        hand_in_evidence(volunteer, actor=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("upload", refusal.sentence)
        return False
    return True


def read_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself; who may is asked each time, and that it was read is kept."""
    paper = get_object_or_404(queries.evidence_read_by(request.user), pk=pk)
    if paper.document is None:
        raise Http404
    return stream(paper.document, actor=request.user, subject=paper)


@require_POST
def take_paper_back(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(queries.evidence_of(own_volunteer(request)), pk=pk)
    take_evidence_back(paper, actor=request.user)
    messages.success(request, _("已删除这份证明。"))
    return redirect("skill_papers")


def list_papers(request: HttpRequest) -> HttpResponse:
    """What waits for a check, the oldest first."""
    return render(request, "volunteers/papers_to_check.html", {"papers": queries.evidence_to_check(request.user)})


def check_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper and the answer to it."""
    paper = get_object_or_404(queries.evidence_checked_by(request.user), pk=pk)
    form = EvidenceCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_decided(form, paper, request.user):
        messages.success(request, _("已登记核对结果，本人会收到消息。"))
        return redirect("papers_to_check")
    context = {"paper": paper, "form": form, "why_not": refuse_evidence_check(paper, request.user)}
    return render(request, "volunteers/paper_check.html", context)


def _is_decided(form: EvidenceCheckForm, paper: SkillEvidence, user: Any) -> bool:
    values = form.cleaned_data
    try:
        if values["answer"] == form.ACCEPT:
            accept_evidence(paper, actor=user, valid_until=values["valid_until"])
        else:
            refuse_evidence(paper, actor=user, remark=values["remark"])
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
