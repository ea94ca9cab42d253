"""The question as links: each condition with the address that takes it away, the usual ones with the address that adds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.volunteers.enums import DayPart
from marketplace.workflow.wording import say_day

from .forms import SearchForm
from .query import Kind, Sort

SATURDAY = 5
PLACE = ("place", "lat", "lng", "km")
DAYS = ("on", "from", "to")
CONDITIONS = ("part", "clearance", "skill", "category", "area", "places", "kind")


@dataclass(frozen=True)
class Chip:
    """As components/chips.html draws it."""

    label: str
    url: str
    is_on: bool = False
    count: int | None = None


def chips_of(form: SearchForm, params: QueryDict, today: date) -> list[Chip]:
    """What is asked, then what people often ask next. Call it on a validated form."""
    held = [Chip(label, address(_without(params, *names)), is_on=True) for label, names in _asked(form)]
    held += [
        Chip(str(record), address(_without_one(params, name, record.code)), is_on=True)
        for name in ("category", "skill", "area")
        for record in form.cleaned_data.get(name, ())
    ]
    return [*held, *_offers(form, params, today)]


def orders_of(form: SearchForm, params: QueryDict) -> list[Chip]:
    """The orders to choose from; nearest first only where there is a place to measure from."""
    has_place = bool(form.near or form.home)
    chosen = form.cleaned_data.get("sort") or Sort.RELEVANCE
    return [
        Chip(str(sort.label), address(_with(params, sort=sort)), is_on=sort == chosen)
        for sort in Sort
        if sort != Sort.DISTANCE or has_place
    ]


def address(params: QueryDict) -> str:
    """The page's own address for these conditions, empty ones left out, always on its first page."""
    clean = QueryDict(mutable=True)
    for name in params:
        clean.setlist(name, [value for value in params.getlist(name) if value and name != "page"])
    query = clean.urlencode()
    return reverse("search") + (f"?{query}" if query else "")


def wider_questions(form: SearchForm, params: QueryDict) -> Iterator[tuple[str, QueryDict]]:
    """When nothing was found: the same question with one limit fewer, the smallest step first."""
    given = form.cleaned_data
    if given.get("km"):
        farther = params.copy()
        farther["km"] = f"{given['km'] * 2:g}"
        yield _("放宽到 %(km)s 公里") % {"km": farther["km"]}, farther
    if any(given.get(name) for name in ("on", "first", "last")):
        yield _("看其他日期"), _without(params, *DAYS)
    if any(given.get(name) for name in CONDITIONS):
        yield _("去掉其他条件"), _without(params, *CONDITIONS)
    if given.get("place") or form.near:
        yield _("不限地点"), _without(params, *PLACE)
    if given.get("q"):
        yield _("不限内容"), _without(params, "q")


def _asked(form: SearchForm) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Label and parameters of each single condition."""
    given = form.cleaned_data
    labels = {
        ("q",): given.get("q"),
        PLACE: _place_label(form),
        ("on",): _day_label("%(day)s", given.get("on")),
        ("from",): _day_label(_("%(day)s起"), given.get("first")),
        ("to",): _day_label(_("到%(day)s"), given.get("last")),
        ("part",): DayPart(given["part"]).label if given.get("part") else "",
        ("clearance",): _("不需要审查") if given.get("clearance") else "",
        ("places",): _places_label(given.get("places")),
        ("kind",): "、".join(str(Kind(kind).label) for kind in given.get("kind", ())),
    }
    return ((str(label), names) for names, label in labels.items() if label)


def _place_label(form: SearchForm) -> str:
    if form.near is None:
        return form.unmeasured.name if form.unmeasured else ""
    if form.near.km is None:
        return form.near.name
    return _("%(place)s %(km)s 公里内") % {"place": form.near.name, "km": f"{form.near.km:g}"}


def _day_label(words: str, day: date | None) -> str:
    return words % {"day": say_day(day)} if day else ""


def _places_label(places: int | None) -> str:
    if not places:
        return ""
    return _("有空位") if places == 1 else _("至少 %(places)d 个空位") % {"places": places}


def _offers(form: SearchForm, params: QueryDict, today: date) -> Iterator[Chip]:
    given = form.cleaned_data
    if not given.get("places"):
        yield Chip(_("有空位"), address(_with(params, places="1")))
    if not given.get("clearance"):
        yield Chip(_("不需要审查"), address(_with(params, clearance="none")))
    if not any(given.get(name) for name in ("on", "first", "last")):
        saturday = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
        for label, day in ((_("周六"), saturday), (_("周日"), saturday + timedelta(days=1))):
            yield Chip(label, address(_with(params, on=day.isoformat())))


def _without(params: QueryDict, *names: str) -> QueryDict:
    left = params.copy()
    for name in names:
        left.pop(name, None)
    return left


def _without_one(params: QueryDict, name: str, value: Any) -> QueryDict:
    left = params.copy()
    left.setlist(name, [held for held in params.getlist(name) if held != value])
    return left


def _with(params: QueryDict, **values: str) -> QueryDict:
    more = params.copy()
    for name, value in values.items():
        more[name] = value
    return more
