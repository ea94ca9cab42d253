"""The search page, whole or as the fragment that htmx puts into it: one read, one template."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from marketplace.accounts.limits import spend_search
from marketplace.matching.queries import place_of

from .cards import Seeker, cards_of, seeker_of
from .chips import Chip, address, chips_of, orders_of, wider_questions
from .forms import SearchForm
from .interface import search
from .map_data import map_data
from .queries import shown
from .query import LONGEST_LIST, PAGE_SIZE, SearchResult


def find(request: HttpRequest) -> HttpResponse:
    """What fits, near, when and why; the address is the whole question."""
    spend_search(request)
    now = timezone.now()
    seeker = seeker_of(request.user)
    form = SearchForm(request.GET, home=seeker.facts.place)
    form.is_valid()
    result = search(form.query(), user_facts=seeker.facts, now=now)
    asked = form.right_values()
    context = {
        "form": form,
        "seeker": seeker,
        "notices": form.notices(),
        "remarks": [remark for remark in (form.remark(), result.reason) if remark],
        "orders": orders_of(form, asked),
        "chips": chips_of(form, asked, timezone.localdate(now)),
        **_list(form, result, seeker, request.user, now),
    }
    is_fragment = bool(request.headers.get("HX-Request"))
    response = render(request, "search/_results.html" if is_fragment else "search/index.html", context)
    if is_fragment:
        response["HX-Push-Url"] = address(asked)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _list(form: SearchForm, result: SearchResult, seeker: Seeker, user: Any, now: datetime) -> dict[str, Any]:
    asked = form.right_values()
    shifts, total = shown(result, now)
    cards = cards_of(result.hits, shifts, seeker, user)
    places = {shift.site_id: place for shift in shifts.values() if (place := place_of(shift))}
    return {
        "total": total,
        "cards": [card for card in cards if not card.is_loose],
        "loose_cards": [card for card in cards if card.is_loose],
        "page": _page(form.query().page, total),
        "pages_query": address(asked).partition("?")[2],
        "first_page": address(asked),
        "wider": _wider(form, seeker, now) if not total else [],
        "map_data": map_data(cards, places, form.near),
    }


def _page(number: int, total: int) -> Page | None:
    """The page for the pagination below the list; None where the number lies past the end."""
    paginator = Paginator(range(min(total, LONGEST_LIST)), PAGE_SIZE)
    return paginator.page(number) if number in paginator.page_range else None


def _wider(form: SearchForm, seeker: Seeker, now: datetime) -> list[Chip]:
    """Questions with one limit fewer that do find something."""
    found = []
    for label, params in wider_questions(form, form.right_values()):
        wider = SearchForm(params, home=seeker.facts.place)
        wider.is_valid()
        total = search(wider.query(), user_facts=seeker.facts, now=now).total
        if total:
            found.append(Chip(label, address(params), count=total))
    return found
