"""The shift's public page, signing up there, one's own activities, and who comes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.enums import Role
from marketplace.accounts.limits import spend_signup
from marketplace.matching.queries import required_clearances
from marketplace.programs.rules import runs_shift
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import public_shift
from marketplace.volunteers.forms import FirstProfileForm
from marketplace.volunteers.models import VolunteerGroup
from marketplace.volunteers.queries import groups_led_by, volunteer_of
from marketplace.workflow.refusals import Refused

from ..actions import accept_offer, open_roster, record_attendance, sign_up, withdraw_signup
from ..adults import adults_missing, refuse_without_adults, say_adults_missing
from ..alternatives import alternatives_to
from ..enums import SignUpStatus
from ..forms import AttendanceForm, SignUpForm
from ..models import SignUp
from ..queries import coming_signups, expected_people, past_signups, shifts_received_by, signups_of, waiting_people
from ..rules import refuse_roster
from ..standing import standing_of

PAST_SHOWN = 20


def show_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """What, where, when, what it takes, the risks in full, and the one thing this person can do next."""
    now = timezone.now()
    shift = _public_shift(pk)
    standing = standing_of(request.user, shift, now)
    context = {
        "shift": shift,
        "standing": standing,
        "clearances": required_clearances().values() if shift.clearance_required else (),
        "form": SignUpForm(initial={"key": secrets.token_urlsafe(16)}),
        "profile_form": FirstProfileForm() if request.user.is_authenticated and not standing.volunteer else None,
        "just_signed_up": not {"signed-up", "promoted"}.isdisjoint(request.GET),
        "adults_missing": _say_flagged(shift),
        "groups": _led_groups(request),
        "may_see_roster": request.user.is_authenticated and runs_shift(request.user, shift),
        "now": now,
    }
    return render(request, "signups/shift.html", context)


def _led_groups(request: HttpRequest) -> Iterable[VolunteerGroup]:
    user = request.user
    return groups_led_by(user) if user.is_authenticated and user.has_role(Role.GROUP_LEADER) else ()


def _say_flagged(shift: Shift) -> str:
    """What the clock found to be missing a day before, counted anew."""
    return say_adults_missing(adults_missing([shift])[shift.pk]) if shift.short_of_adults_at else ""


def _public_shift(pk: int) -> Shift:
    try:
        return public_shift(pk)
    except Shift.DoesNotExist:
        raise Http404 from None


@require_POST
def sign_up_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place, or join the waiting list; a second tap gives the first answer again."""
    spend_signup(request.user)
    shift = _public_shift(pk)
    volunteer = volunteer_of(request.user)
    if volunteer is None:
        raise Refused(_("还差一步：请先填写志愿者资料。"))
    form = SignUpForm(request.POST)
    sent = form.cleaned_data if form.is_valid() else {}
    signup = sign_up(
        shift,
        volunteer=volunteer,
        actor=request.user,
        acknowledged_risks=sent.get("acknowledged_risks", False),
        key=sent.get("key", ""),
    )
    if not signup.is_active:
        messages.info(request, _("这次报名已经退出或取消了。想参加的话，请再点一次报名。"))
        return redirect("shift", pk)
    return _back_with_news(pk)


def _back_with_news(shift: int) -> HttpResponse:
    """The shift's page at the place where the sign-up stands, with the news and its undo."""
    return redirect(f"{reverse('shift', args=[shift])}?signed-up#join")


def show_my_signups(request: HttpRequest) -> HttpResponse:
    """Offers to answer first, then what is coming by date, then what was."""
    now = timezone.now()
    coming = list(coming_signups(request.user, now))
    context = {
        "offers": [signup for signup in coming if signup.status == SignUpStatus.OFFERED],
        "coming": [signup for signup in coming if signup.status != SignUpStatus.OFFERED],
        "past": past_signups(request.user, now)[:PAST_SHOWN],
        "now": now,
    }
    return render(request, "signups/my_signups.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the place back; back to the page on which it was done."""
    signup = _own_signup(request, pk)
    withdraw_signup(signup, actor=request.user)
    messages.success(request, _("已退出「%(title)s」，名额会让给下一位。") % {"title": signup.shift.title})
    return redirect("my_signups") if request.POST.get("next") == "my_signups" else redirect("shift", signup.shift_id)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the place that was kept."""
    signup = _own_signup(request, pk)
    accept_offer(signup, actor=request.user)
    return _back_with_news(signup.shift_id)


def _own_signup(request: HttpRequest, pk: int) -> SignUp:
    return get_object_or_404(signups_of(request.user), pk=pk)


def show_alternatives(request: HttpRequest, pk: int) -> HttpResponse:
    """Where to go instead of a sign-up that ended, each with its button."""
    now = timezone.now()
    signup = _own_signup(request, pk)
    choices = [
        (shift, SignUpForm(initial={"key": secrets.token_urlsafe(16)}, auto_id=f"id_{shift.pk}_%s"))
        for shift in alternatives_to(signup, now)
    ]
    return render(request, "signups/alternatives.html", {"signup": signup, "choices": choices, "now": now})


def show_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, for those who receive them; that it was opened is kept."""
    now = timezone.now()
    shift = get_object_or_404(shifts_received_by(request.user), pk=pk)
    context = {"shift": shift, "has_started": shift.starts_at <= now, "now": now}
    lacking = None if refuse_roster(shift, request.user) else refuse_without_adults(shift)
    if lacking:
        return render(request, "signups/roster_lacking.html", context | {"lacking": lacking})
    open_roster(shift, actor=request.user)
    context |= {"people": expected_people(shift), "waiting": waiting_people(shift).count()}
    return render(request, "signups/roster.html", context)


@require_POST
def record_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down whether somebody was there."""
    signup = get_object_or_404(SignUp.objects.filter(shift__in=shifts_received_by(request.user)), pk=pk)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请点「到场」或「未到」。"))
    record_attendance(signup, actor=request.user, was_there=form.cleaned_data["was_there"])
    return redirect("roster", signup.shift_id)
