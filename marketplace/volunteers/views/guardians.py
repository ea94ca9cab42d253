"""A guardian's consent: asked for by the young person, given on the guardian's own phone, or recorded from paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.workflow.refusals import Refused, refuse_if

from .. import queries, rules
from ..actions import agree_as_guardian, invite_guardian, record_paper_consent
from ..actions.guardians import open_invitation
from ..enums import AgeGroup
from ..forms import AgreementForm, GuardianForm
from ..models import Volunteer
from .evidence import own_volunteer


def ask_guardian(request: HttpRequest) -> HttpResponse:
    """Whom to ask, then the link: it is shown once, on this answer, and kept nowhere."""
    volunteer = own_volunteer(request)
    form = _form(request)
    link = ""
    why_not = "" if volunteer.age_group != AgeGroup.ADULT else _("年满 18 岁的志愿者不需要监护人同意。")
    if request.method == "POST" and form.is_valid():
        token = invite_guardian(volunteer, actor=request.user, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("guardian_consent", args=[token]))
    context = {
        "form": form,
        "link": link,
        "why_not": why_not,
        "days": settings.GUARDIAN_LINK_DAYS,
        "spans": queries.guardian_spans([volunteer.user_id]).get(volunteer.user_id, ()),
    }
    response = render(request, "volunteers/guardian.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def answer_as_guardian(request: HttpRequest, token: str) -> HttpResponse:
    """What the guardian reads and agrees to; no account is needed, the link works once."""
    try:
        invitation = open_invitation(token)
    except Refused as refusal:
        return render(request, "volunteers/guardian_link_over.html", {"sentence": refusal.sentence}, status=404)
    refuse_if(rules.refuse_own_consent(invitation, request.user))
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agree_as_guardian(invitation)
        return render(request, "volunteers/guardian_thanks.html", {"invitation": invitation})
    response = render(request, "volunteers/guardian_consent.html", {"invitation": invitation, "form": form})
    # The address is the key: it goes to no other site and into no cache.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def record_on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff write down a signature they saw."""
    volunteer = get_object_or_404(queries.volunteers_of_area(request.user), pk=pk)
    refuse_if(rules.refuse_entry(volunteer, request.user))
    form = _form(request)
    if request.method == "POST" and form.is_valid() and _is_recorded(form, volunteer, request.user):
        messages.success(request, _("已登记监护人的纸质同意。"))
        return redirect("record_clearance", pk)
    return render(request, "volunteers/guardian_paper.html", {"form": form, "volunteer": volunteer})


def _form(request: HttpRequest) -> GuardianForm:
    return GuardianForm(request.POST or None, seasons=queries.seasons_ahead(timezone.localdate()))


def _is_recorded(form: GuardianForm, volunteer: Volunteer, user: Any) -> bool:
    try:
        record_paper_consent(volunteer, actor=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
