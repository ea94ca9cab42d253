"""Straight distance on the sphere, the same number in the database, on a card and on the map."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, radians, sin

from .point import Box

LngLat = tuple[float, float]

EARTH_RADIUS_KM = 6371.009
WHOLE_TURN = (-180.0, 180.0)


def great_circle_km(a: LngLat, b: LngLat) -> float:
    """Kilometres between two places, each (lng, lat) in degrees. Stable for near, far and opposite ones."""
    (lng1, lat1), (lng2, lat2) = a, b
    phi1, phi2, turn = radians(lat1), radians(lat2), radians(lng2 - lng1)
    across = hypot(cos(phi2) * sin(turn), cos(phi1) * sin(phi2) - sin(phi1) * cos(phi2) * cos(turn))
    along = sin(phi1) * sin(phi2) + cos(phi1) * cos(phi2) * cos(turn)
    return EARTH_RADIUS_KM * atan2(across, along)


def box_around(centre: LngLat, radius_km: float) -> Box:
    """The smallest box in degrees that holds the circle; all longitudes where it reaches a pole or the date line."""
    lng, lat = centre
    reach = degrees(radius_km / EARTH_RADIUS_KM)
    south, north = lat - reach, lat + reach
    west, east = WHOLE_TURN
    if south > -90 and north < 90:
        half_width = degrees(asin(sin(radians(reach)) / cos(radians(lat))))
        if lng - half_width >= west and lng + half_width <= east:
            west, east = lng - half_width, lng + half_width
    return Box(west, max(south, -90.0), east, min(north, 90.0))
