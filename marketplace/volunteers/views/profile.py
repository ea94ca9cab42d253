"""A person's own volunteer profile: making it, also in passing from a shift's page, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ..actions import change_volunteer, create_volunteer
from ..enums import DayPart
from ..forms import ProfileForm, initial_of
from ..models import Volunteer
from ..queries import clearance_tasks, volunteer_of


def edit_profile(request: HttpRequest) -> HttpResponse:
    """The form with what is known; after saving, on to where the person was going."""
    volunteer = volunteer_of(request.user)
    form = ProfileForm(request.POST or None, initial=initial_of(volunteer))
    after = _safe_next(request)
    if request.method == "POST" and form.is_valid():
        _save(request, volunteer, form)
        return redirect(after or "profile")
    tasks = clearance_tasks(volunteer, timezone.localdate()) if volunteer else []
    context = {"form": form, "volunteer": volunteer, "tasks": tasks, "next": after, "day_parts": DayPart}
    return render(request, "volunteers/profile.html", context)


def _save(request: HttpRequest, volunteer: Volunteer | None, form: ProfileForm) -> None:
    if volunteer is None:
        create_volunteer(actor=request.user, **form.cleaned_data)
        messages.success(request, _("资料已保存，现在可以报名了。"))
    else:
        change_volunteer(volunteer, actor=request.user, **form.cleaned_data)
        messages.success(request, _("资料已保存。"))


def _safe_next(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""
