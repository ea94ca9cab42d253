"""Every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_components(request: HttpRequest) -> HttpResponse:
    return render(request, "components/index.html")
