"""Every page of ours, for everybody: nothing that axe objects to, at a desk and in 长辈版 on a small phone."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .conftest import LiveSite
from .guests import Guests, prove_identity
from .tour import STOPS, Stop, pages_of_ours

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

# The only rule that needs the styles loaded once more is an experimental one.
OPTIONS = {"resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="module")
def guests(chromium: Browser, live_site: LiveSite) -> Iterator[Guests]:
    return Guests(chromium, live_site)


def test_tour_leads_through_every_page_of_ours() -> None:
    assert {stop.name for stop in STOPS} == pages_of_ours()


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_page_reads_well_at_a_desk(stop: Stop, guests: Guests, open_page: Callable[..., Page]) -> None:
    page = open_page(storage_state=guests.state(stop.guest), **DESKTOP)
    visit(page, stop, guests)
    assert faults_of(page) == []


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_page_reads_well_in_elder_mode_on_a_phone(stop: Stop, guests: Guests, open_page: Callable[..., Page]) -> None:
    page = open_page(storage_state=guests.state(stop.guest), **PHONE)
    page.context.add_cookies([{"name": "mode", "value": "elder", "url": guests.site.url}])
    visit(page, stop, guests)
    assert page.locator("html").get_attribute("data-mode") == "elder"
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]


def visit(page: Page, stop: Stop, guests: Guests) -> None:
    path = guests.path(stop.path)
    answer = page.goto(path)
    if stop.name not in ("mfa_reauthenticate", "account_reauthenticate"):
        prove_identity(page)
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("h1").count() == 1


def faults_of(page: Page) -> list[str]:
    """Each rule of axe that is broken, with where."""
    broken = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})" for rule in broken for node in rule["nodes"]
    ]
