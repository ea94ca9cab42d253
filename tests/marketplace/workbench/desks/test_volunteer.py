"""The desk of a volunteer: offers and clearances that end, what is coming, where to look; and of somebody new."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from marketplace.volunteers.models import Clearance
from marketplace.workbench.desks.volunteer import COMING_SHOWN, build
from tests.factories import a_bureau_clerk, a_shift, a_signup, a_user, a_volunteer, clear

pytestmark = pytest.mark.django_db


def desk_of(user) -> dict:
    return build(user, timezone.now())


def titles(context) -> list[str]:
    return [line["title"] for line in context["today"]]


def test_somebody_new_is_shown_the_way_in():
    assert desk_of(a_user()) == {"volunteer": None, "own_needs": 0}


def test_somebody_with_another_role_only_has_no_such_desk():
    assert desk_of(a_bureau_clerk()) is None


def test_an_offer_stands_first_and_leads_to_the_shift():
    volunteer = a_volunteer()
    clear(volunteer, days_ago=360, lasts_days=365)
    shift = a_shift(in_hours=9)
    a_signup(shift=shift, volunteer=volunteer, status="offered", offer_ends_at=timezone.now() + timedelta(minutes=40))

    context = desk_of(volunteer.user)

    assert titles(context) == [
        f"有空位，等您确认：{shift.title}",
        "无违法犯罪记录查询快到期了",
        "未成年人保护培训快到期了",
        "未成年人保护承诺书快到期了",
    ]
    assert context["today"][0]["url"] == f"/shifts/{shift.pk}/"
    assert context["today"][0]["detail"].startswith("为您保留到 ")
    assert context["coming"] == []


@pytest.mark.parametrize(("days_left", "reminded"), [(31, 0), (30, 3), (0, 3), (-1, 0)])
def test_clearances_are_reminded_of_in_their_last_month(days_left, reminded):
    volunteer = a_volunteer()
    clear(volunteer, days_ago=100, lasts_days=100 + days_left)

    assert len(desk_of(volunteer.user)["today"]) == reminded


def test_a_renewed_clearance_is_no_longer_reminded_of():
    volunteer = a_volunteer()
    clear(volunteer, days_ago=360, lasts_days=365)
    clear(volunteer, days_ago=1)
    assert Clearance.objects.count() == 6

    assert desk_of(volunteer.user)["today"] == []


def test_what_is_coming_is_shown_by_date_up_to_a_few():
    volunteer = a_volunteer()
    signups = [a_signup(shift=a_shift(in_hours=hours), volunteer=volunteer) for hours in (300, 100, 200, 400, 500, 600)]
    a_signup(shift=a_shift(in_hours=-40), volunteer=volunteer, status="attended")

    context = desk_of(volunteer.user)

    by_date = sorted(signups, key=lambda signup: signup.shift.starts_at)
    assert context["coming"] == by_date[:COMING_SHOWN]
    assert context["coming_count"] == 6


def test_the_search_begins_near_home():
    assert (
        desk_of(a_volunteer(radius_km=35).user)["search_url"]
        == "/search/?place=%E5%8F%8C%E6%B0%B4%E8%A1%97%E9%81%93&km=35"
    )


def test_the_page_shows_it_all(client):
    volunteer = a_volunteer("小吴")
    signup = a_signup(volunteer=volunteer)
    client.force_login(volunteer.user)

    html = unescape(client.get("/desk/").content.decode())

    for part in (
        "小吴，您好",
        "今天要做",
        "没有等您办的事。",
        signup.shift.title,
        "双水街道 周边 20 公里",
        "3 项里已通过 0 项",
    ):
        assert part in html


def test_the_page_of_somebody_new_asks_for_the_profile(client):
    client.force_login(a_user())

    html = unescape(client.get("/desk/").content.decode())

    assert "开始做志愿者" in html
    assert 'href="/desk/profile/"' in html


def test_the_page_asks_as_often_for_many_as_for_one(client, django_assert_max_num_queries):
    volunteer = a_volunteer()
    client.force_login(volunteer.user)

    def queries() -> int:
        with django_assert_max_num_queries(25) as asked:
            client.get("/desk/")
        return len(asked)

    a_signup(volunteer=volunteer)
    queries()
    for_one = queries()
    for number in range(4):
        a_signup(shift=a_shift(in_hours=200 + 30 * number), volunteer=volunteer)

    assert queries() == for_one
