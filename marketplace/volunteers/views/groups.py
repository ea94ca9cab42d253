"""Groups: made, confirmed by their host, joined and left."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.limits import spend

from .. import queries, rules
from ..actions import confirm_group, create_group, invite_to_group, join_group, leave_group
from ..forms import GroupForm, InvitationForm
from ..models import GroupMember, VolunteerGroup
from .evidence import own_volunteer


def show_groups(request: HttpRequest) -> HttpResponse:
    """Groups the person leads, belongs to, was invited to, or must confirm for their organization."""
    groups = list(queries.groups_of(request.user))
    people = {member.volunteer for group in groups for member in group.groupmember_set.all()}
    fit = queries.fit_for_children(people, timezone.localdate())
    cards = [_card(group, request.user, fit) for group in groups]
    context = {"cards": cards, "invitation": InvitationForm(), "may_make": queries.volunteer_of(request.user)}
    return render(request, "volunteers/groups.html", context)


def _card(group: VolunteerGroup, user: Any, fit: dict[int, bool]) -> dict[str, Any]:
    """The names and yes or no are of and for those who said yes themselves; an invited person sees what they are invited
    to, and is seen by nobody: who has an account is nobody's business."""
    everybody = list(group.groupmember_set.all())
    members = [member for member in everybody if member.agreed_at is not None]
    own = next((member for member in everybody if member.volunteer.user_id == user.pk), None)
    is_inside = own is not None and own.agreed_at is not None
    return {
        "group": group,
        "own": own,
        "leads": group.leader.user_id == user.pk,
        "members": [{"member": one, "is_fit": fit[one.volunteer_id]} for one in members] if is_inside else [],
        "why_not": rules.refuse_invitation(group, user),
        "may_confirm": group.confirmed_at is None and not rules.refuse_group_confirmation(group, user),
    }


def make_group(request: HttpRequest) -> HttpResponse:
    leader = own_volunteer(request)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        create_group(actor=request.user, leader=leader, **form.cleaned_data)
        messages.success(request, _("团队已建立。依托组织确认以后就能邀请成员。"))
        return redirect("groups")
    return render(request, "volunteers/group_form.html", {"form": form})


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer is the same whether an account was found or not."""
    group = get_object_or_404(queries.groups_led_by(request.user), pk=pk)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写对方的手机号或邮箱。"))
        return redirect("groups")
    spend(
        "invitation",
        request.user.pk,
        limit=settings.INVITATIONS_PER_PERSON,
        window=settings.INVITATION_WINDOW_SECONDS,
    )
    invite_to_group(group, actor=request.user, **form.cleaned_data)
    messages.success(request, _("如果对方是这里的志愿者，已经收到邀请，同意以后就算成员。"))
    return redirect("groups")


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    confirm_group(get_object_or_404(queries.groups_of(request.user), pk=pk), actor=request.user)
    messages.success(request, _("已确认，负责人可以邀请成员了。"))
    return redirect("groups")


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    join_group(get_object_or_404(GroupMember, pk=pk, volunteer__user=request.user), actor=request.user)
    messages.success(request, _("已加入团队。"))
    return redirect("groups")


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own membership or invitation ends, or the leader ends another's."""
    theirs = GroupMember.objects.filter(group__in=queries.groups_of(request.user))
    leave_group(get_object_or_404(theirs, pk=pk), actor=request.user)
    messages.success(request, _("已办理。"))
    return redirect("groups")
