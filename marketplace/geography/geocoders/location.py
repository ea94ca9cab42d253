"""What every geocoder here gives back, and the way from it to a Point."""

from __future__ import annotations

from typing import Any, TypeAlias

from geopy.location import Location

from ..enums import Datum, Precision
from ..point import Point

Answer: TypeAlias = Location | list[Location] | None


def to_location(address: str, point: Point, *, area_code: str = "") -> Location:
    """`raw` holds plain values only, so that an answer can be kept in any cache."""
    raw: dict[str, Any] = {
        "precision": str(point.precision),
        "source": point.source,
        "source_datum": str(point.source_datum),
        "area_code": area_code,
    }
    return Location(address, (point.lat, point.lng), raw)


def to_point(location: Location) -> Point:
    raw = location.raw
    return Point(
        location.longitude,
        location.latitude,
        Precision(raw["precision"]),
        raw["source"],
        Datum(raw["source_datum"]),
    )


def answer(locations: list[Location], exactly_one: bool) -> Answer:
    """As geopy answers: None for nothing, the first or all of them."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations
