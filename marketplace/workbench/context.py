"""What every page needs around its content: display choices, the bureau's name and phone, unread messages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from marketplace.messaging.queries import unread_count

# Path prefixes of the sections in the header, the longest match wins.
SECTIONS = {
    "/search/": "search",
    "/shifts/": "search",
    "/needs/": "search",
    "/sites/": "search",
    "/organizations/": "projects",
    "/programs/": "projects",
    "/projects/": "projects",
    "/help/": "help",
    "/desk/inbox/": "inbox",
    "/desk/": "desk",
}


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Read by base.html; `unread_count` asks the database only when the header shows it."""
    return {
        "display": getattr(request, "display", None),
        "bureau_name": settings.BUREAU_NAME,
        "help_phone": settings.HELP_PHONE,
        "is_demo": settings.IS_DEMO,
        "section": section_of(request.path),
        "unread_count": SimpleLazyObject(lambda: _unread(request)),
    }


def section_of(path: str) -> str:
    """Which header entry is current: `/search/?q=…` → "search", `/` → "home", elsewhere ""."""
    if path == "/":
        return "home"
    matches = [prefix for prefix in SECTIONS if path.startswith(prefix)]
    return SECTIONS[max(matches, key=len)] if matches else ""


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return unread_count(user) if user is not None and user.is_authenticated else 0
