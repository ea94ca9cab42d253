"""Search for other programs: the page's question and its answer, as data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.errors import ValidationError

from marketplace.accounts.limits import spend_search
from marketplace.shifts.models import Shift
from marketplace.volunteers.enums import DayPart

from .cards import address_of, minutes_of, seeker_of
from .forms import FARTHEST_KM, LAST_PAGE, LONGEST_TEXT, MOST_PLACES, SearchForm
from .interface import search
from .queries import shown
from .query import Hit, Kind, Sort

router = Router(tags=["search"])


class SearchIn(Schema):
    """The question. All but `q` and `kind` must hold of one and the same slot; several skills, categories or areas mean
    any of them. `km` needs a place. Days are local (Asia/Shanghai), degrees WGS-84."""

    q: str = Field("", max_length=LONGEST_TEXT)
    place: str = Field("", max_length=40)
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    lng: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    km: float | None = Field(None, ge=0, le=FARTHEST_KM, allow_inf_nan=False)
    on: date | None = None
    starts_from: date | None = Field(None, alias="from")
    starts_to: date | None = Field(None, alias="to")
    part: DayPart | None = None
    clearance: Annotated[str | None, Field(pattern="^none$")] = None
    skill: list[str] = []
    category: list[str] = []
    area: list[str] = []
    places: int = Field(0, ge=0, le=MOST_PLACES)
    kind: list[str] = Field([], json_schema_extra={"items": {"type": "string", "enum": [*Kind.values]}})
    sort: Sort = Sort.RELEVANCE
    page: int = Field(1, ge=1, le=LAST_PAGE)


class SlotOut(Schema):
    """The best slot of a hit; its id is the shift's. Without a reliable point `lat`, `lng` and `precision` are null."""

    id: int
    site: str
    lat: float | None
    lng: float | None
    precision: str | None
    start: datetime
    end: datetime
    places_left: int


class HitOut(Schema):
    """A need or program. `loose`: only a part of the words was found, not counted in `total`."""

    kind: Kind
    id: int
    title: str
    url: str
    slot: SlotOut
    distance_km: float | None
    travel_min: int | None
    score: float
    reasons: list[str]
    loose: bool


class SearchOut(Schema):
    """`total` counts needs and programs. `degraded`: the usual index could not answer; `reason` says why, or which part
    of the question could not be answered as it was meant."""

    total: int
    degraded: bool
    reason: str
    results: list[HitOut]


@router.get("/search", response=SearchOut, url_name="search", summary="查找项目和需求")
def find(request: HttpRequest, asked: Query[SearchIn]) -> dict[str, Any]:  # noqa: ARG001
    """Needs and programs with a slot that answers, best first; twenty a page."""
    spend_search(request)
    now = timezone.now()
    seeker = seeker_of(request.user)
    form = SearchForm(request.GET, home=seeker.facts.place)
    if not form.is_valid():
        raise ValidationError([_problem(form, name) for name in form.errors])
    result = search(form.query(), user_facts=seeker.facts, now=now)
    shifts, total = shown(result, now)
    return {
        "total": total,
        "degraded": result.is_degraded,
        "reason": result.reason or form.remark(),
        "results": [_hit(hit, shifts[hit.shift_id]) for hit in result.hits if hit.shift_id in shifts],
    }


def _problem(form: SearchForm, name: str) -> dict[str, Any]:
    return {"type": "value_error", "loc": ["query", form.add_prefix(name)], "msg": str(form.errors[name][0])}


def _hit(hit: Hit, shift: Shift) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": hit.record_id,
        "title": shift.title,
        "url": address_of(shift),
        "slot": _slot(shift),
        "distance_km": hit.km,
        "travel_min": minutes_of(hit),
        "score": round(hit.score.total, 4),
        "reasons": hit.score.reasons(),
        "loose": hit.is_loose,
    }


def _slot(shift: Shift) -> dict[str, Any]:
    site = shift.site
    return {
        "id": shift.pk,
        "site": site.name,
        "lat": site.lat,
        "lng": site.lng,
        "precision": site.precision or None,
        "start": timezone.localtime(shift.starts_at),
        "end": timezone.localtime(shift.ends_at),
        "places_left": shift.places_left,
    }
