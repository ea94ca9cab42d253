"""强制报告 in a browser: with a network, without one, without a script, with the keyboard alone."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from .axe import faults_of
from .conftest import PHONE, LiveSite
from .tour import RECORDS

BUTTON = "孩子有危险？强制报告"
RECEIPT = re.compile(r"B\d{6}-\w{6}")
NARROW = {**PHONE, "viewport": {"width": 360, "height": 640}}
KEPT = "localStorage.getItem('duijie-reports')"


@pytest.fixture
def shift(live_site: LiveSite) -> str:
    """The address of an activity with children."""
    return f"/shifts/{first(live_site, RECORDS['shift'])}/"


def first(site: LiveSite, question: str) -> int:
    with closing(sqlite3.connect(site.data / "db.sqlite3")) as database:
        return database.execute(question).fetchone()[0]


def reports(site: LiveSite) -> int:
    return first(site, "SELECT count(*) FROM marketplace_mandatoryreport")


def open_sheet(page: Page) -> None:
    page.locator("summary", has_text=BUTTON).click()
    expect(page.get_by_role("link", name=re.compile("^110"))).to_be_visible()


def tap(page: Page) -> None:
    page.get_by_role("button", name="报告", exact=True).click()


def test_one_tap_on_a_phone_gives_a_receipt(open_page: Callable[..., Page], live_site: LiveSite, shift: str) -> None:
    page, before = open_page(**NARROW), reports(live_site)
    page.goto(shift)
    box = page.locator("summary", has_text=BUTTON).bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
    assert 320 <= box["y"] <= box["y"] + box["height"] <= 640

    open_sheet(page)
    expect(page.get_by_role("button", name="报告", exact=True)).to_be_in_viewport()
    tap(page)

    expect(page.locator("[data-report-said]")).to_have_text(re.compile(f"报告已送达，回执号 {RECEIPT.pattern}。"))
    expect(page.locator("[data-report-said]")).to_be_in_viewport()
    expect(page.get_by_role("button", name="报告", exact=True)).to_be_hidden()
    assert (page.url.endswith(shift), json.loads(page.evaluate(KEPT))) == (True, [])
    assert reports(live_site) == before + 1
    page.get_by_role("link", name="补充看到的情况（选填）").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报告已经收到")


def test_elders_see_the_button_at_once_too(open_page: Callable[..., Page], live_site: LiveSite, shift: str) -> None:
    page = open_page(**NARROW)
    page.context.add_cookies([{"name": "mode", "value": "elder", "url": live_site.url}])
    page.goto(shift)

    open_sheet(page)

    expect(page.get_by_role("button", name="报告", exact=True)).to_be_in_viewport()
    assert faults_of(page) == []


def test_without_a_network_it_is_kept_and_sent_later(
    open_page: Callable[..., Page], live_site: LiveSite, shift: str
) -> None:
    page, before = open_page(**NARROW), reports(live_site)
    page.goto(shift)
    page.context.set_offline(True)

    open_sheet(page)
    tap(page)
    expect(page.locator("[data-report-said]")).to_contain_text("报告已存在这台设备上")
    expect(page.locator("[data-report-said]")).to_be_in_viewport()
    tap(page)

    (kept,) = json.loads(page.evaluate(KEPT))
    assert set(kept) == {"key", "site", "channel", "tapped_at"}
    assert reports(live_site) == before
    page.context.set_offline(False)
    expect(page.locator("[data-report-said]")).to_have_text(re.compile(RECEIPT.pattern))
    assert (reports(live_site), page.evaluate(KEPT)) == (before + 1, "[]")


def test_what_was_kept_is_sent_from_the_next_page(
    open_page: Callable[..., Page], live_site: LiveSite, shift: str
) -> None:
    page, before = open_page(**NARROW), reports(live_site)
    page.goto(shift)
    page.route("**/report/", lambda route: route.abort())
    open_sheet(page)
    tap(page)
    expect(page.locator("[data-report-said]")).to_contain_text("报告已存在这台设备上")

    page.unroute("**/report/")
    page.goto("/help/")

    expect(page.locator("[data-messages]")).to_contain_text(RECEIPT)
    assert reports(live_site) == before + 1


def test_without_a_script_the_same_form_leads_to_the_receipt(plain: Page, live_site: LiveSite, shift: str) -> None:
    before = reports(live_site)
    plain.goto(shift)

    open_sheet(plain)
    tap(plain)

    expect(plain).to_have_url(re.compile(f"/report/{RECEIPT.pattern}/$"))
    expect(plain.get_by_role("main")).to_contain_text(RECEIPT)
    assert reports(live_site) == before + 1


def test_keyboard_opens_and_leaves_it(desktop: Page, shift: str) -> None:
    desktop.goto(shift)
    summary = desktop.locator("summary", has_text=BUTTON)
    summary.focus()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name=re.compile("^110"))).to_be_focused()

    desktop.keyboard.press("Escape")

    expect(summary).to_be_focused()
    expect(desktop.get_by_role("link", name=re.compile("^110"))).to_be_hidden()


def test_who_rings_first_has_reported_that_way(desktop: Page, shift: str) -> None:
    desktop.goto(shift)
    open_sheet(desktop)
    desktop.evaluate("document.addEventListener('click', (event) => event.preventDefault())")

    desktop.get_by_role("link", name=re.compile("^110")).click()

    expect(desktop.get_by_label("打了 110")).to_be_checked()
