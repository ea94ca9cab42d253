"""Signing in by phone and by e-mail, and the limits somebody who guesses meets."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client

from marketplace.accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from marketplace.accounts.models import User

from .visits import EMAIL, PASSWORD, PHONE, a_person, errors, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
LEFT = "手机号、邮箱或密码不对，还可以再试 {} 次。"
LAST = "手机号、邮箱或密码不对。输错的次数多了，请过 15 分钟再试，或者找回密码。"


class Inputs(HTMLParser):
    """Names and attributes of the inputs in the page's main form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict] = {}
        self.feed(html[html.index("<main") :])

    def handle_starttag(self, tag, attrs):
        if tag == "input":
            self.found[dict(attrs)["name"]] = dict(attrs)


@pytest.mark.parametrize(
    "login",
    [EMAIL, "WU@Example.com", f" {EMAIL} ", PHONE, "138 0013 8000", "+86 13800138000", "１３８００１３８０００"],
)
def test_a_person_signs_in_by_address_and_by_phone(client, login):
    a_person()
    response = sign_in(client, login)
    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/desk/", True)


@pytest.mark.parametrize(
    ("after", "goes_to"),
    [
        ("/desk/inbox/", "/desk/inbox/"),
        ("/search/?q=%E8%AF%BE", "/search/?q=%E8%AF%BE"),
        ("https://example.net/", "/desk/"),
        ("//example.net", "/desk/"),
    ],
)
def test_signing_in_leads_on_to_where_the_person_was_going(client, after, goes_to):
    a_person()
    assert sign_in(client, after=after)["Location"] == goes_to


def test_the_page_keeps_where_the_person_was_going(client):
    page = client.get("/accounts/login/?next=/desk/inbox/")
    assert Inputs(page.content.decode()).found["next"]["value"] == "/desk/inbox/"
    assert 'href="/accounts/signup/?next=%2Fdesk%2Finbox%2F"' in page.content.decode()


def test_the_form_asks_for_login_and_password_and_helps_the_browser(client):
    inputs = Inputs(client.get("/accounts/login/").content.decode()).found
    assert [name for name in inputs if name != "csrfmiddlewaretoken"] == ["login", "password"]
    assert [inputs["login"]["autocomplete"], inputs["password"]["autocomplete"]] == ["username", "current-password"]
    assert [inputs["password"]["type"], "placeholder" in inputs["login"]] == ["password", False]


def test_the_form_is_protected_against_other_sites():
    a_person()
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    token = Inputs(strict.get("/accounts/login/").content.decode()).found["csrfmiddlewaretoken"]["value"]
    strict.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert is_signed_in(strict) is True


@pytest.mark.parametrize("login", [EMAIL, PHONE, "nobody@example.com", "13900139000", "吴晓梅"])
def test_a_wrong_password_and_an_unknown_login_read_the_same(client, login):
    a_person()
    response = sign_in(client, login, "wrong")
    assert (response.status_code, errors(response)) == (200, [LEFT.format(4)])


def test_empty_fields_are_named(client):
    assert errors(sign_in(client, "", "")) == ["请填写手机号或电子邮箱。", "请填写密码。"]


@pytest.mark.parametrize("login", [EMAIL, PHONE, "nobody@example.com", "13900139000", "吴晓梅"])
def test_the_sixth_attempt_is_refused_even_with_the_right_password(client, login):
    a_person()
    said = [errors(sign_in(client, login, "wrong")) for _turn in range(5)]
    assert said == [[LEFT.format(left)] for left in (4, 3, 2, 1)] + [[LAST]]
    response = sign_in(client, login)
    assert (response.status_code, is_signed_in(client)) == (429, False)
    assert 0 < int(response["Retry-After"]) <= 900


def test_after_four_failures_the_right_password_still_opens(client):
    a_person()
    for _turn in range(4):
        sign_in(client, EMAIL, "wrong")
    sign_in(client)
    assert is_signed_in(client) is True


def test_address_and_phone_of_one_account_count_together(client):
    a_person()
    for login in (EMAIL, PHONE, "WU@example.com", "+86 138 0013 8000", EMAIL):
        assert sign_in(client, login, "wrong").status_code == 200
    assert [sign_in(Client(), login).status_code for login in (EMAIL, PHONE)] == [429, 429]


def test_failures_count_wherever_they_come_from(client):
    a_person()
    for number in range(5):
        sign_in(Client(), EMAIL, "wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert sign_in(client, REMOTE_ADDR="198.51.100.1").status_code == 429


def test_one_account_closed_leaves_the_others_of_the_address_open(client):
    a_person()
    a_person(email="luo@example.com", phone="")
    for _turn in range(6):
        sign_in(Client(), EMAIL, "wrong")
    sign_in(client, "luo@example.com")
    assert is_signed_in(client) is True


def test_a_success_elsewhere_resets_nothing(client):
    a_person()
    a_person(email="luo@example.com", phone="")
    for _turn in range(4):
        sign_in(Client(), EMAIL, "wrong")
    sign_in(Client(), "luo@example.com")
    sign_in(Client(), EMAIL)
    assert errors(sign_in(client, EMAIL, "wrong")) == [LAST]
    assert sign_in(client).status_code == 429


def test_the_refusal_says_when_to_try_again_and_then_the_door_opens(client):
    a_person()
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False) as clock:
        for _turn in range(5):
            sign_in(client, EMAIL, "wrong")
        clock.shift(timedelta(minutes=3))
        response = sign_in(client)
        assert (response.status_code, response["Retry-After"]) == (429, "720")
        assert "11月23日 周一 09:15 以后可以再试" in response.content.decode()
        clock.shift(timedelta(minutes=12, seconds=1))
        sign_in(client)
    assert is_signed_in(client) is True


def test_an_address_that_fails_far_too_often_is_refused(client, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 3
    a_person()
    for number in range(3):
        assert sign_in(client, f"guess{number}@example.com", "wrong").status_code == 200
    assert sign_in(client).status_code == 429
    assert sign_in(client, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_successes_of_one_address_are_unlimited(client, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 3
    a_person()
    assert {sign_in(Client()).status_code for _turn in range(40)} == {302}


def test_an_inactive_account_is_told_so_only_with_the_right_password(client):
    person = a_person()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert errors(sign_in(client, EMAIL, "wrong")) == [LEFT.format(4)]
    response = sign_in(client)
    assert (response["Location"], is_signed_in(client)) == ("/accounts/inactive/", False)
    assert "账号已停用" in client.get("/accounts/inactive/").content.decode()


def test_the_demo_shows_its_accounts(client):
    text = client.get("/accounts/login/").content.decode()
    assert re.findall(r"<span>(\w+)@example\.org</span>", text) == [login for login, _who in DEMO_ACCOUNTS]
    assert DEMO_PASSWORD in text


def test_outside_the_demo_nothing_of_it_is_shown(client, settings):
    settings.IS_DEMO = False
    text = client.get("/accounts/login/").content.decode()
    assert ["example.org" in text, DEMO_PASSWORD in text, "演示" in text] == [False, False, False]


def test_outside_the_demo_its_accounts_open_nothing(client, settings):
    a_person(email="bureau@example.org", phone="", password=DEMO_PASSWORD)
    settings.IS_DEMO = False
    response = sign_in(client, "bureau@example.org", DEMO_PASSWORD)
    assert (errors(response), is_signed_in(client)) == (["演示账号只能在演示环境里使用。"], False)
    settings.IS_DEMO = True
    sign_in(client, "bureau@example.org", DEMO_PASSWORD)
    assert is_signed_in(client) is True


def test_signing_out_takes_a_click_and_leads_to_the_front_page(client):
    a_person()
    sign_in(client)
    assert "退出登录" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client) is True
    response = client.post("/accounts/logout/")
    assert (response["Location"], is_signed_in(client)) == ("/", False)


def test_the_editor_has_no_door_of_its_own(client):
    person = a_person()
    assert client.get("/cms/login/?next=/cms/pages/")["Location"] == "/accounts/login/?next=/cms/pages/"
    assert client.get("/cms/login/")["Location"] == "/accounts/login/?next=/cms/"
    response = client.post("/cms/login/", {"username": EMAIL, "password": PASSWORD})
    assert (response["Location"], is_signed_in(client)) == ("/accounts/login/?next=/", False)
    client.force_login(person)
    assert client.get("/cms/login/?next=/cms/").status_code == 403
