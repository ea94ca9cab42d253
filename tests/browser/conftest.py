"""A running site with a small demo in it, and a Chromium to visit it: desktop, phone, and a browser without JavaScript.

Playwright keeps an event loop running in this thread, which Django and asyncio refuse to share: it lives no longer than
a module of tests. The site lives for the session, so a test must not count on what others leave unchanged.
"""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from devtools import children
from devtools.chromium import find_chromium
from devtools.demo import HOST, is_healthy, web_command
from devtools.places import data_dir, environment
from tests.databases import demo_template

HERE = Path(__file__).parent
ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
READY_SECONDS = 60
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class LiveSite:
    """`url` without a slash at its end; `data` is the site's own data directory."""

    url: str
    data: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keeps a picture of each page a failing test was looking at."""
    report = yield
    if report.failed and report.when == "call":
        folder = data_dir() / "cache" / "screenshots"
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, Page):
                value.screenshot(path=folder / f"{item.name}-{name}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def live_site() -> Iterator[LiveSite]:
    """A real web server over its own copy of the demo."""
    with tempfile.TemporaryDirectory(prefix=f"site-{os.getpid()}-", dir=data_dir() / "tmp") as folder:
        home = Path(folder)
        shutil.copytree(demo_template(), home, dirs_exist_ok=True)
        port = _free_port()
        log = home / "log" / "web-server.log"
        with log.open("wb") as output:
            env = environment("demo", DUIJIE_DATA=folder)
            server = children.start(web_command(port, workers=1), env, output)
        try:
            _wait_until_ready(port, server, log)
            yield LiveSite(f"http://{HOST}:{port}", home)
        finally:
            children.end([server])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _wait_until_ready(port: int, server: Any, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_healthy(port):
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the site did not start:\n{log.read_text()}")
        time.sleep(0.1)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if not path:
        pytest.fail("no Chromium: install one, name it in CHROMIUM, or leave these tests out with -m 'not browser'")
    # Chromium writes into the home of whoever starts it.
    home = data_dir() / "cache" / "chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=ALONE,
            env=os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)},
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_site: LiveSite) -> Iterator[Callable[..., Page]]:
    """Opens a page as a visitor nobody knows yet; takes the options of a browser context. A page may break no promise:
    an uncaught error or a breach of the content security policy fails the test."""
    faults: list[str] = []
    pages: list[Page] = []

    def open_one(**options: Any) -> Page:
        pages.append(new_page(chromium, live_site, faults, **options))
        return pages[-1]

    yield open_one
    for page in pages:
        page.context.close()
    assert faults == []


def new_page(browser: Browser, site: LiveSite, faults: list[str], **options: Any) -> Page:
    """A page of a context of its own; what it breaks is added to `faults`."""
    everywhere = {"base_url": site.url, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
    page = browser.new_context(**everywhere | options).new_page()

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    return open_page(**DESKTOP)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(**PHONE)


@pytest.fixture
def plain(open_page: Callable[..., Page]) -> Page:
    """A browser that runs no JavaScript."""
    return open_page(**DESKTOP, java_script_enabled=False)
