"""What is held about the person who looks: a copy, a correction, what they agreed to, and the way out."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.actions import close_account as close
from marketplace.accounts.forms import CloseAccountForm
from marketplace.accounts.limits import spend_export
from marketplace.accounts.models import PhoneIdentity, User
from marketplace.privacy.actions import keep_own_identity
from marketplace.privacy.consents import consent_lines
from marketplace.privacy.enums import Purpose
from marketplace.privacy.forms import CorrectionForm, IdentityForm
from marketplace.privacy.models import DataRequest
from marketplace.privacy.queries import has_consent, identity_of, masked_person, own_person
from marketplace.volunteers.queries import volunteer_of
from marketplace.workflow.refusals import Refused

from ..actions import FILE_NAME, make_copy


def show_my_data(request: HttpRequest) -> HttpResponse:
    """All of a person's rights on one page, each done in a step or two."""
    user = cast(User, request.user)
    identity = identity_of(user)
    context = {
        "identity": identity,
        "masked": masked_person(identity) if identity else None,
        "phone": PhoneIdentity.objects.filter(user=user).first(),
        "is_volunteer": volunteer_of(user) is not None,
        "consents": consent_lines(user, timezone.now()),
        "requests": DataRequest.objects.filter(subject=user).order_by("-pk"),
        "form": CorrectionForm(),
    }
    return render(request, "workbench/my_data.html", context)


@require_POST
def download_my_data(request: HttpRequest) -> HttpResponse:
    """The copy, counted like every file that leaves the house."""
    spend_export(request.user)
    response = HttpResponse(make_copy(request.user), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def edit_own_identity(request: HttpRequest) -> HttpResponse:
    """Who the volunteer really is, told and corrected by themselves."""
    user = cast(User, request.user)
    volunteer = volunteer_of(user)
    if volunteer is None:
        messages.info(request, _("请先填写志愿者资料，再登记真实身份。"))
        return redirect("profile")
    has_agreed = has_consent(user, Purpose.IDENTITY)
    form = IdentityForm(request.POST or None, person=own_person(user), has_agreed=has_agreed)
    if form.is_valid():
        try:
            keep_own_identity(form.person, user=user, area=volunteer.base_area)
        except Refused as refusal:
            form.add_error("id_number", refusal.sentence)
        else:
            messages.success(request, _("真实身份已加密保存。"))
            return redirect("my_data")
    return render(request, "workbench/identity_form.html", {"form": form, "has_agreed": has_agreed})


def close_account(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then the password, and it is done."""
    user = cast(User, request.user)
    form = CloseAccountForm(request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "workbench/close_account.html", {"form": form})
    close(user, actor=user)
    logout(request)
    return render(request, "workbench/account_closed.html")
