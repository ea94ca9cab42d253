"""Is it alive, and is it ready: for a process manager, without a session."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
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
