"""A place on the earth and a box around one, always WGS-84, longitude first."""

from __future__ import annotations

from dataclasses import dataclass

from .datums import to_wgs84
from .enums import Datum, Precision


@dataclass(frozen=True)
class Point:
    """Degrees WGS-84, with what the point stands for and where it came from."""

    lng: float
    lat: float
    precision: Precision = Precision.ADDRESS
    source: str = ""
    source_datum: Datum = Datum.WGS84

    @classmethod
    def in_datum(
        cls, datum: Datum, lng: float, lat: float, *, precision: Precision = Precision.ADDRESS, source: str = ""
    ) -> Point:
        """A point whose degrees were given in `datum`; they are converted here, at the edge."""
        return cls(*to_wgs84(datum, lng, lat), precision, source, datum)


@dataclass(frozen=True)
class Box:
    """Degrees WGS-84; a point on the border is inside."""

    min_lng: float
    min_lat: float
    max_lng: float
    max_lat: float

    @classmethod
    def in_datum(cls, datum: Datum, min_lng: float, min_lat: float, max_lng: float, max_lat: float) -> Box:
        """The smallest WGS-84 box around the four corners given in `datum`."""
        corners = [to_wgs84(datum, lng, lat) for lng in (min_lng, max_lng) for lat in (min_lat, max_lat)]
        lngs, lats = zip(*corners, strict=True)
        return cls(min(lngs), min(lats), max(lngs), max(lats))

    def contains(self, lng: float, lat: float) -> bool:
        return self.min_lng <= lng <= self.max_lng and self.min_lat <= lat <= self.max_lat
