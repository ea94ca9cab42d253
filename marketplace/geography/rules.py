"""Whether a point may stand for a place: pure questions over given boxes. A refusal is a sentence, None is a yes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .point import Box, Point

# Nobody lives within a metre of 0,0; the value means "nothing was filled in".
NOTHING_DEGREES = 1e-5


@dataclass(frozen=True)
class NamedBox:
    """A box and the name of the unit it was drawn around."""

    name: str
    box: Box

    def contains(self, point: Point) -> bool:
        return self.box.contains(point.lng, point.lat)


@dataclass(frozen=True)
class Bounds:
    """Where a point of one division may lie. Several boxes of a township mean their union.

    `own` are boxes of the township itself and bind; without them the county's box binds. `former` are boxes of units
    the township was formed from: its borders have moved since, so they only warn.
    """

    prefecture: NamedBox
    county: NamedBox | None = None
    township_name: str = ""
    own: tuple[NamedBox, ...] = ()
    former: tuple[NamedBox, ...] = ()


def refuse_point(point: Point, bounds: Bounds) -> str | None:
    """Why the point cannot be right for a place within `bounds`."""
    if abs(point.lng) < NOTHING_DEGREES and abs(point.lat) < NOTHING_DEGREES:
        return _("经纬度是 0,0，说明还没有选点，请在地图上选点或填写经纬度。")
    if not bounds.prefecture.contains(point):
        return _refuse_outside_prefecture(point, bounds.prefecture)
    if bounds.own:
        return _refuse_outside_township(point, bounds)
    if bounds.county and not bounds.county.contains(point):
        return _("这个点不在%(area)s范围内，请核对位置或所选的县（市、区、特区）。") % {"area": bounds.county.name}
    return None


def warn_point(point: Point, bounds: Bounds) -> str | None:
    """What to look at again although the point is allowed: it lies outside every former unit of its township."""
    if bounds.own or not bounds.former or any(box.contains(point) for box in bounds.former):
        return None
    return _("这个点不在%(area)s的前身（%(former)s）范围内，请再核对一次。") % {
        "area": bounds.township_name,
        "former": _("、").join(box.name for box in bounds.former),
    }


def _refuse_outside_prefecture(point: Point, prefecture: NamedBox) -> str:
    if prefecture.box.contains(point.lat, point.lng):
        return _("经度和纬度填反了，请把两个数互换。")
    return _("这个点不在%(area)s范围内，请重新选点。") % {"area": prefecture.name}


def _refuse_outside_township(point: Point, bounds: Bounds) -> str | None:
    if any(box.contains(point) for box in bounds.own):
        return None
    return _("这个点不在%(area)s范围内，请核对位置或所选的乡镇（街道）。") % {"area": bounds.township_name}
