"""Signing up: few fields, the same answer whether the login was free or taken, and no number in plain anywhere."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from marketplace.accounts import adapter
from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.workflow.refusals import Refused

from .visits import EMAIL, PASSWORD, PHONE, a_person, errors, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
ANSWER = "资料收到了，请输入密码登录。如果登录不了，可能是以前注册过：请用原来的密码，或者找回密码。"


def sign_up(client: Client, **fields):
    return client.post("/accounts/signup/", {"display_name": "小吴", "password1": PASSWORD, "agreed": "on"} | fields)


def said(client: Client) -> list[str]:
    return [str(message) for message in client.get("/accounts/login/").context["messages"]]


def links(letter) -> list[str]:
    return [urlsplit(address).path for address in re.findall(r"http://\S+", letter.body)]


@pytest.mark.parametrize(
    ("fields", "login"),
    [
        ({"phone": "138 0013 8000"}, PHONE),
        ({"email": "Wu@Example.com"}, EMAIL),
        ({"phone": PHONE, "email": EMAIL}, PHONE),
    ],
)
def test_a_number_or_an_address_is_enough(client, fields, login):
    response = sign_up(client, **fields)
    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/accounts/login/", False)
    assert client.get("/accounts/login/").context["form"].initial == {"login": login}
    sign_in(client, login)
    assert is_signed_in(client) is True


def test_the_account_is_made_by_the_action(client):
    sign_up(client, phone=PHONE, email=EMAIL)
    user = User.objects.get()
    assert (user.display_name, user.email, user.phone_identity.number) == ("小吴", EMAIL, PHONE)
    assert user.phone_identity.verified_at is None
    assert list(Event.objects.values_list("verb", "actor_id", "details")) == [
        ("user.created", user.pk, {"agreed": True}),
        ("consent.given", user.pk, {"purpose": "account", "method": "online"}),
    ]
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(EMAIL, False, True)]


def test_the_person_goes_on_to_where_they_were_going(client):
    response = client.post(
        "/accounts/signup/",
        {"display_name": "小吴", "phone": PHONE, "password1": PASSWORD, "agreed": "on", "next": "/desk/inbox/"},
    )
    assert response["Location"] == "/accounts/login/?next=%2Fdesk%2Finbox%2F"


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, ["请填写手机号，或者在下面填写电子邮箱。"]),
        ({"phone": "1380013"}, ["请填写 11 位手机号码，例如 13800138000。"]),
        ({"phone": PHONE, "display_name": ""}, ["请填写称呼。"]),
        ({"phone": PHONE, "password1": ""}, ["请填写密码。"]),
        ({"phone": PHONE, "agreed": ""}, ["请先看隐私说明，同意后再注册。"]),
        ({"phone": PHONE, "password1": f"x{PHONE}x"}, ["密码里不要有手机号，别人容易猜到。"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_words(client, fields, sentences):
    response = sign_up(client, **fields)
    assert (response.status_code, errors(response), User.objects.count()) == (200, sentences, 0)


@pytest.mark.parametrize("password", ["short-1", "password1", "12345678"])
def test_passwords_that_are_easy_to_guess_are_refused(client, password):
    response = sign_up(client, phone=PHONE, password1=password)
    assert (list(response.context["form"].errors), User.objects.count()) == (["password1"], 0)


def test_what_was_filled_in_stays_in_the_form(client):
    text = sign_up(client, phone="1380013").content.decode()
    assert 'value="小吴"' in text
    assert 'value="1380013"' in text
    assert PASSWORD not in text


@pytest.mark.parametrize(
    "fields",
    [{"phone": PHONE}, {"email": EMAIL}, {"email": "WU@example.com"}, {"phone": PHONE, "email": "new@example.com"}],
)
def test_a_taken_login_is_answered_like_a_free_one(fields):
    free, taken = Client(), Client()
    answer = sign_up(free, phone="13900139000", email="free@example.com")
    person = a_person()
    again = sign_up(taken, **fields, password1="other-words-9")
    assert (again.status_code, again["Location"]) == (answer.status_code, answer["Location"])
    assert said(taken) == said(free) == [ANSWER]
    assert User.objects.count() == 2
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_the_owner_of_a_taken_address_is_told_by_mail(client):
    a_person()
    sign_up(client, email=EMAIL)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([EMAIL], "【对接】您已经有账号了")
    assert links(letter) == ["/accounts/password/reset/"]


def test_a_mail_for_a_taken_number_goes_to_nobody(client):
    a_person()
    sign_up(client, phone=PHONE, email="stranger@example.com")
    assert mail.outbox == []


def test_a_new_address_gets_a_link_that_confirms_it(client):
    sign_up(client, email=EMAIL)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([EMAIL], "【对接】请确认您的邮箱")
    (link,) = links(letter)
    assert "小吴" in client.get(link).content.decode()
    assert EmailAddress.objects.get().verified is False
    client.post(link)
    assert EmailAddress.objects.get().verified is True


@pytest.mark.parametrize("error", [IntegrityError("UNIQUE constraint failed"), Refused("taken")])
def test_a_login_taken_in_the_same_moment_is_answered_alike(client, monkeypatch, error):
    def somebody_was_faster(**_words):
        raise error

    monkeypatch.setattr(adapter.actions, "create_account", somebody_was_faster)
    assert sign_up(client, phone=PHONE)["Location"] == "/accounts/login/"
    assert said(client) == [ANSWER]


def test_signed_in_people_are_sent_to_their_desk(client):
    client.force_login(a_person())
    assert client.get("/accounts/signup/")["Location"] == "/desk/"


def test_the_form_has_four_fields_one_consent_and_asks_for_the_password_once(client):
    form = client.get("/accounts/signup/").context["form"]
    assert [(name, field.required, str(field.label)) for name, field in form.fields.items()] == [
        ("display_name", True, "称呼"),
        ("phone", False, "手机号"),
        ("email", False, "电子邮箱"),
        ("password1", True, "密码"),
        ("agreed", True, "我看过隐私说明，同意平台按它保存和使用我的信息"),
    ]
