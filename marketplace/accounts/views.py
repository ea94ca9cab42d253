"""Signing in and up, the overview of one's account, the phone number; allauth's own views do the rest."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import passthrough_next_redirect_url
from allauth.decorators import rate_limit
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions import views as session_views
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .actions import change_phone
from .actions.tokens import end_token, make_token, tokens_of
from .demo import DEMO_ACCOUNTS, DEMO_DOMAIN, DEMO_PASSWORD
from .devices import say_device
from .forms import ChangePhoneForm, TokenForm
from .models import PhoneIdentity, User
from .queries import user_by_email
from .sealing import seal, unseal

SIGNED_UP = "signed_up_with"
RETRY_SECONDS = 60


class LoginView(account_views.LoginView):
    def get_initial(self) -> dict[str, Any]:
        """After signing up the login stands there already; in between, the session kept it sealed."""
        sealed = self.request.session.pop(SIGNED_UP, "")
        return super().get_initial() | ({"login": unseal(bytes.fromhex(sealed))} if sealed else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_accounts": demo_accounts()}


class SignupView(account_views.SignupView):
    def form_valid(self, form: Any) -> HttpResponse:
        """The same answer whether the number or address was free or taken: only its owner learns which."""
        user, _response = form.try_save(self.request)
        _write_about(user, form.cleaned_data["email"], self.request)
        self.request.session[SIGNED_UP] = seal(form.login).hex()
        messages.info(
            self.request,
            _("资料收到了，请输入密码登录。如果登录不了，可能是以前注册过：请用原来的密码，或者找回密码。"),
        )
        return redirect(passthrough_next_redirect_url(self.request, reverse("account_login"), REDIRECT_FIELD_NAME))


def _write_about(user: User | None, email: str, request: HttpRequest) -> None:
    """One mail either way: please confirm, or you have an account already."""
    if user is None and email and user_by_email(email):
        get_adapter().send_account_already_exists_mail(email)
    for address in EmailAddress.objects.filter(user=user) if user else ():
        address.send_confirmation(request, signup=True)


def show_account(request: HttpRequest) -> HttpResponse:
    """What the person signs in with and what protects it, with a way to change each."""
    user = cast(User, request.user)
    context = {
        "phone": PhoneIdentity.objects.filter(user=user).first(),
        "is_confirmed": EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists(),
        "has_second_factor": is_mfa_enabled(user),
        "session_count": len(UserSession.objects.purge_and_list(user)),
    }
    return render(request, "account/index.html", context)


class SessionsView(session_views.ListUserSessionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"devices": [(one, say_device(one.user_agent)) for one in context["sessions"]]}


@rate_limit(action="change_phone")
def change_own_phone(request: HttpRequest) -> HttpResponse:
    """Another number, after the password."""
    user = cast(User, request.user)
    form = ChangePhoneForm(request.POST or None, user=user)
    if form.is_valid():
        change_phone(user, form.cleaned_data["phone"], actor=user)
        messages.success(request, _("手机号已经换好，下次请用新号码登录。"))
        return redirect("account")
    identity = PhoneIdentity.objects.filter(user=user).first()
    return render(request, "account/phone_change.html", {"form": form, "phone": identity})


def show_tokens(request: HttpRequest) -> HttpResponse:
    """The person's access tokens; one that was just made is shown on this answer and nowhere else, ever."""
    user = cast(User, request.user)
    form = TokenForm(request.POST or None)
    secret = make_token(user, name=form.cleaned_data["name"]) if form.is_valid() else ""
    context = {"tokens": tokens_of(user), "form": TokenForm() if secret else form, "secret": secret}
    return render(request, "account/tokens.html", context)


@require_POST
def end_own_token(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing any more."""
    user = cast(User, request.user)
    token = get_object_or_404(tokens_of(user), pk=pk)
    end_token(token, actor=user)
    messages.success(request, _("令牌「%(name)s」已停用。") % {"name": token.name})
    return redirect("tokens")


def enter_editor(request: HttpRequest) -> HttpResponse:
    """The editor has no door of its own: one place counts failures and asks for the second factor."""
    if request.user.is_authenticated:
        return render(request, "403.html", status=403)
    return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("wagtailadmin_home"))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What allauth answers where somebody does one thing too often."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def demo_accounts() -> list[dict[str, Any]]:
    """What the sign-in page shows on the demo, and nowhere else."""
    if not settings.IS_DEMO:
        return []
    return [{"login": login + DEMO_DOMAIN, "who": who, "password": DEMO_PASSWORD} for login, who in DEMO_ACCOUNTS]
