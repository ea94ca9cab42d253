"""Ratings and credit lists of an organization, as county and bureau record them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.workflow.refusals import Refused, refuse_if

from .. import queries, rules
from ..actions import lift_flag, record_flag, record_rating
from ..forms import FlagForm, LiftForm, RatingForm
from ..models import Organization


def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """A grade with the days it holds."""
    organization = _organization(request, pk)
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_rating(organization, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已登记评估等级，公开页面上作为信息显示，不影响排序。"))
        return redirect("desk_organization", pk)
    return _page(request, organization, form, _("登记评估等级"))


def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """On a credit list from this day on."""
    organization = _organization(request, pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_flag(organization, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已登记。列入严重违法失信名单的组织随之暂停。"))
        return redirect("desk_organization", pk)
    return _page(request, organization, form, _("登记信用名单"))


@require_POST
def lift(request: HttpRequest, pk: int, flag: int) -> HttpResponse:
    """Taken off a list."""
    found = get_object_or_404(_organization(request, pk).credit_flags, pk=flag)
    form = LiftForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请填写移出日期。"))
    lift_flag(found, actor=request.user, **form.cleaned_data)
    messages.success(request, _("已登记移出日期，记录还在。"))
    return redirect("desk_organization", pk)


def _organization(request: HttpRequest, pk: int) -> Organization:
    organization = get_object_or_404(queries.organizations_worked_on_by(request.user), pk=pk)
    refuse_if(rules.refuse_decision(organization, request.user))
    return organization


def _page(request: HttpRequest, organization: Organization, form: forms.ModelForm, title: str) -> HttpResponse:
    return render(
        request, "organizations/standing_form.html", {"organization": organization, "form": form, "title": title}
    )
