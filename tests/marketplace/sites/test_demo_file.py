"""The demo's file of relocation sites: 78 rows that say what they are, each point where it may be."""

from __future__ import annotations

import pytest

from marketplace.documents.sheets import read_rows
from marketplace.geography.distance import great_circle_km
from marketplace.geography.models import AdminArea
from marketplace.geography.point import Point
from marketplace.geography.queries import bounds_of
from marketplace.geography.rules import refuse_point, warn_point
from marketplace.management.demo.places import SOURCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    return read_rows(SOURCE)


def test_file_has_exactly_78_marked_rows(rows):
    assert len(rows) == 78
    assert len({row["编号"] for row in rows}) == len({row["名称"] for row in rows}) == 78
    assert [row["名称"] for row in rows if not row["资料来源"].startswith("演示数据")] == []


def test_areas_are_real_and_named_as_they_are(rows):
    areas = AdminArea.objects.current().in_bulk([row["所在地代码"] for row in rows], field_name="code")
    assert [row["所在地"] for row in rows] == [areas[row["所在地代码"]].full_name for row in rows]


def test_points_lie_inside_radius_and_boxes_and_only_where_the_township_is_known(rows):
    for row in rows:
        area = AdminArea.objects.select_related("parent__reference_point").get(code=row["所在地代码"])
        town = area if len(area.code) == 9 else area.parent
        centre = town.reference_point
        assert bool(row["经度"]) == centre.is_reliable, row["名称"]
        if row["经度"]:
            point = Point(float(row["经度"]), float(row["纬度"]))
            assert (refuse_point(point, bounds_of(area)), warn_point(point, bounds_of(area))) == (None, None)
            assert great_circle_km((centre.lng, centre.lat), (point.lng, point.lat)) <= centre.radius_km
