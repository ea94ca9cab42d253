import pytest

from marketplace.geography.actions import load_areas, load_boxes, load_points
from marketplace.geography.enums import AreaKind, AreaLevel, BoxRelation, Confidence, Datum, PointMethod
from marketplace.geography.models import AdminArea, AreaBox, AreaPoint
from marketplace.geography.queries import bounds_of
from marketplace.geography.rules import refuse_point

pytestmark = pytest.mark.django_db


def count_by(queryset, field):
    values = list(queryset.values_list(field, flat=True))
    return {value: values.count(value) for value in set(values)}


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (AdminArea, AreaPoint, AreaBox)]


def test_load_areas_levels():
    assert count_by(AdminArea.objects.current(), "level") == {"city": 1, "county": 4, "township": 92, "village": 1152}


def test_load_areas_communities_and_villages():
    villages = AdminArea.objects.villages()
    communities = villages.filter(name__endswith="居民委员会")
    assert (communities.count(), villages.exclude(pk__in=communities).count()) == (428, 724)


@pytest.mark.parametrize(
    ("county", "townships", "villages"),
    [("520201", 17, 180), ("520203", 18, 253), ("520204", 30, 189), ("520281", 27, 530)],
)
def test_load_areas_of_each_county(county, townships, villages):
    inside = AdminArea.objects.within(AdminArea.objects.get(code=county))
    assert (inside.townships().count(), inside.villages().count()) == (townships, villages)


def test_load_areas_parents_are_the_codes_above():
    for code, above in AdminArea.objects.exclude(level=AreaLevel.CITY).values_list("code", "parent__code"):
        assert above == {6: "520200", 9: code[:6], 12: code[:9]}[len(code)]


def test_load_areas_are_administrative():
    assert count_by(AdminArea.objects.all(), "kind") == {AreaKind.ADMINISTRATIVE: 1252}


def test_load_areas_former_names():
    names = dict(AdminArea.objects.exclude(former_names="").values_list("name", "former_names"))
    assert names["双水街道"] == "滥坝镇"
    assert names["胜境街道"] == "平关镇、火铺镇"
    assert names["钟山区"] == "水城特区"
    # 坪地彝族乡 still exists beside 乌蒙镇, which took in a part of it.
    assert names["乌蒙镇"] == "四格彝族乡"


def test_load_points_methods():
    assert count_by(AreaPoint.objects.all(), "method") == {
        PointMethod.TOWN_CENTRE: 64,
        PointMethod.COMMUNITY_CENTRE: 3,
        PointMethod.COUNTY_SEAT: 3,
        PointMethod.BBOX_CENTRE: 8,
        PointMethod.FORMER_BBOX_CENTRE: 4,
        PointMethod.MERGED_UNIT_POINT: 1,
        PointMethod.VILLAGE_POINT: 1,
        PointMethod.GAP_ESTIMATE: 2,
        PointMethod.FORMER_PARENT_BBOX: 6,
        PointMethod.REFERENCE_POINT: 5,
    }


def test_load_points_confidence_of_townships():
    townships = AreaPoint.objects.filter(area__level=AreaLevel.TOWNSHIP)
    assert count_by(townships, "confidence") == {
        Confidence.HIGH: 63,
        Confidence.MEDIUM: 21,
        Confidence.LOW: 2,
        Confidence.VERY_LOW: 6,
    }


def test_load_points_remember_the_datum_of_their_source():
    datums = dict(AreaPoint.objects.values_list("area__name", "source_datum"))
    assert (datums["红岩街道"], datums["黄土坡街道"], datums["水城区"]) == (Datum.GCJ02, Datum.WGS84, Datum.GCJ02)


def test_load_points_of_counties_are_converted():
    point = AdminArea.objects.get(code="520204").reference_point
    assert (round(point.lng, 4), round(point.lat, 4)) == (104.9542, 26.5441)
    assert point.radius_km == 49.3


def test_load_points_lie_where_a_point_of_their_township_may():
    points = AreaPoint.objects.filter(area__level=AreaLevel.TOWNSHIP).exclude(confidence=Confidence.VERY_LOW)
    refused = [point.area.name for point in points.select_related("area") if refuse_point(point, bounds_of(point.area))]
    assert (points.count(), refused) == (86, [])


def test_load_boxes_relations():
    townships = AreaBox.objects.filter(area__level=AreaLevel.TOWNSHIP)
    assert townships.values("area").distinct().count() == 70
    assert count_by(townships, "relation") == {BoxRelation.SAME_NAME: 47, BoxRelation.PREDECESSOR: 26}
    assert AreaBox.objects.exclude(area__level=AreaLevel.TOWNSHIP).count() == 5


def test_load_again_changes_nothing():
    before = everything()
    assert (load_areas(), load_points(), load_boxes()) == (1252, 97, 78)
    assert everything() == before


def test_load_again_brings_rows_up_to_date():
    AdminArea.objects.filter(code="520204002").update(name="旧名", spellings="|旧名|")
    AreaPoint.objects.filter(area__code="520204002").update(lng=0, lat=0)
    AreaBox.objects.filter(area__code="520204").update(max_lat=89)
    load_areas()
    load_points()
    load_boxes()
    township = AdminArea.objects.get(code="520204002")
    assert (township.name, township.reference_point.lng) == ("双水街道", 104.955179)
    assert round(AreaBox.objects.get(area__code="520204").max_lat, 3) == 26.686


def test_load_again_keeps_divisions_of_our_own():
    AdminArea.objects.create(code="GAOXIN", name="高新区", level=AreaLevel.COUNTY, kind=AreaKind.FUNCTIONAL_ZONE)
    load_areas()
    assert AdminArea.objects.filter(code="GAOXIN").exists()
