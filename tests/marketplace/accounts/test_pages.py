"""Every page of an account looks and speaks like the rest of the product."""

from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client

from .test_second_factor import switch_on
from .visits import EMAIL, a_person, sign_in

pytestmark = pytest.mark.django_db

OPEN = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-void/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/void/",
    "/accounts/inactive/",
]
OWN = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/phone/change/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
]
WITH_SECOND_FACTOR = [
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
]


class Page(HTMLParser):
    """What the tests ask about a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language, self.headings, self.forbidden = "", 0, []
        self._labels: set[str] = set()
        self._fields: list[str] = []
        self.feed(html)
        self.unlabelled = [name for name in self._fields if name not in self._labels]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "html":
            self.language = values["lang"]
        if tag == "h1":
            self.headings += 1
        if tag == "label":
            self._labels.add(values.get("for", ""))
        if tag == "input" and values.get("type") != "hidden":
            self._fields.append(values.get("id", ""))
        if "style" in values or "placeholder" in values or any(name.startswith("on") for name in values):
            self.forbidden.append((tag, values))
        if tag == "script" and not values.get("src"):
            self.forbidden.append((tag, values))


def look_at(client: Client, path: str) -> tuple:
    response = client.get(path)
    page = Page(response.content.decode())
    return response.status_code, page.language, page.headings, page.forbidden, page.unlabelled


GOOD = (200, "zh-Hans", 1, [], [])


@pytest.mark.parametrize("path", OPEN)
def test_a_page_for_everybody_is_in_our_frame(client, path):
    assert look_at(client, path) == GOOD


@pytest.mark.parametrize("path", OWN)
def test_a_page_of_ones_own_is_in_our_frame(client, path):
    EmailAddress.objects.create(user=a_person(), email=EMAIL, verified=True, primary=True)
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": "shan-qiao-12"})
    assert look_at(client, path) == GOOD


@pytest.mark.parametrize("path", WITH_SECOND_FACTOR)
def test_a_page_of_the_second_factor_is_in_our_frame(client, path):
    a_person(email=None)
    sign_in(client, "13800138000")
    switch_on(client)
    assert look_at(client, path) == GOOD


def test_the_page_of_the_second_step_is_in_our_frame(client):
    a_person(email=None)
    sign_in(client, "13800138000")
    switch_on(client)
    client.post("/accounts/logout/")
    sign_in(client, "13800138000")
    assert look_at(client, "/accounts/2fa/authenticate/") == GOOD


def test_the_page_of_a_good_link_names_person_and_address(client):
    address = EmailAddress.objects.create(user=a_person(), email="new@example.com")
    path = f"/accounts/confirm-email/{EmailConfirmationHMAC.create(address).key}/"
    assert look_at(client, path) == GOOD
    assert "new@example.com 是 吴晓梅 的邮箱吗？" in client.get(path).content.decode()


def test_the_page_of_a_refused_form_sums_up_what_is_wrong(client):
    page = client.post("/accounts/signup/", {}).content.decode()
    assert ['class="error-summary" role="alert"' in page, page.count("请填写称呼。")] == [True, 2]


def test_pages_follow_the_readers_language(client):
    client.cookies["language"] = "en"
    assert look_at(client, "/accounts/login/") == (200, "en", 1, [], [])


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/2fa/", "/accounts/sessions/"])
def test_a_page_of_ones_own_costs_few_queries(client, path, django_assert_max_num_queries):
    a_person()
    sign_in(client)
    client.get("/desk/")
    with django_assert_max_num_queries(12):
        client.get(path)
