"""What happens around every request: display choices, refusals in words, policies, caches."""

import re

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from marketplace.middleware import Display
from marketplace.workflow.refusals import Refused
from tests.factories import a_user

SENTENCE = "这个活动已经满员，请看看别的时间。"


def refuses(request: HttpRequest) -> HttpResponse:
    raise Refused(SENTENCE)


def tells(request: HttpRequest) -> HttpResponse:
    """Says what was left for the next page."""
    return HttpResponse("；".join(str(message) for message in messages.get_messages(request)))


# Under names everybody may call: `set_display` answers POST, `healthz` GET.
urlpatterns = [
    path("refuses/", refuses, name="set_display"),
    path("looks-and-refuses/", refuses, name="healthz"),
    path("tells/", tells, name="healthz"),
    path("api/v1/refuses", refuses, name="set_display"),
    path("", include("marketplace.urls")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


# Display


@pytest.mark.parametrize(
    ("cookies", "mode", "language", "theme"),
    [
        ({}, "normal", "zh-hans", "system"),
        ({"mode": "elder"}, "elder", "zh-hans", "system"),
        ({"language": "en"}, "normal", "en", "system"),
        ({"theme": "dark"}, "normal", "zh-hans", "dark"),
        ({"theme": "light", "mode": "elder", "language": "en"}, "elder", "en", "light"),
        ({"mode": "huge", "language": "fr", "theme": "pink"}, "normal", "zh-hans", "system"),
        ({"mode": "", "language": "ZH", "theme": "<script>"}, "normal", "zh-hans", "system"),
    ],
)
def test_display_is_what_the_cookies_chose_or_the_default(client, cookies, mode, language, theme):
    assert Display.chosen(cookies) == Display(mode, language, theme)
    for name, value in cookies.items():
        client.cookies[name] = value
    response = client.get("/accounts/login/")
    (tag,) = re.findall(r"<html[^>]*>", response.content.decode())
    shown = {"zh-hans": "zh-Hans", "en": "en"}[language]
    assert re.findall(r'(?:lang|data-mode|data-theme)="([^"]*)"', tag) == [shown, mode, theme]
    assert response["Content-Language"] == language


@pytest.mark.parametrize("wish", ["en", "en-GB,en;q=0.9", "zh-TW", "fr", "*"])
def test_the_browsers_own_language_is_not_asked(client, wish):
    response = client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=wish)
    assert (response["Content-Language"], '<html lang="zh-Hans"' in response.content.decode()) == ("zh-hans", True)


def test_one_readers_language_does_not_stick_to_the_next():
    english, chinese = Client(), Client()
    english.cookies["language"] = "en"
    asked = [visitor.get("/accounts/login/")["Content-Language"] for visitor in (english, chinese, english, chinese)]
    assert asked == ["en", "zh-hans", "en", "zh-hans"]


def test_a_cache_keeps_the_displays_apart(client):
    assert "Cookie" in client.get("/accounts/login/")["Vary"]


# Refusals


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/tells/", "/tells/"),
        ("http://testserver/tells/?page=2&q=%E8%AF%BE", "/tells/?page=2&q=%E8%AF%BE"),
    ],
)
def test_a_refusal_is_said_on_the_page_the_person_came_from(client, referer, back):
    response = client.post("/refuses/", HTTP_REFERER=referer)
    assert (response.status_code, response["Location"]) == (303, back)
    assert client.get(back).content.decode() == SENTENCE
    assert client.get(back).content.decode() == ""


@pytest.mark.parametrize(
    "referer",
    ["", "http://elsewhere.example/tells/", "//elsewhere.example/", "javascript:alert(1)", "http://testserver/"],
)
def test_a_refusal_with_nowhere_to_go_back_to_is_a_page_of_its_own(client, referer):
    response = client.post("/refuses/", HTTP_REFERER=referer)
    assert (response.status_code, response.templates[0].name) == (409, "refused.html")
    assert SENTENCE in response.content.decode()


def test_a_page_that_refuses_to_open_says_so(client):
    response = client.get("/looks-and-refuses/")
    assert (response.status_code, SENTENCE in response.content.decode()) == (409, True)


def test_a_page_that_refuses_to_open_does_not_lead_to_itself(client):
    response = client.get("/looks-and-refuses/?week=2", HTTP_REFERER="http://testserver/looks-and-refuses/")
    assert (response.status_code, SENTENCE in response.content.decode()) == (409, True)


def test_a_refusal_inside_a_page_is_a_fragment(client):
    response = client.post("/refuses/", HTTP_HX_REQUEST="true", HTTP_REFERER="http://testserver/tells/")
    assert (response.status_code, [template.name for template in response.templates]) == (409, ["_refused.html"])
    assert (SENTENCE in response.content.decode(), "<html" in response.content.decode()) == (True, False)


def test_a_refusal_of_the_api_is_a_problem(client):
    response = client.post("/api/v1/refuses", HTTP_REFERER="http://testserver/tells/")
    assert (response.status_code, response["Content-Type"]) == (409, "application/problem+json")
    assert response.json()["detail"] == SENTENCE


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_refusal_cannot_smuggle_markup(client, monkeypatch, headers):
    monkeypatch.setitem(globals(), "SENTENCE", "<script>alert(1)</script>")
    assert "<script>alert" not in client.post("/refuses/", **headers).content.decode()


# Policies and caches


def policy(response) -> dict[str, set[str]]:
    directives = response["Content-Security-Policy"].split(";")
    return {name: set(values) for name, *values in (directive.split() for directive in directives)}


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/healthz", "/nowhere/", "/api/v1/areas", "/looks-and-refuses/", "/desk/"]
)
def test_nothing_inline_and_nothing_foreign_runs_on_our_pages(client, path):
    allowed = policy(client.get(path))
    assert (allowed["default-src"], allowed["object-src"], allowed["form-action"]) == (
        {"'self'"},
        {"'none'"},
        {"'self'"},
    )
    assert allowed.get("script-src", {"'self'"}) == allowed.get("style-src", {"'self'"}) == {"'self'"}
    assert allowed["img-src"] == {"'self'", "data:"}


def test_the_editor_alone_may_use_inline_scripts(client):
    client.force_login(a_user(is_superuser=True))
    allowed = policy(client.get("/cms/"))
    assert allowed["script-src"] == {"'self'", "'unsafe-inline'"}
    assert allowed["default-src"] == allowed["frame-ancestors"] == {"'self'"}


@pytest.mark.parametrize("path", ["/accounts/", "/desk/", "/accounts/2fa/", "/tells/", "/nowhere/", "/cms/users/"])
def test_pages_of_signed_in_people_are_never_kept(client, path):
    client.force_login(a_user())
    assert {"no-store", "private"} <= set(re.split(r",\s*", client.get(path)["Cache-Control"]))


def test_a_page_for_everybody_may_be_kept(client):
    assert "Cache-Control" not in client.get("/tells/").headers


def test_a_page_for_everybody_makes_no_session(client):
    client.get("/accounts/login/")
    client.get("/tells/")
    assert "sessionid" not in client.cookies
