"""Pages that explain: how it works for each kind of person, and who sees which information."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.privacy.notices import notices


def show_help(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/help.html")


def show_privacy(request: HttpRequest) -> HttpResponse:
    """What is collected, why, how long, who sees it, and what a person can do about it."""
    context = {
        "notices": notices(),
        "opening_hours": settings.OPENING_HOURS,
        "request_workdays": settings.DATA_REQUEST_WORKDAYS,
        "privacy_contact": settings.PRIVACY_CONTACT,
    }
    return render(request, "workbench/privacy.html", context)
