"""Pages of sites on the desk: who sees which, what they show, and what they refuse."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.messaging.models import Message
from marketplace.sites.models import ServiceSite, SiteKeeper
from tests.factories import (
    PANZHOU,
    SHUANGSHUI,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_site,
    a_township_clerk,
    a_user,
    an_area,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff_without_second_factor(settings):
    settings.REQUIRE_MFA_FOR_STAFF = False


def as_(client, user):
    client.force_login(user)
    return client


def text_of(response) -> str:
    return response.content.decode()


def test_list_shows_the_area_and_what_is_missing(client):
    a_site(name="双水之家", lng=None, lat=None)
    a_site(name="盘州之家", area=PANZHOU)
    page = text_of(as_(client, a_township_clerk()).get(reverse("desk_sites")))

    assert "双水之家" in page
    assert "盘州之家" not in page
    assert "0/8" in page
    assert "位置待核实" in page


@pytest.mark.parametrize(
    ("show", "names"), [("unpinned", ["甲"]), ("no_director", ["乙"]), ("incomplete", ["乙", "甲"])]
)
def test_list_keeps_those_that_lack_something(client, show, names):
    a_site(name="甲", lng=None, lat=None, kind="village")
    a_site(name="乙")
    response = as_(client, a_township_clerk()).get(reverse("desk_sites") + f"?show={show}")

    assert sorted(kept.site.name for kept, _state in response.context["page"].object_list) == sorted(names)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_constant_number_of_times(client, count, django_assert_num_queries):
    clerk = a_bureau_clerk()
    for _ in range(count):
        a_keeper(a_site())
    as_(client, clerk).get(reverse("desk_sites"))
    with django_assert_num_queries(6):
        client.get(reverse("desk_sites"))


def test_township_sets_up_a_site_and_is_led_to_the_map(client):
    area = an_area(SHUANGSHUI)
    response = as_(client, a_township_clerk()).post(
        reverse("desk_site_new"), {"name": "双水新村", "kind": "village", "area": area.pk}
    )
    site = ServiceSite.objects.get()

    assert response.url == reverse("desk_site_pin", args=[site.pk])
    assert (site.name, site.area, site.has_point) == ("双水新村", area, False)


def test_site_elsewhere_is_not_offered(client):
    response = as_(client, a_township_clerk()).post(
        reverse("desk_site_new"), {"name": "盘州", "kind": "village", "area": an_area(PANZHOU).pk}
    )
    assert "请在您管辖的地区里选择" in text_of(response)
    assert not ServiceSite.objects.exists()


def test_keeper_changes_hours_and_size_but_not_the_name(client):
    site = a_site(name="双水之家")
    as_(client, a_keeper(site)).post(
        reverse("desk_site_edit", args=[site.pk]),
        {"name": "别的", "opening_hours": "周末 9:00–17:00", "capacity": "30", "floor_area_m2": ""},
    )
    site = ServiceSite.objects.get()
    assert (site.name, site.opening_hours, site.capacity) == ("双水之家", "周末 9:00–17:00", 30)


@pytest.mark.parametrize("name", ["desk_site", "desk_site_edit", "desk_site_pin"])
def test_site_of_another_area_is_not_found(client, name):
    site = a_site()
    response = as_(client, a_township_clerk("520281001")).get(reverse(name, args=[site.pk]))
    assert response.status_code == 404


def test_detail_says_what_is_missing_and_who_mends_it(client):
    site = a_site(lng=None, lat=None)
    page = text_of(as_(client, a_township_clerk()).get(reverse("desk_site", args=[site.pk])))
    assert "资料完整度 0/8" in page
    assert "还没有儿童主任，由乡镇（街道）工作人员补上" in page


def test_public_page_shows_what_is_missing_to_its_keepers_only(client):
    site = a_site()
    address = reverse("site", args=[site.pk])
    assert "资料完整度" not in text_of(client.get(address))
    assert "资料完整度" in text_of(as_(client, a_keeper(site)).get(address))


PIN = {"lng": "104.957", "lat": "26.540", "datum": "WGS-84"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"lng": "0", "lat": "0"}, "经纬度是 0,0"),
        ({"lng": "26.540", "lat": "104.957"}, "经度和纬度填反了"),
        ({"lng": "116.4", "lat": "39.9"}, "不在六盘水市范围内"),
        ({"lng": "104.468", "lat": "25.707"}, "不在水城区范围内"),
        ({"lng": "abc"}, "经度是一个数"),
        ({"lng": "nan"}, "经度是一个数"),
        ({"lng": "1e308"}, "小于或等于"),
        ({"lat": ""}, "请填写纬度"),
        ({"datum": ""}, "不同地图的经纬度差几百米"),
        ({"datum": "CGCS"}, "请在列出的里面选择"),
    ],
)
def test_pin_refuses_what_cannot_be_right(client, typed, sentence):
    site = a_site(lng=None, lat=None)
    response = as_(client, a_township_clerk()).post(reverse("desk_site_pin", args=[site.pk]), PIN | typed)
    assert sentence in text_of(response)
    assert not ServiceSite.objects.get().has_point


@pytest.mark.parametrize(("datum", "moved"), [("WGS-84", False), ("GCJ-02", True), ("BD-09", True)])
def test_pin_converts_the_named_datum(client, datum, moved):
    site = a_site(lng=None, lat=None)
    as_(client, a_township_clerk()).post(reverse("desk_site_pin", args=[site.pk]), PIN | {"datum": datum})
    site = ServiceSite.objects.get()
    assert (site.precision, ((site.lng, site.lat) != (104.957, 26.540))) == ("address", moved)
    assert abs(site.lng - 104.957) < 0.02


def test_pin_asks_once_where_the_point_lies_outside_the_former_units(client):
    site = a_site(area="520204004", lng=None, lat=None)
    from marketplace.geography.models import AreaBox

    box = (
        AreaBox.objects.filter(relation="predecessor")
        .exclude(area__in=AreaBox.objects.filter(relation="same_name").values("area"))
        .select_related("area")
        .first()
    )
    site.area = box.area
    site.save()
    county = AreaBox.objects.get(area__code=box.area.code[:6])
    outside = next(
        (lng, lat)
        for lng, lat in ((county.min_lng, county.min_lat), (county.max_lng, county.max_lat))
        if not (box.min_lng <= lng <= box.max_lng and box.min_lat <= lat <= box.max_lat)
    )
    typed = {"lng": str(outside[0]), "lat": str(outside[1]), "datum": "WGS-84"}
    address = reverse("desk_site_pin", args=[site.pk])
    first = as_(client, a_bureau_clerk()).post(address, typed)
    assert "请再核对一次" in text_of(first)
    assert not ServiceSite.objects.get().has_point
    client.post(address, typed | {"is_sure": "on"})
    assert ServiceSite.objects.get().has_point


@pytest.mark.parametrize("login", ["known@example.com", "unknown@example.com"])
def test_invitation_is_answered_the_same_for_known_and_unknown(client, login):
    a_user(email="known@example.com")
    site = a_site()
    response = as_(client, a_township_clerk()).post(
        reverse("site_keepers", args=[site.pk]), {"login": login}, follow=True
    )
    assert "如果这个邮箱或手机号已经注册" in text_of(response)
    assert not SiteKeeper.objects.exists()
    assert Message.objects.count() == (login == "known@example.com")


def test_invited_person_agrees_and_keeps_the_site(client):
    person, site, clerk = a_user(email="known@example.com"), a_site(), a_township_clerk()
    as_(client, clerk).post(reverse("site_keepers", args=[site.pk]), {"login": person.email, "is_director": "on"})
    link = Message.objects.get().link
    assert client.get(link).status_code == 410

    assert "儿童主任" in text_of(as_(client, person).get(link))
    client.post(link)
    keeper = SiteKeeper.objects.get()
    assert (keeper.user, keeper.is_director, keeper.site) == (person, True, site)


def test_link_from_before_the_end_does_not_bring_a_keeper_back(client):
    person, site, clerk = a_user(email="known@example.com"), a_site(), a_township_clerk()
    as_(client, clerk).post(reverse("site_keepers", args=[site.pk]), {"login": person.email})
    link = Message.objects.get().link
    as_(client, person).post(link)
    as_(client, clerk).post(reverse("site_keeper_end", args=[site.pk, SiteKeeper.objects.get().pk]))

    assert as_(client, person).get(link).status_code == 410
    client.post(link)
    assert not SiteKeeper.objects.filter(ended_on=None).exists()

    as_(client, clerk).post(reverse("site_keepers", args=[site.pk]), {"login": person.email})
    as_(client, person).post(Message.objects.filter(recipient=person).exclude(link__in=(link, "/desk/")).get().link)
    assert SiteKeeper.objects.filter(ended_on=None).count() == 1


def test_keeper_is_ended_with_the_role(client):
    site = a_site()
    user = a_keeper(site)
    keeper = SiteKeeper.objects.get()
    as_(client, a_township_clerk()).post(reverse("site_keeper_end", args=[site.pk, keeper.pk]))
    user.__dict__.pop("assignments", None)

    assert not ServiceSite.objects.kept_by(user).exists()
    assert user.roles == frozenset()


def test_site_is_closed_with_words_only(client):
    site = a_site()
    address = reverse("site_step", args=[site.pk, "close"])
    as_(client, a_county_clerk()).post(address, {"remark": ""})
    assert ServiceSite.objects.get().status == "open"
    client.post(address, {"remark": "屋顶漏水"})
    assert ServiceSite.objects.get().status == "closed"
    assert client.post(reverse("site_step", args=[site.pk, "burn"])).status_code == 404
