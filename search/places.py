"""What somebody means who types a place: a site, a division, or an address that names one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import Length

from marketplace.geography.models import AdminArea
from marketplace.geography.queries import find_in_address, find_places, point_of
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import public_sites


@dataclass(frozen=True)
class NamedPlace:
    """A place and its division. Without a point it can't be measured from, only looked for by its division."""

    name: str
    area: AdminArea
    lng: float | None = None
    lat: float | None = None


def place_named(text: str) -> NamedPlace | None:
    """A site's whole name first, then a division by name or pinyin, then a part of a site's name or an address."""
    sites = public_sites()
    if site := sites.filter(name=text.strip()).first():
        return _of_site(site)
    if areas := find_places(text, limit=1):
        return _of_area(areas[0])
    if site := sites.filter(name__contains=text.strip()).order_by(Length("name"), "pk").first():
        return _of_site(site)
    area = find_in_address(text)
    return _of_area(area) if area else None


def _of_site(site: ServiceSite) -> NamedPlace:
    return NamedPlace(site.name, site.area, site.lng, site.lat)


def _of_area(area: AdminArea) -> NamedPlace:
    point = point_of(area)
    return NamedPlace(area.name, area, point.lng, point.lat) if point else NamedPlace(area.name, area)
