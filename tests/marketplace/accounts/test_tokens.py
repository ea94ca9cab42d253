"""Access tokens: made, seen once, ended."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from marketplace.accounts.actions.tokens import MOST, end_token, make_token, tokens_of, user_of_bearer
from marketplace.accounts.models import AccessToken
from marketplace.history.models import Event
from marketplace.workflow.refusals import Refused
from tests.factories import a_user

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"duijie_[\w-]{43}")


@pytest.fixture
def person(client):
    user = a_user()
    client.force_login(user)
    return user


def test_a_token_is_its_makers_and_kept_only_as_a_hash():
    user = a_user()
    secret = make_token(user, name="排班")
    token = AccessToken.objects.get()
    assert user_of_bearer(secret) == user
    assert SECRET.fullmatch(secret)
    assert secret not in str(vars(token))
    assert Event.objects.about(token).get().details == {}


@pytest.mark.parametrize("secret", ["", "duijie_", "duijie_" + "x" * 43, "\x00", "名" * 500])
def test_anything_else_is_nobodys(secret):
    make_token(a_user(), name="排班")
    assert user_of_bearer(secret).is_authenticated is False


def test_a_token_ends_once():
    user = a_user()
    secret = make_token(user, name="排班")
    token = AccessToken.objects.get()
    for _turn in range(2):
        end_token(token, actor=user)
    assert user_of_bearer(secret).is_authenticated is False
    assert [event.verb for event in Event.objects.about(token)] == ["token.made", "token.ended"]
    assert list(tokens_of(user)) == []


def test_its_use_is_kept_to_the_hour():
    start = datetime(2026, 11, 23, 1, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        secret = make_token(a_user(), name="排班")
        used = []
        for _turn in range(3):
            user_of_bearer(secret)
            used.append(AccessToken.objects.get().used_at)
            clock.shift(timedelta(minutes=40))
    assert used == [start, start, start + timedelta(minutes=80)]


def test_there_are_only_so_many():
    user = a_user()
    for number in range(MOST):
        make_token(user, name=str(number))
    with pytest.raises(Refused, match="最多同时使用 10 个令牌"):
        make_token(user, name="one more")


def test_the_page_shows_a_token_once_and_never_again(client, person):
    made = client.post("/desk/tokens/", {"name": "排班程序"})
    [secret] = SECRET.findall(made.content.decode())
    assert user_of_bearer(secret) == person
    assert "no-store" in made["Cache-Control"]
    again = client.get("/desk/tokens/").content.decode()
    assert "排班程序" in again
    assert SECRET.findall(again) == []


def test_a_token_needs_a_purpose(client, person):
    response = client.post("/desk/tokens/", {"name": " "})
    assert (response.status_code, AccessToken.objects.count()) == (200, 0)


def test_the_page_ends_a_token(client, person):
    secret = make_token(person, name="排班")
    client.post(f"/desk/tokens/{AccessToken.objects.get().pk}/end/")
    assert user_of_bearer(secret).is_authenticated is False


def test_anothers_token_is_not_there(client, person):
    secret = make_token(a_user(), name="别人的")
    assert client.post(f"/desk/tokens/{AccessToken.objects.get().pk}/end/").status_code == 404
    assert user_of_bearer(secret).is_authenticated is True
    assert "别人的" not in client.get("/desk/tokens/").content.decode()


def test_the_page_asks_as_often_for_many_as_for_one(client, person, django_assert_num_queries):
    make_token(person, name="1")
    client.get("/desk/tokens/")
    with django_assert_num_queries(5):
        client.get("/desk/tokens/")
    make_token(person, name="2")
    with django_assert_num_queries(5):
        client.get("/desk/tokens/")


def test_the_page_is_for_those_who_are_signed_in():
    assert Client().get("/desk/tokens/").status_code == 302
