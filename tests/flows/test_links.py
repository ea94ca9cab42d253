"""Every address that our pages show to somebody answers them: nothing broken, nothing lost, no closed door."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve

from marketplace.accounts.models import User
from marketplace.permissions import may_call

from .visitor import Visitor

# Pages of one kind are alike: this many of each are opened.
OF_A_KIND = 3
STATIC = "/static/"
# Interfaces, and the editor's own pages.
NOT_OURS = ("/api/", "/cms/", "/documents/", "/media/")
# Who comes to children is told only to those who are cleared; others are told how to become so.
REFUSED_IN_WORDS = {"roster"}
EVERYBODY_FINDS = {"search", "shift", "need", "program", "site", "organization", "help", "privacy", "/projects/"}


@pytest.mark.parametrize(
    "login", ["", "volunteer", "volunteer005", "group", "ngo", "site", "village", "township", "county", "bureau"]
)
def test_every_link_and_form_leads_somewhere(login: str, demo: None) -> None:
    crawl = Crawl(Visitor(login))
    assert list(crawl.faults()) == []
    assert crawl.opened.keys() >= EVERYBODY_FINDS


class Crawl:
    """From the front page and the desk over everything that is shown there. `opened` counts the pages of each kind."""

    def __init__(self, visitor: Visitor) -> None:
        self.client = visitor.client
        self.client.raise_request_exception = False
        self.user = User.objects.filter(pk=self.client.session.get("_auth_user_id")).first()
        self.opened: Counter[str] = Counter()
        # (path, the page that shows it)
        self.waiting = deque([("/", ""), ("/desk/" if self.user else "/search/", "")])
        self.seen = {path for path, _shown_on in self.waiting}

    def faults(self) -> Iterator[str]:
        """Opens page after page; says what is wrong with each, and where it was linked."""
        while self.waiting:
            path, shown_on = self.waiting.popleft()
            yield from (f"{path} (on {shown_on}): {fault}" for fault in self._open(path))

    def _open(self, path: str) -> Iterator[str]:
        if (found := _resolved(path)) is None:
            yield "is no address"
        elif self.opened[kind := _kind(found, path)] < OF_A_KIND:
            self.opened[kind] += 1
            answer = self.client.get(path)
            if answer.streaming:
                b"".join(answer)  # a paper: read to its end, its file is closed
            yield from self._judge(answer, kind, path)

    def _judge(self, answer: HttpResponse, kind: str, path: str) -> Iterator[str]:
        if answer.status_code in (301, 302):
            self._wait_for(answer["Location"], path)
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield from self._read(BeautifulSoup(answer.content, "html.parser"), path)
        elif answer.status_code != 200 and not (answer.status_code == 409 and kind in REFUSED_IN_WORDS):
            yield f"answers {answer.status_code}"

    def _read(self, page: BeautifulSoup, path: str) -> Iterator[str]:
        for link in page.find_all("a", href=True):
            yield from self._follow(link["href"], page, path)
        for form in page.find_all("form"):
            yield from self._try(form, path)
        for tag in page.find_all(["link", "script", "img"]):
            address = tag.get("href") or tag.get("src") or ""
            if address.startswith(STATIC) and finders.find(address.removeprefix(STATIC)) is None:
                yield f"no file {address}"

    def _follow(self, href: str, page: BeautifulSoup, path: str) -> Iterator[str]:
        target, fragment = urldefrag(urljoin(path, href))
        if fragment and target in ("", path) and page.find(id=fragment) is None:
            yield f"no place #{fragment}"
        self._wait_for(target, path)

    def _try(self, form: Tag, path: str) -> Iterator[str]:
        """A form is not sent: whether it may be is what the table says."""
        buttons = form.find_all("button", formaction=True)
        for target in [form.get("action") or path, *(button["formaction"] for button in buttons)]:
            address = urldefrag(urljoin(path, target))[0]
            if form.get("method", "get") == "get":
                self._wait_for(address, path)
            elif (found := _resolved(address)) is None:
                yield f"the form's {address} is no address"
            elif self.user and not may_call(self.user, found.view_name, address, "POST"):
                yield f"the form's {address} is closed"

    def _wait_for(self, path: str, shown_on: str) -> None:
        if path.startswith("/") and not path.startswith(NOT_OURS) and path not in self.seen:
            self.seen.add(path)
            self.waiting.append((path, shown_on))


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(path).path)
    except Resolver404:
        return None


def _kind(found: ResolverMatch, path: str) -> str:
    """The name of the URL; whatever no URL of ours knows ends with the editor's pages, which are told by their folder."""
    return f"/{path.split('/')[1]}/" if found.view_name == "wagtail_serve" else found.view_name
