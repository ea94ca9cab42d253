from datetime import date

import pytest
from django.db import IntegrityError

from marketplace.geography.enums import AreaKind, AreaLevel, BoxRelation, Confidence, Datum, PointMethod, Precision
from marketplace.geography.models import AdminArea, AreaBox, AreaPoint, TravelTime

pytestmark = pytest.mark.django_db


def area(code):
    return AdminArea.objects.get(code=code)


def make_area(code="520299", **fields):
    plain = {"name": "试验区", "short_name": "试验", "full_name": "试验区", "level": AreaLevel.COUNTY}
    return AdminArea.objects.create(code=code, **{**plain, **fields})


def test_area_says_its_name():
    assert str(area("520204002")) == "双水街道"


def test_area_knows_the_way_up():
    village = area("520204002005")
    assert [village.parent, village.parent.parent, village.parent.parent.parent] == [
        area("520204002"),
        area("520204"),
        area("520200"),
    ]
    assert area("520200").parent is None


def test_area_full_name_tells_it_apart():
    assert area("520204002005").full_name == "水城区双水街道双水社区"
    assert area("520204002").full_name == "水城区双水街道"
    assert area("520204").full_name == "水城区"


def test_area_codes_are_unique():
    with pytest.raises(IntegrityError):
        make_area("520204")


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("520200", "5202"),
        ("520204", "520204"),
        ("520204002", "520204002"),
        ("520204002005", "520204002005"),
    ],
)
def test_area_prefix_is_shared_by_all_below(code, prefix):
    assert area(code).prefix == prefix


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        ("520200", "520204"),
        ("520200", "520204002005"),
        ("520204", "520204002"),
        ("520204002", "520204002005"),
        ("520204", "520204"),
    ],
)
def test_area_covers_itself_and_all_below(wider, narrower):
    assert area(wider).covers(area(narrower))


@pytest.mark.parametrize(
    ("one", "other"),
    [("520204", "520200"), ("520204", "520201"), ("520204002", "520204003"), ("520204002005", "520204002")],
)
def test_area_does_not_cover_what_lies_above_or_beside(one, other):
    assert not area(one).covers(area(other))


def test_area_within_agrees_with_covers():
    township = area("520204002")
    inside = set(AdminArea.objects.within(township))
    assert inside == {one for one in AdminArea.objects.all() if township.covers(one)}


def test_area_zone_without_national_code_covers_only_itself():
    zone = make_area("GAOXIN", kind=AreaKind.FUNCTIONAL_ZONE)
    assert zone.covers(zone)
    assert not zone.covers(area("520201"))
    assert not area("520201").covers(zone)


def test_area_current_leaves_out_the_former_ones():
    assert set(AdminArea.objects.counties().current().values_list("code", flat=True)) == {
        "520201",
        "520203",
        "520204",
        "520281",
    }
    assert set(AdminArea.objects.counties().values_list("code", flat=True)) == {
        "520201",
        "520202",
        "520203",
        "520204",
        "520221",
        "520222",
        "520281",
    }


@pytest.mark.parametrize(
    ("former", "today"), [("520221", "520204"), ("520222", "520281"), ("520202", "520281"), ("520204", "520204")]
)
def test_area_current_area_is_the_end_of_the_line(former, today):
    assert area(former).current_area == area(today)


@pytest.mark.parametrize(
    ("code", "name", "since", "until"),
    [
        ("520202", "盘县特区", None, date(1999, 1, 1)),
        ("520222", "盘县", date(1999, 1, 1), date(2017, 1, 1)),
        ("520281", "盘州市", date(2017, 1, 1), None),
        ("520221", "水城县", date(1987, 1, 1), date(2020, 1, 1)),
        ("520204", "水城区", date(2020, 1, 1), None),
    ],
)
def test_area_years_of_validity(code, name, since, until):
    found = area(code)
    assert (found.name, found.valid_from, found.valid_to) == (name, since, until)
    assert found.note == "起止日期只知年份，记为当年 1 月 1 日"
    assert found.is_current == (until is None)


def test_area_successor_needs_an_end():
    with pytest.raises(IntegrityError):
        make_area(successor=area("520204"))


def test_area_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError):
        make_area(valid_from=date(2020, 1, 1), valid_to=date(2019, 1, 1))


@pytest.mark.parametrize("typed", ["双水街道", "双水", "shuangshui", "ss", "滥坝镇", "lanba", "LBZ", " 双 水 "])
def test_area_named_by_any_of_its_spellings(typed):
    assert area("520204002") in AdminArea.objects.named(typed)


@pytest.mark.parametrize("typed", ["", "  ", "|", "水街", "%", "_"])
def test_area_named_by_nothing(typed):
    assert list(AdminArea.objects.named(typed)) == []


def test_point_of_very_low_confidence_is_not_reliable():
    placeholders = AreaPoint.objects.filter(confidence=Confidence.VERY_LOW).select_related("area")
    assert {point.area.name: point.is_reliable for point in placeholders} == dict.fromkeys(
        ["尖山街道", "新桥街道", "以朵街道", "石龙街道", "红桥街道", "海坪街道"], False
    )


@pytest.mark.parametrize("confidence", [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW])
def test_point_of_any_other_confidence_is_reliable(confidence):
    assert AreaPoint(confidence=confidence).is_reliable


def test_point_stands_for_the_level_of_its_division():
    assert area("520204002").reference_point.precision == Precision.TOWNSHIP
    assert area("520204").reference_point.precision == Precision.COUNTY
    assert area("520200").reference_point.precision == Precision.CITY


def test_point_says_where_it_is():
    assert str(area("520204002").reference_point) == "双水街道 104.955179,26.551542"


def test_point_is_one_for_each_division():
    with pytest.raises(IntegrityError):
        AreaPoint.objects.create(
            area=area("520204002"),
            lng=104.9,
            lat=26.5,
            source_datum=Datum.WGS84,
            method=PointMethod.TOWN_CENTRE,
            confidence=Confidence.HIGH,
            radius_km=1,
            source="试验",
        )


def make_box(**sides):
    plain = {"min_lng": 104.0, "min_lat": 26.0, "max_lng": 105.0, "max_lat": 27.0}
    return AreaBox.objects.create(
        area=area("520204005"),
        name="试验",
        relation=BoxRelation.PREDECESSOR,
        source_datum=Datum.WGS84,
        source="试验",
        **{**plain, **sides},
    )


@pytest.mark.parametrize("sides", [{"min_lng": 106.0}, {"max_lat": 25.0}])
def test_box_is_not_inside_out(sides):
    with pytest.raises(IntegrityError):
        make_box(**sides)


def test_box_is_kept_once_for_each_unit():
    box = make_box()
    assert str(box) == "试验"
    with pytest.raises(IntegrityError):
        make_box()


def test_travel_time_leads_from_one_division_to_another():
    journey = TravelTime.objects.create(from_area=area("520201"), to_area=area("520204"), minutes=35, source="客运站")
    assert str(journey) == "钟山区 – 水城区"


def test_travel_time_does_not_lead_back_to_its_start():
    with pytest.raises(IntegrityError):
        TravelTime.objects.create(from_area=area("520201"), to_area=area("520201"), minutes=1, source="试验")


def test_travel_time_is_kept_once_for_each_pair():
    pair = {"from_area": area("520201"), "to_area": area("520204")}
    TravelTime.objects.create(**pair, minutes=35, source="客运站")
    with pytest.raises(IntegrityError):
        TravelTime.objects.create(**pair, minutes=40, source="客运站")


@pytest.mark.parametrize(
    ("code", "township"), [("520204002005", "520204002"), ("520204002", "520204002"), ("520204", "520204")]
)
def test_area_township_is_that_of_a_village_and_otherwise_itself(code, township):
    assert AdminArea.objects.get(code=code).township.code == township
