"""GCJ-02 and BD-09 from and to WGS-84. Every function takes and gives (lng, lat) in degrees.

Around the prefecture GCJ-02 lies about 400–500 m off and BD-09 about 1 km, more than the distance between two streets,
so a datum is converted where it enters and where it leaves, and never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from .enums import Datum

Degrees = tuple[float, float]

# The ellipsoid the GCJ-02 offset is defined on (Krasovsky 1940).
SEMI_MAJOR_AXIS_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323

# The offset is defined inside this rectangle only; elsewhere GCJ-02 equals WGS-84.
OFFSET_LNG = (72.004, 137.8347)
OFFSET_LAT = (0.8293, 55.8271)

BD09_ANGLE = pi * 3000 / 180
BD09_LNG, BD09_LAT = 0.0065, 0.006

INVERSE_TOLERANCE_DEGREES = 1e-10
INVERSE_STEPS = 20


def gcj02_from_wgs84(lng: float, lat: float) -> Degrees:
    """Degrees WGS-84 → degrees GCJ-02."""
    if not (OFFSET_LNG[0] <= lng <= OFFSET_LNG[1] and OFFSET_LAT[0] <= lat <= OFFSET_LAT[1]):
        return lng, lat
    north, east = _offset_metres(lng - 105, lat - 35)
    curve = 1 - ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    metres_a_lat_degree = radians(SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / (curve * sqrt(curve)))
    metres_a_lng_degree = radians(SEMI_MAJOR_AXIS_M / sqrt(curve) * cos(radians(lat)))
    return lng + east / metres_a_lng_degree, lat + north / metres_a_lat_degree


def wgs84_from_gcj02(lng: float, lat: float) -> Degrees:
    """Degrees GCJ-02 → degrees WGS-84, exact to well under 0.1 m."""
    return _invert(gcj02_from_wgs84, lng, lat)


def bd09_from_wgs84(lng: float, lat: float) -> Degrees:
    """Degrees WGS-84 → degrees BD-09."""
    x, y = gcj02_from_wgs84(lng, lat)
    length = hypot(x, y) + 0.00002 * sin(y * BD09_ANGLE)
    angle = atan2(y, x) + 0.000003 * cos(x * BD09_ANGLE)
    return length * cos(angle) + BD09_LNG, length * sin(angle) + BD09_LAT


def wgs84_from_bd09(lng: float, lat: float) -> Degrees:
    """Degrees BD-09 → degrees WGS-84, exact to well under 0.1 m."""
    return _invert(bd09_from_wgs84, lng, lat)


def to_wgs84(datum: Datum, lng: float, lat: float) -> Degrees:
    """Degrees in `datum` → degrees WGS-84."""
    match datum:
        case Datum.GCJ02:
            return wgs84_from_gcj02(lng, lat)
        case Datum.BD09:
            return wgs84_from_bd09(lng, lat)
        case _:
            return lng, lat


def _invert(forward: Callable[[float, float], Degrees], lng: float, lat: float) -> Degrees:
    """The point that `forward` takes to (lng, lat): step by the error until it vanishes."""
    found_lng, found_lat = lng, lat
    for _step in range(INVERSE_STEPS):
        reached_lng, reached_lat = forward(found_lng, found_lat)
        error_lng, error_lat = reached_lng - lng, reached_lat - lat
        found_lng, found_lat = found_lng - error_lng, found_lat - error_lat
        if max(abs(error_lng), abs(error_lat)) < INVERSE_TOLERANCE_DEGREES:
            break
    return found_lng, found_lat


def _offset_metres(x: float, y: float) -> tuple[float, float]:
    """The published polynomial: metres north and east at `x`, `y` degrees from 105° E 35° N."""
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    ripple = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    north += (
        (ripple + 20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y / 30 * pi)) * 2 / 3
    )
    east += (ripple + 20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    return north, east
