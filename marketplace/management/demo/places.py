"""Places of the demo: 78 children's homes and elder service points, at invented points inside the township's radius."""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt
from random import Random

from marketplace.accounts.models import User
from marketplace.geography.enums import Precision
from marketplace.geography.models import AdminArea
from marketplace.geography.point import Point
from marketplace.geography.queries import bounds_of
from marketplace.geography.rules import refuse_point
from marketplace.sites.actions import add_keeper, create_site
from marketplace.sites.enums import SiteKind
from marketplace.sites.models import ServiceSite

from .people import Cast, People

HOMES, ELDER_POINTS = 78, 24
KM_PER_DEGREE = 111.2
# Communities that sources name as relocation sites or whose names suggest it; the rest is drawn by chance.
# The first is site@'s.
NAMED = (
    "520204002005",
    "520204005003",
    "520204005002",
    "520204007011",
    "520204006004",
    "520201018003",
    "520204009013",
    "520204007008",
    "520281006002",
    "520281005015",
    "520203002007",
    "520281002010",
    "520281002009",
    "520281127006",
    "520203003008",
    "520201203002",
    "520201203001",
    "520201204001",
    "520203205002",
    "520203204003",
    "520203110002",
    "520281117005",
    "520201102001",
    "520201101003",
    "520204008010",
)


class Places:
    def __init__(self, chance: Random, people: People, cast: Cast) -> None:
        self.chance, self.people, self.cast = chance, people, cast
        self.keepers: dict[str, User] = {}

    def homes(self) -> list[ServiceSite]:
        """The 78 children's homes, site@ keeping the first."""
        return [self._site(area, SiteKind.CHILDRENS_HOME, f"{area.short_name}儿童之家") for area in self._communities()]

    def elder_points(self) -> list[ServiceSite]:
        """Service points for elders; village@'s own community has the first."""
        villages = list(AdminArea.objects.current().villages().filter(name__contains="村民").order_by("code"))
        areas = [AdminArea.objects.get(code=NAMED[0]), *self.chance.sample(villages, ELDER_POINTS - 1)]
        return [self._site(area, SiteKind.ELDER_POINT, f"{area.short_name}养老服务点") for area in areas]

    def _communities(self) -> list[AdminArea]:
        named = {area.code: area for area in AdminArea.objects.filter(code__in=NAMED)}
        rest = (
            AdminArea.objects.current()
            .villages()
            .filter(name__contains="社区居")
            .exclude(code__in=NAMED)
            .order_by("code")
        )
        ordered = [named[code] for code in NAMED if code in named]
        return ordered + self.chance.sample(list(rest), HOMES - len(ordered))

    def _site(self, area: AdminArea, kind: str, name: str) -> ServiceSite:
        site = create_site(
            actor=None,
            point=self._point(area),
            name=name,
            kind=kind,
            area=area,
            address=f"{area.parent.name if area.parent else ''}{area.short_name}",
            capacity=self.chance.choice((20, 30, 40)),
            opening_hours="周一至周五 16:30–19:00，周末 9:00–17:00",
            is_demo=True,
        )
        add_keeper(site, self._keeper(area, kind), actor=None)
        return site

    def _keeper(self, area: AdminArea, kind: str) -> User:
        """One keeper a township; site@ for the first home, nobody signs in as the others."""
        if area.code == NAMED[0]:
            return self.cast.site if kind == SiteKind.CHILDRENS_HOME else self.cast.village
        town = area.code[:9]
        if town not in self.keepers:
            self.keepers[town] = self.people.account(f"{area.parent.name if area.parent else ''}儿童主任")
        return self.keepers[town]

    def _point(self, area: AdminArea) -> Point | None:
        """Somewhere inside the township's radius and boxes; none where its own point is not to be trusted."""
        town = area.parent
        centre = getattr(town, "reference_point", None)
        if town is None or centre is None or not centre.is_reliable:
            return None
        bounds = bounds_of(town)
        for shrink in (0.5, 0.3, 0.1, 0.0):
            point = self._near(centre.lng, centre.lat, centre.radius_km * shrink)
            if refuse_point(point, bounds) is None:
                return point
        return None

    def _near(self, lng: float, lat: float, radius_km: float) -> Point:
        distance, angle = radius_km * sqrt(self.chance.random()), 2 * pi * self.chance.random()
        north, east = distance * cos(angle), distance * sin(angle)
        return Point(
            round(lng + east / (KM_PER_DEGREE * cos(radians(lat))), 6),
            round(lat + north / KM_PER_DEGREE, 6),
            Precision.DEMO,
            "演示数据：乡镇点位附近的虚拟位置",
        )
