"""Around every request: display choices, permission by table, refusals in words, the editor's looser policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .accounts.actions.tokens import user_of_bearer
from .accounts.enums import STAFF_ROLES
from .accounts.limits import TooMany, TooManyFailures
from .permissions import may_call
from .problems import PROBLEM, problem
from .workflow.refusals import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]
API = "/api/"
EDITOR = "/cms/"
ACCOUNTS = "/accounts/"


@dataclass(frozen=True)
class Display:
    """How this person wants to see the pages."""

    mode: str
    language: str
    theme: str

    @classmethod
    def chosen(cls, cookies: dict[str, str]) -> Display:
        """The cookies' choices; anything unknown is the default."""

        def pick(name: str, *options: str) -> str:
            return cookies[name] if cookies.get(name) in options else options[0]

        return cls(
            mode=pick("mode", "normal", "elder"),
            language=pick("language", *(code for code, _label in settings.LANGUAGES)),
            theme=pick("theme", "system", "light", "dark"),
        )


class DisplayMiddleware:
    """Chinese unless the person chose otherwise: the browser's own language setting is often not theirs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.display = Display.chosen(request.COOKIES)  # type: ignore[attr-defined]
        with translation.override(request.display.language):  # type: ignore[attr-defined]
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ["Cookie"])
        return response


class ProblemMiddleware:
    """Whoever refuses a call of the API, before or after its own code, says so as a problem document."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(API) or response["Content-Type"] == PROBLEM:
            return response
        sentence = _("这里出了问题，请稍后再试。") if response.status_code >= 500 else _("这个请求不能这样发。")
        return problem(response.status_code, sentence)


class EditorPolicyMiddleware:
    """Wagtail's admin has inline scripts of its own; the looser policy holds there and nowhere else."""

    POLICY = {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-ancestors": [SELF],
    }

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(EDITOR):
            policy = "; ".join(f"{name} {' '.join(values)}" for name, values in self.POLICY.items())
            response.headers["Content-Security-Policy"] = policy
        return response


class TokenMiddleware:
    """A call of the API with `Authorization: Bearer` acts as whoever made the token, and as nobody where it opens nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and request.path.startswith(API):
            request.user = user_of_bearer(token.strip())  # type: ignore[assignment]
            request.by_token = request.user.is_authenticated  # type: ignore[attr-defined]
        return self.get_response(request)


class PermissionMiddleware:
    """Asks permissions.csv before any view runs; pages of signed-in people are never kept by a cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if not may_call(request.user, name, request.path, request.method or ""):
            return self._refuse(request)
        if self._lacks_second_factor(request):
            return self._ask_for_second_factor(request)
        return None

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if request.path.startswith(API):
            sentence = _("这个账号不能这样做。") if signed_in else _("请先登录。")
            return problem(403 if signed_in else 401, sentence)
        if not signed_in:
            after = request.get_full_path() if request.method in {"GET", "HEAD"} else _came_from(request)
            return redirect_to_login(after, settings.LOGIN_URL)
        return render(request, "403.html", status=403)

    def _lacks_second_factor(self, request: HttpRequest) -> bool:
        if not settings.REQUIRE_MFA_FOR_STAFF or request.path.startswith(ACCOUNTS):
            return False
        user = request.user
        if not user.is_authenticated or not (user.is_superuser or user.has_role(*STAFF_ROLES)):
            return False
        return not is_mfa_enabled(user)

    def _ask_for_second_factor(self, request: HttpRequest) -> HttpResponse:
        sentence = _("这个账号能看到别人的资料，请先开启两步验证。")
        if request.path.startswith(API):
            return problem(403, sentence)
        messages.warning(request, sentence)
        return redirect("mfa_activate_totp")


class RefusalMiddleware:
    """A refusal is said in its own words: as a problem document, or on the page the person came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooMany):
            return _say_too_many(request, exception)
        if not isinstance(exception, Refused):
            return None
        if request.path.startswith(API):
            return problem(409, exception.sentence)
        if request.headers.get("HX-Request"):
            return render(request, "_refused.html", {"sentence": exception.sentence}, status=409)
        back = _came_from(request)
        # A page that is refused after it was left by its own form would lead to itself for ever.
        if back == "/" or (request.method != "POST" and urlsplit(back).path == request.path):
            return render(request, "refused.html", {"sentence": exception.sentence}, status=409)
        messages.error(request, exception.sentence)
        return HttpResponseRedirect(back, status=303)


def _say_too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    if request.path.startswith(API):
        sentence = _("做得太快了，请在 %(seconds)s 秒以后再试。") % {"seconds": refusal.seconds}
        response: HttpResponse = problem(429, sentence)
    else:
        context = {"until": refusal.until, "is_sign_in": isinstance(refusal, TooManyFailures)}
        response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _came_from(request: HttpRequest) -> str:
    """The page on this site whose form was sent, or the front page."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(referer)
    return parts.path + (f"?{parts.query}" if parts.query else "")
