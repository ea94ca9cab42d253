"""The inbox and its messages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .actions import mark_read
from .queries import inbox

MESSAGES_A_PAGE = 20


def show_inbox(request: HttpRequest) -> HttpResponse:
    """Everything this person was told, newest first."""
    page = Paginator(inbox(request.user), MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "messaging/inbox.html", {"page": page})


def show_message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message; opening it is reading it."""
    message = get_object_or_404(inbox(request.user), pk=pk)
    mark_read(message, actor=request.user)
    return render(request, "messaging/message.html", {"letter": message})
