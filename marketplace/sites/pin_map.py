"""What the map on which a site is pinned draws: its township and the neighbours, and the site where it stands now."""

from __future__ import annotations

from typing import Any

from marketplace.geography.models import AdminArea, AreaPoint
from marketplace.geography.queries import COUNTY_CODE_LENGTH, TOWNSHIP_CODE_LENGTH

from .models import ServiceSite


def pin_map(site: ServiceSite) -> dict[str, Any]:
    """As components/map.html describes it; without a trustworthy point of the township the whole county is in view."""
    county, town = site.area_code[:COUNTY_CODE_LENGTH], site.area_code[:TOWNSHIP_CODE_LENGTH]
    near = AreaPoint.objects.filter(area__in=AdminArea.objects.current().filter(code__startswith=county))
    points = {point.area.code: point for point in near.select_related("area") if point.is_reliable}
    middle = points.get(town) or points.get(county)
    return {
        "places": [_place(point) for point in points.values()],
        "points": [_own(site)] if site.has_point else [],
        "origin": _origin(middle) if middle else None,
    }


def _place(point: AreaPoint) -> dict[str, Any]:
    return {"name": point.area.short_name, "longitude": round(point.lng, 4), "latitude": round(point.lat, 4)}


def _origin(point: AreaPoint) -> dict[str, Any]:
    return {**_place(point), "radius_km": point.radius_km}


def _own(site: ServiceSite) -> dict[str, Any]:
    return {"id": site.pk, "name": site.name, "longitude": site.lng, "latitude": site.lat, "count": 1}
