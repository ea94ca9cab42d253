"""Every page of ours, for everybody: nothing that axe objects to, at a desk and in 长辈版 on a small phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import faults_of
from .conftest import DESKTOP, PHONE, LiveSite, new_page
from .guests import Guests, prove_identity
from .tour import CLOSED, STOPS, Stop, pages_of_ours

# guest, address of a form, the button that sends it
FORMS = [
    ("", "/accounts/login/", "登录"),
    ("", "/accounts/signup/", "注册"),
    ("site", "/desk/needs/new/", "提交核实"),
    ("ngo", "/desk/programs/new/", "提交审核"),
    ("founder", "/desk/organizations/new/", "提交核验"),
]


@dataclass(frozen=True)
class Screen:
    """One page for all stops: who looks at it is a matter of cookies. `broken` holds what went wrong since last asked."""

    page: Page
    mode: str
    broken: list[str]


@pytest.fixture(scope="module")
def guests(chromium: Browser, live_site: LiveSite) -> Guests:
    return Guests(chromium, live_site)


@pytest.fixture(scope="module")
def screens(chromium: Browser, live_site: LiveSite) -> dict[str, Screen]:
    """A desk, and a small phone in 长辈版."""
    at_desk: list[str] = []
    on_phone: list[str] = []
    return {
        "desk": Screen(new_page(chromium, live_site, at_desk, **DESKTOP), "normal", at_desk),
        "phone": Screen(new_page(chromium, live_site, on_phone, **PHONE), "elder", on_phone),
    }


@pytest.fixture
def page(screens: dict[str, Screen], screen: str, guests: Guests, stop: Stop) -> Iterator[Page]:
    """The stop, opened by its guest."""
    shown = screens[screen]
    context = shown.page.context
    context.clear_cookies()
    context.add_cookies([*guests.cookies(stop.guest), {"name": "mode", "value": shown.mode, "url": guests.site.url}])
    answer = shown.page.goto(guests.path(stop.path))
    if not stop.name.endswith("reauthenticate"):
        prove_identity(shown.page)
    assert answer is not None
    assert answer.status == stop.status
    yield shown.page
    broken = shown.broken.copy()
    shown.broken.clear()
    assert broken == []


def test_tour_leads_through_every_page_of_ours() -> None:
    assert {stop.name for stop in STOPS} == pages_of_ours()


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize("stop", [*STOPS, *CLOSED], ids=str)
def test_page_reads_well(page: Page, screen: str) -> None:
    html = page.locator("html")
    assert html.get_attribute("lang") == "zh-Hans"
    assert page.locator("h1").count() == 1
    assert faults_of(page) == []
    if screen == "phone":
        assert html.get_attribute("data-mode") == "elder"
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]


@pytest.mark.parametrize(("guest", "path", "button"), FORMS)
def test_refused_form_leads_to_what_is_missing(
    guest: str, path: str, button: str, guests: Guests, open_page: Callable[..., Page]
) -> None:
    page = open_page(**PHONE)
    page.context.add_cookies(guests.cookies(guest))
    page.goto(path)
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    for link in summary.get_by_role("link").all():
        expect(page.locator(link.get_attribute("href") or "")).to_be_visible()
    assert faults_of(page) == []
