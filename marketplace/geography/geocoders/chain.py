"""The geocoders the settings name, asked in that order: the first answer counts, an error moves on to the next."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from geopy.exc import GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from ..point import Point
from .amap import Amap
from .gazetteer import Gazetteer
from .location import to_point
from .tianditu import Tianditu

logger = logging.getLogger(__name__)

CACHE_SECONDS = 30 * 24 * 3600
TIMEOUT_SECONDS = 5

# A service that answers in another shape than it promised has failed as well.
FAILURES = (GeopyError, AttributeError, LookupError, TypeError, ValueError)

MAKERS: dict[str, Callable[[], Geocoder]] = {
    "gazetteer": Gazetteer,
    "amap": lambda: Amap(settings.AMAP_KEY, timeout=TIMEOUT_SECONDS),
    "tianditu": lambda: Tianditu(settings.TIANDITU_KEY, timeout=TIMEOUT_SECONDS),
}


def locate(text: str) -> Point | None:
    """The point of a place or address as the configured geocoders know it, None where none does."""
    chain = GeocoderChain({name: MAKERS[name]() for name in settings.GEOCODERS})
    location = chain.geocode(text)
    return to_point(location) if location else None


class GeocoderChain(Geocoder):
    """Remembers answers in the cache, never the lack of one: a service that failed may know it tomorrow."""

    def __init__(self, geocoders: Mapping[str, Geocoder]) -> None:
        super().__init__()
        self.geocoders = geocoders

    def geocode(self, query: str, *, timeout: Any = DEFAULT_SENTINEL) -> Location | None:
        """The first answer of the chain."""
        key = self._cache_key(query)
        kept = cache.get(key)
        if kept:
            return Location(*kept)
        for name, geocoder in self.geocoders.items():
            location = self._ask(name, geocoder, query, timeout)
            if location:
                cache.set(key, (location.address, (location.latitude, location.longitude), location.raw), CACHE_SECONDS)
                return location
        return None

    def _ask(self, name: str, geocoder: Geocoder, query: str, timeout: Any) -> Location | None:
        options = {} if timeout is DEFAULT_SENTINEL else {"timeout": timeout}
        try:
            return geocoder.geocode(query, **options)
        except FAILURES as error:
            # The address stays out of the log: it may be somebody's.
            logger.warning("geocoder %s failed: %s", name, type(error).__name__)
            return None

    def _cache_key(self, query: str) -> str:
        asked = "\n".join([*self.geocoders, query.strip()])
        return f"geocode:{hashlib.sha256(asked.encode()).hexdigest()}"
