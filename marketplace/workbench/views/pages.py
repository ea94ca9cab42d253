"""Pages that explain: how it works for each kind of person, and who sees which information."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_help(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/help.html")


def show_privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/privacy.html")
