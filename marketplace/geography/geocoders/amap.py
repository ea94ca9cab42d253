"""AMap (高德): answers in GCJ-02, which is converted to WGS-84 here."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from geopy.exc import GeocoderAuthenticationFailure, GeocoderQuotaExceeded, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from ..enums import Datum, Precision
from ..point import Point
from .location import Answer, answer, to_location

URL = "https://restapi.amap.com/v3/geocode/geo"
PREFECTURE = "520200"
SOURCE = "高德地图"

# What AMap calls the kind of place it found; anything else is taken for as wide as a township.
PRECISIONS = {
    "市": Precision.CITY,
    "区县": Precision.COUNTY,
    "村庄": Precision.VILLAGE,
    "门牌号": Precision.ADDRESS,
    "单元号": Precision.ADDRESS,
    "兴趣点": Precision.ADDRESS,
    "道路交叉路口": Precision.ADDRESS,
    "公交站台": Precision.ADDRESS,
}

AUTHENTICATION_CODES = {"10001", "10002", "10005", "10007", "10009"}
QUOTA_CODES = {"10003", "10004", "10014", "10019", "10020", "10021", "10044", "10045"}


class Amap(Geocoder):
    """Needs a key of the kind "Web 服务"."""

    def __init__(self, key: str, **options: Any) -> None:
        super().__init__(**options)
        self.key = key

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Answer:
        """Places of the prefecture that fit the address. Raises geopy's service errors."""
        asked = {"key": self.key, "address": query, "city": PREFECTURE, "output": "JSON"}
        parse = partial(_parse, exactly_one=exactly_one)
        return self._call_geocoder(f"{URL}?{urlencode(asked)}", parse, timeout=timeout)


def _parse(page: dict[str, Any], exactly_one: bool) -> Answer:
    if page.get("status") != "1":
        raise _error(page)
    return answer([_location(place) for place in page.get("geocodes") or []], exactly_one)


def _location(place: dict[str, Any]) -> Location:
    lng, lat = (float(degrees) for degrees in place["location"].split(","))
    precision = PRECISIONS.get(place.get("level", ""), Precision.TOWNSHIP)
    point = Point.in_datum(Datum.GCJ02, lng, lat, precision=precision, source=SOURCE)
    return to_location(place["formatted_address"], point, area_code=place.get("adcode") or "")


def _error(page: dict[str, Any]) -> GeocoderServiceError:
    said = f"{page.get('infocode')} {page.get('info')}"
    if page.get("infocode") in AUTHENTICATION_CODES:
        return GeocoderAuthenticationFailure(said)
    if page.get("infocode") in QUOTA_CODES:
        return GeocoderQuotaExceeded(said)
    return GeocoderServiceError(said)
