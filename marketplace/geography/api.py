"""Divisions for other programs: a list that can be narrowed and searched, and one by its code."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from .enums import AreaLevel, Precision
from .models import AdminArea
from .point import Point
from .queries import list_areas, point_of, points_of

router = Router(tags=["areas"])


class AreaOut(Schema):
    """A division; without `lat`, `lng` and `precision` where no reliable point is known. Degrees are WGS-84."""

    code: str
    name: str
    level: AreaLevel
    parent: str | None
    lat: float | None = None
    lng: float | None = None
    precision: Precision | None = None


class AreaList(Schema):
    total: int
    results: list[AreaOut]


class AreaFilter(Schema):
    level: AreaLevel | None = None
    parent: str = ""
    q: str = ""
    limit: Annotated[int, Query(ge=1, le=2000)] = 100
    offset: Annotated[int, Query(ge=0)] = 0


@router.get("/areas", response=AreaList, url_name="areas", summary="区划列表")
def areas(request: HttpRequest, wanted: Query[AreaFilter]) -> dict[str, Any]:  # noqa: ARG001
    """Current divisions, narrowed by level, by the code of the division above, and by what somebody would type."""
    found = list_areas(level=wanted.level or "", parent=wanted.parent, text=wanted.q)
    page = found[wanted.offset : wanted.offset + wanted.limit]
    points = points_of(page)
    return {"total": len(found), "results": [_out(area, points.get(area.code)) for area in page]}


@router.get("/areas/{code}", response=AreaOut, url_name="area", summary="一个区划")
def area(request: HttpRequest, code: str) -> dict[str, Any]:  # noqa: ARG001
    """One division by its code, a former one as well."""
    found = get_object_or_404(AdminArea.objects.select_related("parent", "successor__successor"), code=code)
    return _out(found, point_of(found))


def _out(area: AdminArea, point: Point | None) -> dict[str, Any]:
    place = {"lat": point.lat, "lng": point.lng, "precision": point.precision} if point else {}
    parent = area.parent.code if area.parent else None
    return {"code": area.code, "name": area.name, "level": area.level, "parent": parent, **place}
