"""Answers to machines, without a session: is it alive, is it ready, and what a search engine may read."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from .messaging.queries import due_mail


def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers too, and how long the oldest due mail has waited (seconds)."""
    try:
        connection.ensure_connection()
        now = timezone.now()
        oldest = due_mail(now).first()
    except Error:
        return JsonResponse({"status": "database unreachable"}, status=503)
    waited = (now - oldest.due_at).total_seconds() if oldest else 0
    return JsonResponse({"status": "ok", "oldest_due_mail_seconds": round(waited)})


def robots(_request: HttpRequest) -> HttpResponse:
    """Public pages may be found elsewhere too; what belongs to signed-in people, and questions asked of us, may not."""
    closed = ("/desk/", "/accounts/", "/cms/", "/api/", "/search/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
