"""Who comes: the page for those who receive the people, and the buttons for who was there."""

import re
from html import unescape

import pytest
from django.urls import reverse

from marketplace.accounts.actions import set_phone
from marketplace.history.models import Event
from marketplace.signups.models import SignUp
from tests.factories import (
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
)
from tests.factories.adults import two_adults

from .test_views_shift import said, text_of

pytestmark = pytest.mark.django_db


def url(shift) -> str:
    return reverse("roster", args=[shift.pk])


@pytest.fixture
def shift():
    return a_shift(program=a_program(status="approved"), site=a_site(), places=5)


@pytest.fixture
def keeping(client, shift):
    client.force_login(a_keeper(shift.site))
    return client


def test_the_roster_shows_names_masked_phones_and_the_waiting_list(keeping, shift):
    wang = a_volunteer("王阿姨")
    set_phone(wang.user, "13900138000")
    a_signup(shift=shift, volunteer=wang)
    a_signup(shift=shift, volunteer=a_volunteer("李师傅"))
    a_signup(shift=shift, volunteer=a_volunteer("等着的人"), status="waitlisted")
    a_signup(shift=shift, volunteer=a_volunteer("不来的人"), status="withdrawn")

    html = unescape(keeping.get(url(shift)).content.decode())

    shown = text_of(html)
    assert "王阿姨 139****8000" in shown
    assert "李师傅 —" in shown
    assert "2 人报名，共需要 5 人。" in shown
    assert "另有 1 人候补。" in shown
    assert "13900138000" not in html
    assert "等着的人" not in shown
    assert "不来的人" not in shown


def test_opening_the_roster_writes_an_event(keeping, shift):
    keeping.get(url(shift))

    assert [event.verb for event in Event.objects.about(shift)] == ["shift.roster_opened"]


def test_the_roster_of_an_empty_shift_says_so(keeping, shift):
    assert "还没有人报名" in text_of(keeping.get(url(shift)).content.decode())


def test_the_roster_is_there_for_those_who_receive_people_only(client, shift):
    member = shift.program.organization.memberships.get().user
    elsewhere = a_keeper(a_site(area="520201"))
    answers = {}
    for name, user in {
        "keeper": a_keeper(shift.site),
        "village": a_village_worker(),
        "township": a_township_clerk(),
        "organization": member,
        "keeper elsewhere": elsewhere,
        "volunteer": a_volunteer().user,
        "county": a_county_clerk(),
        "bureau": a_bureau_clerk(),
        "nobody yet": a_user(),
    }.items():
        client.force_login(user)
        answers[name] = client.get(url(shift)).status_code

    assert answers == {
        "keeper": 200,
        "village": 200,
        "township": 200,
        "organization": 200,
        "keeper elsewhere": 404,
        "volunteer": 403,
        "county": 403,
        "bureau": 403,
        "nobody yet": 403,
    }


def test_who_comes_to_children_is_hidden_from_members_without_clearance(client):
    shift = a_shift(program=a_program(status="approved"), site=a_site(), clearance_required=True)
    a_signup(shift=shift, volunteer=a_volunteer("王阿姨", cleared=True))
    two_adults(shift)
    member = shift.program.organization.memberships.get().user
    client.force_login(member)

    response = client.get(url(shift))

    shown = response.content.decode()
    assert response.status_code == 409
    assert "请先填写「我的资料」" in shown
    assert "王阿姨" not in shown
    assert not Event.objects.about(shift).exists()

    a_volunteer(user=member, cleared=True)
    assert "王阿姨" in client.get(url(shift)).content.decode()


def mark(client, signup, answer: str):
    return client.post(
        reverse("attendance", args=[signup.pk]),
        {"was_there": answer},
        headers={"referer": f"http://testserver{url(signup.shift)}"},
        follow=True,
    )


@pytest.mark.parametrize(("answer", "status"), [("yes", "attended"), ("no", "no_show")])
def test_the_buttons_write_down_who_was_there(client, answer, status):
    signup = a_signup(shift=a_shift(in_hours=-1))
    client.force_login(a_keeper(signup.shift.site))
    assert "到场</button>" in client.get(url(signup.shift)).content.decode()

    response = mark(client, signup, answer)

    assert response.redirect_chain == [(url(signup.shift), 302)]
    assert SignUp.objects.get(pk=signup.pk).status == status


def test_a_wrong_tap_can_be_set_right(client):
    signup = a_signup(shift=a_shift(in_hours=-1))
    client.force_login(a_keeper(signup.shift.site))
    mark(client, signup, "no")

    html = client.get(url(signup.shift)).content.decode()
    assert re.findall(r'name="was_there" value="(\w+)"', html) == ["yes"]
    mark(client, signup, "yes")

    assert SignUp.objects.get(pk=signup.pk).status == "attended"


def test_there_are_no_buttons_before_the_start(keeping, shift):
    signup = a_signup(shift=shift)
    assert 'name="was_there"' not in keeping.get(url(shift)).content.decode()

    response = mark(keeping, signup, "yes")

    assert said(response) == ["活动还没有开始，开始以后才能登记到场。"]
    assert SignUp.objects.get(pk=signup.pk).status == "confirmed"


def test_an_unknown_answer_is_refused(client):
    signup = a_signup(shift=a_shift(in_hours=-1))
    client.force_login(a_keeper(signup.shift.site))

    assert said(mark(client, signup, "maybe")) == ["请点「到场」或「未到」。"]
    assert SignUp.objects.get(pk=signup.pk).status == "confirmed"


def test_attendance_of_another_site_is_not_there(client):
    signup = a_signup(shift=a_shift(in_hours=-1))
    client.force_login(a_keeper(a_site()))

    assert client.post(reverse("attendance", args=[signup.pk]), {"was_there": "yes"}).status_code == 404


def test_the_roster_asks_as_often_for_many_as_for_one(keeping, shift, django_assert_max_num_queries):
    def add(number: int) -> None:
        volunteer = a_volunteer()
        set_phone(volunteer.user, f"1390013{number:04d}")
        shift.refresh_from_db(fields=["places_taken"])
        a_signup(shift=shift, volunteer=volunteer)

    def queries() -> int:
        with django_assert_max_num_queries(25) as asked:
            keeping.get(url(shift))
        return len(asked)

    add(1)
    queries()
    for_one = queries()
    for number in range(2, 6):
        add(number)

    assert queries() == for_one
