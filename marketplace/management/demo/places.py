"""Places of the demo: the 78 relocation sites of data/demo_sites.csv, a children's home in each, service points for elders,
and villages. Their points are invented, inside the township's radius and boxes; a township without a reliable point gives
its places none.
"""

from __future__ import annotations

import csv
import re
from math import cos, pi, radians, sin, sqrt
from pathlib import Path
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

from .names import person_name
from .people import TOWNSHIP, VILLAGE, Cast, People

SOURCE = Path(__file__).resolve().parents[2] / "data" / "demo_sites.csv"
HOMES, ELDER_POINTS, VILLAGES = 78, 24, 4
KM_PER_DEGREE = 111.2
POINT_SOURCE = "演示数据：乡镇点位附近的虚拟位置"
INVENTED = "演示数据：名称和位置为编造"


class Places:
    def __init__(self, chance: Random, people: People, cast: Cast) -> None:
        self.chance, self.people, self.cast = chance, people, cast
        self.keepers: dict[str, User] = {}

    def homes(self) -> list[ServiceSite]:
        """A children's home in each relocation site, site@ keeping the first. Some lack a director or their size, as it is."""
        return [self._home(number, site) for number, site in enumerate(self._relocation_sites())]

    def elder_points(self) -> list[ServiceSite]:
        """Service points for elders; village@'s own community has the first."""
        villages = list(AdminArea.objects.current().villages().filter(name__contains="村民").order_by("code"))
        areas = [AdminArea.objects.get(code=VILLAGE), *self.chance.sample(villages, ELDER_POINTS - 1)]
        return [self._elder_point(area) for area in areas]

    def villages(self) -> list[ServiceSite]:
        """Of township@'s communities; nobody has pinned the first yet, which is their first task."""
        areas = AdminArea.objects.current().villages().filter(code__startswith=TOWNSHIP).exclude(code=VILLAGE)
        return [
            create_site(
                actor=self.cast.township,
                point=self._point(area) if number else None,
                name=area.short_name,
                kind=SiteKind.VILLAGE,
                area=area,
                source_note=INVENTED,
                is_demo=True,
            )
            for number, area in enumerate(areas.order_by("code")[:VILLAGES])
        ]

    def _relocation_sites(self) -> list[ServiceSite]:
        with SOURCE.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        areas = {area.code: area for area in AdminArea.objects.filter(code__in=[row["所在地代码"] for row in rows])}
        return [
            create_site(
                actor=None,
                point=_point_of(row),
                code=row["编号"],
                name=row["名称"],
                kind=SiteKind.RELOCATION_SITE,
                area=areas[row["所在地代码"]],
                households=int(row["户数"]) if row["户数"] else None,
                residents=int(row["人数"]) if row["人数"] else None,
                source_note=row["资料来源"],
                is_demo=True,
            )
            for row in rows
        ]

    def _home(self, number: int, site: ServiceSite) -> ServiceSite:
        has_point = site.lng is not None and site.lat is not None
        home = create_site(
            actor=None,
            point=Point(site.lng or 0, site.lat or 0, Precision.DEMO, POINT_SOURCE) if has_point else None,
            name=re.sub("(易地扶贫搬迁)?(安置)?点$", "", site.name) + "儿童之家",
            kind=SiteKind.CHILDRENS_HOME,
            area=site.area,
            relocation_site=site,
            address=f"{site.area.full_name}（演示）",
            floor_area_m2=None if number % 5 == 4 else self.chance.choice((60, 80, 120)),
            source_note=INVENTED,
            is_demo=True,
            **self._opening(),
        )
        keeper = self._keeper(home.area) if number else self.cast.site
        add_keeper(home, keeper, actor=None, is_director=number % 7 != 6)
        return home

    def _elder_point(self, area: AdminArea) -> ServiceSite:
        point = create_site(
            actor=None,
            point=self._point(area),
            name=f"{area.short_name}养老服务点",
            kind=SiteKind.ELDER_POINT,
            area=area,
            address=f"{area.full_name}（演示）",
            source_note=INVENTED,
            is_demo=True,
            **self._opening(),
        )
        add_keeper(point, self.cast.village if area.code == VILLAGE else self._keeper(area), actor=None)
        return point

    def _opening(self) -> dict[str, object]:
        hours = "周一至周五 16:30–19:00，周末 9:00–17:00"
        return {"capacity": self.chance.choice((20, 30, 40)), "opening_hours": hours}

    def _keeper(self, area: AdminArea) -> User:
        """One keeper a township."""
        code = area.code[:9]
        if code not in self.keepers:
            town = AdminArea.objects.get(code=code)
            self.keepers[code] = self.people.account(f"{person_name(self.chance)}（{town.name}）", f"keeper{code}")
        return self.keepers[code]

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
            POINT_SOURCE,
        )


def _point_of(row: dict[str, str]) -> Point | None:
    return Point(float(row["经度"]), float(row["纬度"]), Precision.DEMO, POINT_SOURCE) if row["经度"] else None
