"""A leader signs up the team, from the shift's page."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.limits import spend_signup
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import public_shift
from marketplace.volunteers.models import VolunteerGroup
from marketplace.volunteers.queries import groups_led_by
from marketplace.workflow.refusals import Refused

from ..actions import sign_up_group
from ..candidates import candidates
from ..forms import GroupSignUpForm
from ..rules import refuse_shift


def sign_up_team(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Who of the team can come and what keeps the others; the chosen are signed up together or not at all."""
    team = get_object_or_404(groups_led_by(request.user), pk=group)
    shift = _shift(pk)
    if request.method == "POST":
        return _sign_up(request, team, shift)
    now = timezone.now()
    context = {
        "group": team,
        "shift": shift,
        "candidates": candidates(team, shift),
        "closed": refuse_shift(shift, now),
        "key": secrets.token_urlsafe(16),
        "now": now,
    }
    return render(request, "signups/group.html", context)


def _sign_up(request: HttpRequest, team: VolunteerGroup, shift: Shift) -> HttpResponse:
    spend_signup(request.user)
    form = GroupSignUpForm(request.POST, members=team.members.all())
    if not form.is_valid():
        raise Refused(_("还差一步：请至少勾选一位队员。"))
    signups = sign_up_group(
        team,
        shift,
        members=form.cleaned_data["members"],
        actor=request.user,
        acknowledged_risks=form.cleaned_data["acknowledged_risks"],
        key=form.cleaned_data["key"],
    )
    said = ngettext(
        "已为 %(count)d 位队员报名，每人都收到了消息。", "已为 %(count)d 位队员报名，每人都收到了消息。", len(signups)
    )
    messages.success(request, said % {"count": len(signups)})
    return redirect("group_sign_up", shift.pk, team.pk)


def _shift(pk: int) -> Shift:
    try:
        return public_shift(pk)
    except Shift.DoesNotExist:
        raise Http404 from None
