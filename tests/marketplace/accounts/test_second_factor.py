"""The second step of signing in: switched on, asked for, guessed at, and required of those who act for an authority."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

from marketplace.accounts.enums import STAFF_ROLES, Role
from marketplace.accounts.models import User
from tests.factories import CITY, give_role

from .visits import EMAIL, PASSWORD, a_person, errors, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
WRONG = "验证码不对，请等应用里出现下一个再试。"


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app on the phone shows now (or so many half minutes from now)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret: str) -> str:
    shown = {code_of(secret, steps=steps) for steps in (-2, -1, 0, 1, 2)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in shown)


@pytest.fixture
def person(client):
    """Somebody with a confirmed address who has signed in."""
    person = a_person()
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    sign_in(client)
    return person


@pytest.fixture
def secret(client, person) -> str:
    """The same person with the second factor on, signed out again."""
    secret = switch_on(client)
    client.post("/accounts/logout/")
    return secret


def switch_on(client: Client) -> str:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return secret


def recovery_codes() -> list[str]:
    return Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def test_switching_it_on_asks_who_it_is_first(client, person):
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert errors(client.post("/accounts/reauthenticate/", {"password": "wrong"})) == ["密码不对。"]


def test_switching_it_on_gives_recovery_codes(client, person):
    switch_on(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = recovery_codes()
    assert (len(codes), [code for code in codes if code not in page]) == (10, [])
    download = client.get("/accounts/2fa/recovery-codes/download/")
    assert download.content.decode().split() == codes


def test_switching_it_on_with_a_wrong_code_does_nothing(client, person):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    assert errors(client.post("/accounts/2fa/totp/activate/", {"code": wrong_code(secret)})) == [WRONG]
    assert Authenticator.objects.count() == 0


def test_an_unconfirmed_address_comes_first(client, person):
    EmailAddress.objects.update(verified=False)
    response = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert [str(message) for message in response.context["messages"]][-1] == "请先确认您的电子邮箱，再开启两步验证。"


def test_the_secret_is_sealed_in_the_database(client, secret):
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert (secret in stored, decrypt(stored)) == (False, secret)


def test_the_picture_to_scan_is_readable_on_a_dark_page(client, person):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert 'fill="white"' in client.get("/accounts/2fa/totp/activate/").context["totp_svg"]


def test_signing_in_then_asks_for_the_code(client, secret):
    response = sign_in(client, after="/desk/inbox/")
    assert (response["Location"], is_signed_in(client)) == ("/accounts/2fa/authenticate/", False)
    assert client.get("/accounts/").status_code == 302
    response = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, steps=1)})
    assert (response["Location"], is_signed_in(client)) == ("/desk/inbox/", True)


def test_a_recovery_code_opens_once(client, secret):
    code = recovery_codes()[0]
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert (is_signed_in(client), code in recovery_codes()) == (True, False)


def test_wrong_codes_are_failures_of_the_account(client, secret):
    sign_in(client)
    for _turn in range(5):
        assert errors(client.post("/accounts/2fa/authenticate/", {"code": wrong_code(secret)})) == [WRONG]
    response = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, steps=1)})
    assert (response.status_code, is_signed_in(client)) == (429, False)
    assert sign_in(Client()).status_code == 429


def test_passwords_and_codes_are_counted_together(client, secret):
    for _turn in range(3):
        sign_in(Client(), EMAIL, "wrong")
    sign_in(client)
    answers = [
        client.post("/accounts/2fa/authenticate/", {"code": wrong_code(secret)}).status_code for _turn in range(3)
    ]
    assert answers == [200, 200, 429]


def test_the_second_step_can_be_given_up(client, secret):
    sign_in(client)
    response = client.post("/accounts/logout/", {"next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"
    assert client.get("/accounts/2fa/authenticate/")["Location"] == "/accounts/login/"


def test_switching_it_off_takes_the_recovery_codes_too(client, person):
    switch_on(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.count() == 0


def test_new_recovery_codes_void_the_old(client, person):
    switch_on(client)
    old = recovery_codes()
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert set(old) & set(recovery_codes()) == set()


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_those_who_act_for_an_authority_must_switch_it_on(client, person, settings, role):
    settings.REQUIRE_MFA_FOR_STAFF = True
    give_role(person, role, CITY)
    response = client.get("/components/" if role == Role.BUREAU else "/desk/")
    assert response["Location"] == "/accounts/2fa/totp/activate/"
    assert "这个账号能看到别人的资料，请先开启两步验证。" in [
        str(m) for m in client.get("/accounts/").context["messages"]
    ]
    switch_on(client)
    assert client.get("/desk/").status_code == 200


def test_the_administrator_must_switch_it_on(client, person, settings):
    settings.REQUIRE_MFA_FOR_STAFF = True
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    assert client.get("/desk/")["Location"] == "/accounts/2fa/totp/activate/"


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ORGANIZATION, Role.SITE_KEEPER, Role.GROUP_LEADER])
def test_nobody_else_must(client, person, settings, role):
    settings.REQUIRE_MFA_FOR_STAFF = True
    give_role(person, role)
    assert client.get("/desk/").status_code == 200


def test_the_demo_asks_nobody(client, person):
    give_role(person, Role.BUREAU, CITY)
    assert client.get("/desk/").status_code == 200


def test_the_api_says_it_as_a_problem(client, person, settings):
    settings.REQUIRE_MFA_FOR_STAFF = True
    give_role(person, Role.BUREAU, CITY)
    response = client.get("/api/v1/areas")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert response.json()["detail"] == "这个账号能看到别人的资料，请先开启两步验证。"
