"""Registering an organization, following it, and deciding about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.models import User
from marketplace.workflow.calendar import workdays_left
from marketplace.workflow.forms import offered_steps
from marketplace.workflow.lists import kept_to_status
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.views import take_posted_step

from .. import queries, rules
from ..actions import save_organization
from ..enums import OrganizationStatus
from ..forms import RegistrationForm
from ..models import Organization
from ..steps import BY_SLUG, STEPS

ORGANIZATIONS_A_PAGE = 20


def list_organizations(request: HttpRequest) -> HttpResponse:
    """This person's organizations, and for county and bureau those of their area; ?status= keeps one status."""
    organizations = queries.organizations_worked_on_by(request.user)
    chosen = request.GET.get("status", "")
    kept, chips = kept_to_status(organizations, chosen, OrganizationStatus, all_url=reverse("desk_organizations"))
    context = {
        "page": Paginator(kept, ORGANIZATIONS_A_PAGE).get_page(request.GET.get("page")),
        **chips,
        "is_staff": cast(User, request.user).has_role(*rules.VERIFIERS),
        "now": timezone.now(),
    }
    return render(request, "organizations/list.html", context)


def register_organization(request: HttpRequest) -> HttpResponse:
    """A new organization: a draft, or handed in at once."""
    return _fill_in(request, None)


def edit_organization(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft or a returned registration, filled in further."""
    organization = get_object_or_404(queries.organizations_worked_on_by(request.user), pk=pk)
    refuse_if(rules.refuse_change(organization, request.user))
    return _fill_in(request, organization)


def _fill_in(request: HttpRequest, organization: Organization | None) -> HttpResponse:
    form = RegistrationForm(request.POST or None, request.FILES or None, instance=organization)
    if request.method == "POST" and (saved := _saved(request, form, organization)):
        return redirect("desk_organization", saved.pk)
    context = {
        "form": form,
        "organization": organization,
        "why_returned": queries.why_returned(organization) if organization else "",
        "papers": queries.papers_of(organization) if organization else [],
    }
    return render(request, "organizations/form.html", context)


def _saved(request: HttpRequest, form: RegistrationForm, organization: Organization | None) -> Organization | None:
    """The saved organization, or None where the form must be shown again: a refusal stands above what was typed."""
    if not form.is_valid():
        return None
    is_final = "submit" in request.POST
    try:
        saved = save_organization(organization, actor=request.user, is_final=is_final, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return None
    messages.success(request, BY_SLUG["submit"].done if is_final else _("已存为草稿。填好后请提交核验。"))
    return saved


def show_organization(request: HttpRequest, pk: int) -> HttpResponse:
    """What was registered, who works there, what happened, and the steps open to this person."""
    organization = get_object_or_404(queries.organizations_worked_on_by(request.user), pk=pk)
    now = timezone.now()
    verifies = cast(User, request.user).reaches(organization.area_code, *rules.VERIFIERS)
    is_decided_here = verifies and organization.status == OrganizationStatus.SUBMITTED
    context = {
        "organization": organization,
        "members": queries.members_of(organization),
        "papers": queries.papers_of(organization),
        "ratings": organization.ratings.all(),
        "flags": organization.credit_flags.all(),
        "may_record": verifies and rules.refuse_decision(organization, request.user) is None,
        "may_add_paper": rules.refuse_paper(organization, request.user) is None,
        "missing": _missing(organization, request.user),
        "days_left": _days_left(organization, now),
        "entries": queries.organization_story(organization),
        "steps": offered_steps(organization, request.user, STEPS, url_name="organization_step"),
        "why_returned": queries.why_returned(organization),
        "works_there": rules.refuse_edit(organization, request.user) is None,
        "may_edit": rules.refuse_change(organization, request.user) is None,
        "bar_note": rules.refuse_decision(organization, request.user) if is_decided_here else None,
        "is_decided_here": is_decided_here,
        "back_url": reverse("desk_organizations"),
        "back_label": _("社会组织"),
        "now": now,
    }
    return render(request, "organizations/detail.html", context)


def _missing(organization: Organization, user: Any) -> str | None:
    """What keeps a colleague from handing in."""
    if organization.status not in rules.EDITABLE or rules.refuse_edit(organization, user):
        return None
    return rules.refuse_submission(organization, user)


def _days_left(organization: Organization, now: datetime) -> int | None:
    """Working days until the answer is due, while it is awaited."""
    if organization.status != OrganizationStatus.SUBMITTED or organization.verify_due_at is None:
        return None
    return workdays_left(organization.verify_due_at, now)


@require_POST
def take_organization_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the table, with the person's words where it asks for them."""
    organization = get_object_or_404(queries.organizations_worked_on_by(request.user), pk=pk)
    take_posted_step(request, organization, step, BY_SLUG)
    return redirect("desk_organization", pk)
