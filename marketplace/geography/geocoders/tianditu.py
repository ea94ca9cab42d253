"""Tianditu (天地图): answers in CGCS2000, which equals WGS-84 to within centimetres."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from urllib.parse import urlencode

from geopy.exc import GeocoderAuthenticationFailure, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from ..enums import Datum, Precision
from ..point import Point
from .location import Answer, answer, to_location

URL = "https://api.tianditu.gov.cn/geocoder"
SOURCE = "天地图"
FOUND, NOTHING_FOUND = "0", "101"

# It does not say how wide the place is, so only a house number proves an address.
HOUSE_LEVELS = {"门址", "门牌号", "兴趣点"}


class Tianditu(Geocoder):
    """Needs a key of the kind "服务器端"."""

    def __init__(self, key: str, **options: Any) -> None:
        super().__init__(**options)
        self.key = key

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Answer:
        """The one place that fits best. Raises geopy's service errors."""
        asked = {"ds": json.dumps({"keyWord": query}, ensure_ascii=False), "tk": self.key}
        parse = partial(_parse, query=query, exactly_one=exactly_one)
        return self._call_geocoder(f"{URL}?{urlencode(asked)}", parse, timeout=timeout)


def _parse(page: dict[str, Any], query: str, exactly_one: bool) -> Answer:
    status = str(page.get("status", ""))
    if status == NOTHING_FOUND:
        return None
    if status != FOUND:
        raise _error(page)
    place = page["location"]
    precision = Precision.ADDRESS if place.get("level") in HOUSE_LEVELS else Precision.TOWNSHIP
    point = Point(float(place["lon"]), float(place["lat"]), precision, SOURCE, Datum.WGS84)
    return answer([to_location(place.get("keyWord") or query, point)], exactly_one)


def _error(page: dict[str, Any]) -> GeocoderServiceError:
    """A refused key comes as `code` and `msg` without a status."""
    kind = GeocoderAuthenticationFailure if "code" in page else GeocoderServiceError
    return kind(f"{page.get('code') or page.get('status')} {page.get('msg')}")
