"""The offline geocoder: divisions by name, former name, pinyin, initials or inside an address."""

from __future__ import annotations

from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from ..models import AdminArea
from ..queries import find_in_address, find_places, points_of
from .location import Answer, answer, to_location


class Gazetteer(Geocoder):
    """Answers with the division's reference point; a division with only a placeholder has no answer."""

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Answer:
        """The likeliest place first. `timeout` is taken for geopy's sake: nothing here waits."""
        places = _places(query)[: 1 if exactly_one else None]
        points = points_of(places)
        found = [
            to_location(place.full_name, points[place.code], area_code=place.code)
            for place in places
            if place.code in points
        ]
        return answer(found, exactly_one)


def _places(query: str) -> list[AdminArea]:
    places = find_places(query)
    if places:
        return places
    place = find_in_address(query)
    return [place] if place else []
