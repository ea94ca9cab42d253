"""Who keeps a site: asking somebody, agreeing, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import queries
from ..actions import end_keeper
from ..actions.invitations import accept_invitation, invite_keeper, read_invitation
from ..forms import KeeperForm
from ..models import SiteKeeper


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to keep the site. The answer is the same whether or not there is such an account."""
    site = get_object_or_404(queries.sites_worked_on_by(request.user), pk=pk)
    form = KeeperForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写对方登录用的邮箱或手机号。"))
        return redirect("desk_site", pk)
    invite_keeper(site, form.cleaned_data["login"], actor=request.user, is_director=form.cleaned_data["is_director"])
    messages.success(
        request,
        _("如果这个邮箱或手机号已经注册，对方会在「消息」里收到邀请，确认后列在这里。还没有注册的，请对方先注册。"),
    )
    return redirect("desk_site", pk)


@require_POST
def end(request: HttpRequest, pk: int, keeper: int) -> HttpResponse:
    """The person no longer keeps the site."""
    site = get_object_or_404(queries.sites_worked_on_by(request.user), pk=pk)
    record = get_object_or_404(SiteKeeper.objects.select_related("site__area", "user"), site=site, pk=keeper)
    end_keeper(record, actor=request.user)
    messages.success(request, _("已结束，对方会收到消息。"))
    return redirect("desk_site", pk)


def keep_site(request: HttpRequest, token: str) -> HttpResponse:
    """What the person is asked; agreeing makes them a keeper."""
    invitation = read_invitation(token, request.user)
    if request.method == "POST":
        keeper = accept_invitation(invitation, actor=request.user)
        messages.success(request, _("谢谢。%(site)s现在由您负责，需求和来访都在工作台里。") % {"site": keeper.site})
        return redirect("desk")
    return render(request, "sites/keep.html", {"invitation": invitation}, status=200 if invitation else 410)
