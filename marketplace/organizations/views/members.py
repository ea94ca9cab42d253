"""Who works in an organization: added, given another role, gone."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.limits import spend
from marketplace.workflow.refusals import Refused

from .. import queries, rules
from ..actions import add_colleague, change_member_role, end_membership
from ..enums import MemberRole
from ..forms import ColleagueForm, RoleForm
from ..models import Membership, Organization


def show_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who works there; administrators add one more. The answer is the same whether an account was found or not."""
    organization = get_object_or_404(Organization.objects.of_member(request.user), pk=pk)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit, window = settings.COLLEAGUES_PER_PERSON, settings.COLLEAGUE_WINDOW_SECONDS
        spend("colleague", request.user.pk, limit=limit, window=window)
        add_colleague(organization, actor=request.user, **form.cleaned_data)
        messages.success(request, _("如果有这个账号，同事已经加入，也收到了消息。没有的话，请同事先注册。"))
        return redirect("organization_members", pk)
    context = {
        "organization": organization,
        "members": queries.members_of(organization),
        "form": form,
        "why_not": rules.refuse_adding(organization, request.user),
        "manages": rules.administers(request.user, organization),
        "roles": MemberRole,
    }
    return render(request, "organizations/members.html", context)


@require_POST
def set_role(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    membership = _membership(request, pk, member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请选择「负责人」或「工作人员」。"))
    change_member_role(membership, actor=request.user, **form.cleaned_data)
    messages.success(request, _("角色已调整。"))
    return redirect("organization_members", pk)


@require_POST
def leave(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """One's own membership ends, or another's."""
    ended = end_membership(_membership(request, pk, member), actor=request.user)
    messages.success(request, _("已离开这个组织。") if ended.user == request.user else _("这位同事已不在组织里。"))
    return redirect("desk") if ended.user == request.user else redirect("organization_members", pk)


def _membership(request: HttpRequest, pk: int, member: int) -> Membership:
    organization = get_object_or_404(Organization.objects.of_member(request.user), pk=pk)
    return get_object_or_404(queries.members_of(organization), pk=member)
