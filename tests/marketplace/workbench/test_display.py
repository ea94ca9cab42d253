"""长辈版, language and theme are remembered for a year, and the way back never leads off this site."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from marketplace.workbench.context import section_of
from marketplace.workbench.views.display import A_YEAR, set_display


def choose(**sent: str) -> HttpResponse:
    return set_display(RequestFactory().post("/preferences/", sent))


@pytest.mark.parametrize(
    ("name", "value"), [("mode", "elder"), ("mode", "normal"), ("language", "en"), ("theme", "dark")]
)
def test_choice_is_kept_for_a_year_where_scripts_cannot_read_it(name: str, value: str) -> None:
    cookie = choose(**{name: value}).cookies[name]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (value, A_YEAR, True, "Lax")


@pytest.mark.parametrize(("name", "value"), [("mode", "huge"), ("language", "fr"), ("theme", ""), ("sessionid", "x")])
def test_unknown_choice_is_not_kept(name: str, value: str) -> None:
    assert not choose(**{name: value}).cookies


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("/search/?q=辅导&page=2", "/search/?q=%E8%BE%85%E5%AF%BC&page=2"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_way_back_stays_on_this_site(target: str, address: str) -> None:
    response = choose(mode="elder", next=target)
    assert (response.status_code, response["Location"]) == (302, address)


def test_display_is_changed_by_post_only() -> None:
    assert set_display(RequestFactory().get("/preferences/?mode=elder")).status_code == 405


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/", "home"),
        ("/search/", "search"),
        ("/search/map/", "search"),
        ("/projects/winter/", "projects"),
        ("/organizations/", "projects"),
        ("/desk/", "desk"),
        ("/desk/inbox/3/", "inbox"),
        ("/accounts/login/", ""),
    ],
)
def test_section_is_the_longest_prefix(path: str, section: str) -> None:
    assert section_of(path) == section
