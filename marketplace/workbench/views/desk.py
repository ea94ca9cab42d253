"""The desk: what each of the person's roles has to do today, and what is theirs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from ..desks import group, organization, site, staff, volunteer

# In the order in which they stand on the desk: duties towards others before one's own time.
DESKS = (staff, site, organization, volunteer, group)


def show_desk(request: HttpRequest) -> HttpResponse:
    """Each role's part, rendered by the template named like its module."""
    now = timezone.now()
    parts = []
    for desk in DESKS:
        if (context := desk.build(request.user, now)) is not None:
            name = desk.__name__.rpartition(".")[2]
            parts.append(render_to_string(f"workbench/desks/_{name}.html", context, request))
    return render(request, "workbench/desk.html", {"parts": parts})
