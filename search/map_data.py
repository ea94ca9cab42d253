"""What the map beside the list draws: the sites of this page's hits, the names of counties and townships, the origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from marketplace.geography.enums import AreaLevel, Confidence
from marketplace.geography.models import AreaPoint
from marketplace.workflow.wording import say_when

from .cards import Card
from .query import Near


def map_data(cards: Iterable[Card], places: dict[int, tuple[float, float]], near: Near | None) -> dict[str, Any]:
    """As components/map.html describes it; `places` are the sites' (lng, lat) by their pins."""
    by_site: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        if card.pin is not None:
            by_site[card.pin].append(card)
    return {
        "places": _named_places(),
        "points": [_point(pin, at, places[pin]) for pin, at in by_site.items()],
        "origin": _origin(near),
    }


def _point(pin: int, cards: list[Card], place: tuple[float, float]) -> dict[str, Any]:
    lng, lat = place
    return {
        "id": pin,
        "name": cards[0].place,
        "longitude": lng,
        "latitude": lat,
        "count": len(cards),
        "url": cards[0].url if len(cards) == 1 else "",
        "lines": [f"{card.title} {say_when(card.start, card.end)}" for card in cards],
    }


def _origin(near: Near | None) -> dict[str, Any] | None:
    if near is None:
        return None
    return {"name": near.name, "longitude": near.lng, "latitude": near.lat, "radius_km": near.km}


def _named_places() -> list[dict[str, Any]]:
    """Counties and townships, without those whose point is only a placeholder."""
    named = AreaPoint.objects.filter(area__level__in=(AreaLevel.COUNTY, AreaLevel.TOWNSHIP))
    points = named.exclude(confidence=Confidence.VERY_LOW).select_related("area")
    return [
        {
            "name": point.area.short_name,
            "longitude": round(point.lng, 4),
            "latitude": round(point.lat, 4),
            "is_county": point.area.level == AreaLevel.COUNTY,
        }
        for point in points.order_by("area__code")
    ]
