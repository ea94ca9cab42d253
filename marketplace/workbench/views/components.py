"""Every part of the pages in every state, so that a change of one is seen at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..specimens import specimens


def show_components(request: HttpRequest) -> HttpResponse:
    """GET /components/, staff only."""
    return render(request, "components/index.html", specimens())
