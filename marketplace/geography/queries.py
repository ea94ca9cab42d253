"""Reads: find a division by what was typed, its point, the boxes that bound it, known journeys."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Length

from .enums import AreaKind, AreaLevel, BoxRelation, Confidence, Datum
from .models import AdminArea, AdminAreaQuerySet, AreaBox, AreaPoint, TravelTime, spelled
from .point import Box, Point
from .rules import Bounds, NamedBox
from .travel import Journey

COUNTY_CODE_LENGTH, TOWNSHIP_CODE_LENGTH = 6, 9
PLACES_SHOWN = 10


def find_places(text: str, *, limit: int | None = PLACES_SHOWN) -> list[AdminArea]:
    """Current divisions somebody who types `text` may mean, the likeliest first; a former one leads to its successor.

    Whole names come before beginnings, wide divisions before narrow ones, short names before long ones.
    """
    found = ranked(AdminArea.objects.named(text), text).select_related("parent", "successor__successor")
    return list(dict.fromkeys(area.current_area for area in found))[:limit]


def ranked(areas: AdminAreaQuerySet, text: str) -> AdminAreaQuerySet:
    """The divisions in the order in which they answer `text`."""
    typed = spelled(text)
    fit = Case(
        When(spellings__contains=f"|{typed}|", then=Value(0)),
        When(name__startswith=typed, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return areas.order_by(fit, Length("code"), Length("name"), "code")


def list_areas(*, level: str = "", parent: str = "", text: str = "") -> list[AdminArea]:
    """Current divisions: of a level, directly below `parent` (a code), answering `text`. Without a text by code."""
    areas = find_places(text, limit=None) if text else AdminArea.objects.current().select_related("parent", "successor")
    return [area for area in areas if level in ("", area.level) and parent in ("", _code_above(area))]


def find_in_address(address: str) -> AdminArea | None:
    """The narrowest current division an address names. Of several with one name the address must name the county or
    township too; where it does not, the wider division is the answer."""
    is_village = Q(level=AreaLevel.VILLAGE)
    is_named = is_village & Q(typed__contains=F("short_name")) | ~is_village & Q(typed__contains=F("name"))
    typed = Value("".join(address.split()))
    named = list(AdminArea.objects.current().annotate(typed=typed).filter(is_named))

    def fit(area: AdminArea) -> tuple[int, int]:
        return sum(wider.covers(area) for wider in named), len(area.code)

    best = [area for area in named if fit(area) == max(map(fit, named))]
    if len(best) == 1:
        return best[0]
    wider = [area for area in named if area not in best and all(area.covers(one) for one in best)]
    return max(wider, key=fit, default=None)


def points_of(areas: Iterable[AdminArea], *, or_county: bool = False) -> dict[str, Point]:
    """Points by the divisions' codes, in one query: the own point, else the township's, else (only when asked) the
    county's. A division whose point is a placeholder is left out."""
    wanted = {area.code: _codes_upwards(area.current_area, or_county) for area in areas}
    codes = {code for chain in wanted.values() for code in chain}
    known = AreaPoint.objects.exclude(confidence=Confidence.VERY_LOW).filter(area__code__in=codes)
    points = {point.area.code: as_point(point) for point in known.select_related("area")}
    nearest = {code: next((points[step] for step in chain if step in points), None) for code, chain in wanted.items()}
    return {code: point for code, point in nearest.items() if point}


def point_of(area: AdminArea, *, or_county: bool = False) -> Point | None:
    """The division's point as `points_of` finds it; None where only a placeholder is known."""
    return points_of([area], or_county=or_county).get(area.code)


def as_point(area_point: AreaPoint) -> Point:
    return Point(
        area_point.lng, area_point.lat, area_point.precision, area_point.source, Datum(area_point.source_datum)
    )


def bounds_of(area: AdminArea | None = None) -> Bounds:
    """The boxes a point of the division must lie in; without a division only the prefecture's."""
    codes = _codes_upwards(area.current_area, or_county=True) if area else []
    is_wanted = Q(area__level=AreaLevel.CITY) | Q(area__code__in=codes)
    boxes = list(AreaBox.objects.filter(is_wanted).select_related("area").order_by("pk"))
    township = [box for box in boxes if box.area.level == AreaLevel.TOWNSHIP]
    return Bounds(
        prefecture=_named_box(next(box for box in boxes if box.area.level == AreaLevel.CITY)),
        county=next((_named_box(box) for box in boxes if box.area.level == AreaLevel.COUNTY), None),
        township_name=township[0].area.name if township else "",
        own=tuple(_named_box(box) for box in township if box.relation == BoxRelation.SAME_NAME),
        former=tuple(_named_box(box) for box in township if box.relation == BoxRelation.PREDECESSOR),
    )


def known_journeys() -> dict[Journey, int]:
    """Minutes of the known journeys by the codes of both ends."""
    rows = TravelTime.objects.values_list("from_area__code", "to_area__code", "minutes")
    return {(start, end): minutes for start, end, minutes in rows}


def _codes_upwards(area: AdminArea, or_county: bool) -> list[str]:
    if area.kind == AreaKind.FUNCTIONAL_ZONE:
        return [area.code]
    codes = [area.code, area.code[:TOWNSHIP_CODE_LENGTH]]
    return [*codes, area.code[:COUNTY_CODE_LENGTH]] if or_county else codes


def _named_box(box: AreaBox) -> NamedBox:
    return NamedBox(box.name, Box(box.min_lng, box.min_lat, box.max_lng, box.max_lat))


def _code_above(area: AdminArea) -> str:
    return area.parent.code if area.parent else ""
