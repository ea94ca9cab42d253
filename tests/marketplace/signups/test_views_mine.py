"""One's own activities: offers first, what is coming, what was; leaving and accepting from there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.signups.actions import sign_up
from marketplace.signups.models import SignUp
from tests.factories import a_shift, a_signup, a_user, a_volunteer

from .test_views_shift import said, text_of

pytestmark = pytest.mark.django_db

URL = "/desk/signups/"


@pytest.fixture
def volunteer():
    return a_volunteer()


@pytest.fixture
def mine(client, volunteer):
    client.force_login(volunteer.user)
    return client


def offered(volunteer, **fields) -> SignUp:
    ends = timezone.now() + timedelta(hours=1)
    return a_signup(
        shift=a_shift(in_hours=8), volunteer=volunteer, status="offered", **{"offer_ends_at": ends, **fields}
    )


def test_the_page_begins_with_what_to_answer_then_what_comes_then_what_was(mine, volunteer):
    past = a_signup(shift=a_shift(in_hours=-30), volunteer=volunteer, status="attended")
    later, sooner = (a_signup(shift=a_shift(in_hours=hours), volunteer=volunteer) for hours in (90, 60))
    offer = offered(volunteer)
    gone = a_signup(shift=a_shift(in_hours=120), volunteer=volunteer, status="withdrawn")

    context = mine.get(URL).context

    assert context["offers"] == [offer]
    assert context["coming"] == [sooner, later]
    assert list(context["past"]) == [gone, past]


def test_the_page_of_somebody_new_says_where_to_begin(mine):
    shown = mine.get(URL).content.decode()

    assert "还没有报名的活动" in shown
    assert f'href="{reverse("search")}"' in shown


def test_the_page_shows_nobody_elses(mine):
    a_signup()

    context = mine.get(URL).context

    assert [context["offers"], context["coming"], list(context["past"])] == [[], [], []]


def test_leaving_takes_one_tap_and_the_place_goes_on(mine, volunteer):
    shift = a_shift(places=1)
    signup = sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True)
    waiting = sign_up(shift, volunteer=(other := a_volunteer()), actor=other.user, acknowledged_risks=True)

    response = mine.post(reverse("withdraw", args=[signup.pk]), {"next": "my_signups"}, follow=True)

    assert response.redirect_chain == [(URL, 302)]
    assert said(response) == [f"已退出「{shift.title}」，名额会让给下一位。"]
    assert SignUp.objects.get(pk=waiting.pk).status == "confirmed"


def test_leaving_from_the_shifts_page_leads_back_there(mine, volunteer):
    signup = a_signup(volunteer=volunteer)

    response = mine.post(reverse("withdraw", args=[signup.pk]), {"next": "https://elsewhere.example/"})

    assert response.url == reverse("shift", args=[signup.shift_id])


def test_an_offer_can_be_taken_from_the_list(mine, volunteer):
    offer = offered(volunteer)
    assert reverse("accept_offer", args=[offer.pk]) in mine.get(URL).content.decode()

    mine.post(reverse("accept_offer", args=[offer.pk]))

    assert SignUp.objects.get(pk=offer.pk).status == "confirmed"


def test_an_offer_that_is_over_is_refused_in_words(mine, volunteer):
    offer = offered(volunteer, offer_ends_at=timezone.now() - timedelta(seconds=1))

    response = mine.post(
        reverse("accept_offer", args=[offer.pk]), headers={"referer": f"http://testserver{URL}"}, follow=True
    )

    assert said(response) == ["这个空位的保留时间已过，已让给下一位。"]


@pytest.mark.parametrize("name", ["withdraw", "accept_offer"])
def test_anothers_sign_up_is_not_there(mine, name):
    other = a_signup(status="offered", offer_ends_at=timezone.now() + timedelta(hours=1))

    assert mine.post(reverse(name, args=[other.pk])).status_code == 404
    assert SignUp.objects.get(pk=other.pk).status == "offered"


@pytest.mark.parametrize("name", ["withdraw", "accept_offer"])
def test_a_link_alone_changes_nothing(mine, volunteer, name):
    signup = a_signup(volunteer=volunteer)

    assert mine.get(reverse(name, args=[signup.pk])).status_code == 403
    assert SignUp.objects.get(pk=signup.pk).status == "confirmed"


def test_the_page_is_for_volunteers(client):
    assert client.get(URL).url == f"{reverse('account_login')}?next={URL}"
    client.force_login(a_user())
    assert client.get(URL).status_code == 403


def test_waiting_people_read_how_many_are_ahead(mine, volunteer):
    shift = a_shift(places=1)
    for person in (a_volunteer(), a_volunteer(), volunteer):
        sign_up(shift, volunteer=person, actor=person.user, acknowledged_risks=True)

    assert "前面还有 1 人" in text_of(mine.get(URL).content.decode())


def test_the_page_asks_as_often_for_many_as_for_one(mine, volunteer, django_assert_num_queries):
    def fill(number: int) -> None:
        for state in ("confirmed", "waitlisted", "withdrawn"):
            a_signup(shift=a_shift(in_hours=100 + number), volunteer=volunteer, status=state)

    fill(1)
    mine.get(URL)
    with django_assert_num_queries(7):
        mine.get(URL)
    for number in range(2, 6):
        fill(number)
    with django_assert_num_queries(7):
        mine.get(URL)
