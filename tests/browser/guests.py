"""Who opens the pages of the tour: signed in once, with the drafts, mails and second factors that some pages need."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_string, policy
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page

from devtools.demo import PASSWORD

from .people import sign_in
from .tour import OPEN, RECORDS

# Those who are not called like their account.
ACCOUNTS = {
    "founder": "volunteer001",
    "confirmed": "volunteer002",
    "guarded": "volunteer003",
    "halfway": "volunteer003",
    "unconfirmed": "volunteer006",
    "forgetful": "volunteer007",
}
JOINED_BY = (
    "SELECT u.email FROM marketplace_signup g JOIN marketplace_shift s ON s.id = g.shift_id "
    f"JOIN marketplace_volunteer v ON v.id = g.volunteer_id JOIN marketplace_user u ON u.id = v.user_id WHERE {OPEN}"
)
UNIFIED_CODE = "52520200MJT7000176"
MAIL_SECONDS = 10
BETWEEN_MAILS = f"\n{'-' * 79}\n"


class Guests:
    """Everything is made when it is asked for first, and kept as long as the browser lives."""

    def __init__(self, browser: Browser, site: Any) -> None:
        self.browser, self.site = browser, site
        self._cookies: dict[str, Any] = {"": []}
        self._records: dict[str, str] = {}

    def address(self, guest: str) -> str:
        return self._first(JOINED_BY) if guest == "busy" else f"{ACCOUNTS.get(guest, guest)}@example.org"

    def cookies(self, guest: str) -> Any:
        """What makes a browser the guest's."""
        if guest not in self._cookies:
            if guest == "halfway":
                self.cookies("guarded")
            with self.page() as page:
                sign_in(page, self.address(guest))
                if guest in ("confirmed", "guarded"):
                    confirm_email(self, page, self.address(guest))
                if guest == "guarded":
                    turn_on_second_factor(page)
                self._cookies[guest] = page.context.cookies()
        return self._cookies[guest]

    def path(self, path: str) -> str:
        """The address with the records that it names in braces."""
        return re.sub(r"{(\w+)}", lambda found: self._record(found[1]), path)

    @contextmanager
    def page(self, guest: str = "") -> Iterator[Page]:
        context = self.browser.new_context(base_url=self.site.url)
        context.add_cookies(self.cookies(guest))
        try:
            yield context.new_page()
        finally:
            context.close()

    def mailed_link(self, address: str) -> str:
        """The link of ours in the latest mail to this address."""
        for _ in range(MAIL_SECONDS * 10):
            links = [link for text in self._mails_to(address) for link in re.findall(r"http://\S+/accounts/\S+", text)]
            if links:
                return links[-1]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address}")

    def _mails_to(self, address: str) -> Iterator[str]:
        for file in sorted((self.site.data / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns):
            for text in file.read_text().split(BETWEEN_MAILS):
                mail = message_from_string(text, policy=policy.default)
                if mail["to"] == address and (body := mail.get_body(("plain",))):
                    yield body.get_content()

    def _record(self, name: str) -> str:
        if name not in self._records:
            self._records[name] = MADE[name](self) if name in MADE else str(self._first(RECORDS[name]))
        return self._records[name]

    def _first(self, question: str) -> Any:
        with closing(sqlite3.connect(self.site.data / "db.sqlite3")) as database:
            return database.execute(question).fetchone()[0]


def ask_for_mail(page: Page) -> None:
    page.goto("/accounts/email/")
    page.get_by_role("button", name="再发一次确认邮件").click()


def confirm_email(guests: Guests, page: Page, address: str) -> None:
    ask_for_mail(page)
    page.goto(guests.mailed_link(address))
    page.get_by_role("button", name="确认这个邮箱").click()


def turn_on_second_factor(page: Page) -> None:
    page.goto("/accounts/2fa/totp/activate/")
    prove_identity(page)
    secret = page.locator("strong", has_text=re.compile("^[A-Z2-7]{32}$")).inner_text()
    page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="开启两步验证").click()


def prove_identity(page: Page) -> None:
    """Where a page wants the password once more, gives it."""
    if "/reauthenticate/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("input[name=password]").press("Enter")


def _kept_draft(guests: Guests, guest: str, path: str, *, check: str = "", choose: str = "", **texts: str) -> str:
    """The number of a record that was left as a draft. `check` and `choose` name a radio button's value and a list."""
    with guests.page(guest) as page:
        page.goto(path)
        for name, text in texts.items():
            page.locator(f"[name={name}]").fill(text)
        if check:
            page.locator(f"[value={check}]").check()
        if choose:
            page.locator(f"select[name={choose}]").select_option(index=1)
        page.get_by_role("button", name="存为草稿").click()
        page.wait_for_url(re.compile(r"/\d+/$"))
        return page.url.rstrip("/").rpartition("/")[2]


def _need_draft(guests: Guests) -> str:
    texts = {"title": "陪孩子读绘本", "summary": "周末陪孩子读一本绘本，读完一起画一画。"}
    return _kept_draft(guests, "site", "/desk/needs/new/", choose="category", **texts)


def _need_call(guests: Guests) -> str:
    texts = {"title": "陪老人去卫生院", "summary": "周三上午陪老人到卫生院换药，来回约两小时。"}
    return _kept_draft(guests, "site", "/desk/needs/new/", check="phone", choose="category", **texts)


def _program_draft(guests: Guests) -> str:
    return _kept_draft(guests, "ngo", "/desk/programs/new/", choose="category", title="双水周末陪伴")


def _organization_draft(guests: Guests) -> str:
    texts = {"name": "水城山茶社会工作服务中心", "uscc": UNIFIED_CODE}
    return _kept_draft(guests, "founder", "/desk/organizations/new/", check="service_org", choose="area", **texts)


def _confirmation_link(guests: Guests) -> str:
    with guests.page("unconfirmed") as page:
        ask_for_mail(page)
    return guests.mailed_link(guests.address("unconfirmed"))


def _reset_link(guests: Guests) -> str:
    with guests.page() as page:
        page.goto("/accounts/password/reset/")
        page.locator("input[name=email]").fill(guests.address("forgetful"))
        page.locator("input[name=email]").press("Enter")
        page.wait_for_url("**/done/")
    return guests.mailed_link(guests.address("forgetful"))


MADE = {
    "need_draft": _need_draft,
    "need_call": _need_call,
    "program_draft": _program_draft,
    "organization_draft": _organization_draft,
    "confirm_email": _confirmation_link,
    "reset_password": _reset_link,
}
