"""How the site looks to this person: 长辈版, language, theme. Kept in cookies, so it works before signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from marketplace.accounts.actions import choose_language

A_YEAR = 365 * 24 * 3600
CHOICES = {
    "mode": ("normal", "elder"),
    "language": ("zh-hans", "en"),
    "theme": ("system", "light", "dark"),
}


@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Remember each choice sent for a year and go back to the page it was made on; messages keep to the language too."""
    response = redirect(_safe_next(request))
    for name, values in CHOICES.items():
        value = request.POST.get(name)
        if value in values:
            response.set_cookie(name, value, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    language, user = request.POST.get("language", ""), getattr(request, "user", None)
    if language in CHOICES["language"] and user is not None and user.is_authenticated:
        choose_language(user, language)
    return response


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else "/"
