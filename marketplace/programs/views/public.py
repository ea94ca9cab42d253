"""What everybody reads of a program."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from marketplace.organizations.models import ServiceCategory
from marketplace.shifts.queries import upcoming_shifts

from ..enums import ProgramStatus
from ..models import Program
from ..queries import answered_needs, category_counts, public_programs, running_first

PROGRAMS_A_PAGE = 20


def list_public_programs(request: HttpRequest) -> HttpResponse:
    """Every running program, the soonest first; ?category= keeps one category."""
    now = timezone.now()
    programs = public_programs().filter(status=ProgramStatus.APPROVED)
    chosen = request.GET.get("category", "")
    kept = programs.filter(category__code=chosen) if chosen else programs
    context = {
        "page": Paginator(running_first(kept, now), PROGRAMS_A_PAGE).get_page(request.GET.get("page")),
        "chips": _category_chips(programs, chosen),
        "query": f"category={chosen}" if chosen else "",
    }
    return render(request, "programs/public_list.html", context)


def _category_chips(programs: QuerySet[Program], chosen: str) -> list[dict[str, Any]]:
    counts = category_counts(programs)
    return [
        {
            "label": str(category),
            "count": counts[category.pk],
            "is_on": category.code == chosen,
            "url": reverse("programs") if category.code == chosen else f"?category={category.code}",
        }
        for category in ServiceCategory.objects.filter(pk__in=counts)
    ]


def show_public_program(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, who answers for it and how they were verified, the risks in full, and every shift one can join."""
    now = timezone.now()
    program = get_object_or_404(public_programs(), pk=pk)
    context = {
        "program": program,
        "shifts": upcoming_shifts(program, now),
        "needs": answered_needs(program),
        "now": now,
    }
    return render(request, "programs/public.html", context)
