"""Twin counties, each with its own organization, home, staff and volunteers: nobody reads what belongs to the other side.

Everything private of a side holds its mark. Each person walks over all that they are shown; then their opposite number
asks for the very same addresses.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from marketplace.accounts.models import User

from .twins import MARKS, ROLES, a_side

OF_A_KIND = 4
ELSEWHERE = ("/api/docs", "/cms/", "/documents/", "/media/", "/static/", "/accounts/logout/")
# Doors that stand open to everybody, whatever page shows them.
OPEN_DOORS = re.compile(r"/desk/shifts/\d+/sign-up/|/report/|/complain/|/display/|/accounts/")
# Pages that everybody reads; what they add for those concerned is for them alone.
FOR_EVERYBODY = ("/shifts/", "/needs/", "/programs/", "/sites/", "/organizations/")
NUMBER = re.compile(r"/\d+/")


@pytest.mark.django_db
def test_nobody_reads_the_other_side() -> None:
    east, west = a_side("east"), a_side("west")
    faults: list[str] = []
    asked = 0
    for mine, theirs, own, foreign in (
        (east, west, MARKS["east"], MARKS["west"]),
        (west, east, MARKS["west"], MARKS["east"]),
    ):
        for role in ROLES:
            walk = Walk(mine[role])
            faults += [f"{role} reads {path}" for path, page in walk.pages() if foreign in page]
            faults += [f"{role}: {fault}" for fault in replay(walk, theirs[role], role, own)]
            asked += sum(walk.opened.values()) + len(walk.private) + len(walk.doors)
    assert "\n".join(faults) == ""
    assert asked > 500


class Walk:
    """What somebody is shown. `private`: addresses of pages with their side's mark; `doors`: where their forms go."""

    def __init__(self, user: User) -> None:
        self.client = client_of(user)
        self.opened: Counter[str] = Counter()
        self.private: list[str] = []
        self.doors: set[str] = set()
        self.waiting = deque(["/desk/", "/search/", "/"])
        self.seen = set(self.waiting)

    def pages(self) -> Iterator[tuple[str, str]]:
        while self.waiting:
            path = self.waiting.popleft()
            if self.opened[kind := NUMBER.sub("/#/", path.partition("?")[0])] >= OF_A_KIND:
                continue
            self.opened[kind] += 1
            answer = self.client.get(path, follow=True)
            text = body(answer)
            if any(mark in text for mark in MARKS.values()):
                self.private.append(path)
            if answer["Content-Type"].startswith("text/html"):
                self.read(BeautifulSoup(text, "html.parser"), path)
            yield path, text

    def read(self, page: BeautifulSoup, path: str) -> None:
        for link in page.find_all("a", href=True):
            self.wait_for(urldefrag(urljoin(path, link["href"]))[0])
        for form in page.find_all("form"):
            targets = {form.get("action") or path} | {b["formaction"] for b in form.find_all("button", formaction=True)}
            if form.get("method") == "post" and path in self.private:
                self.doors |= {urldefrag(urljoin(path, target))[0] for target in targets}

    def wait_for(self, path: str) -> None:
        if path.startswith("/") and not path.startswith(ELSEWHERE) and path not in self.seen:
            self.seen.add(path)
            self.waiting.append(path)


def replay(walk: Walk, other: User, role: str, mark: str) -> Iterator[str]:
    """The other side's person of the same role: a record of its own address is not there, a list of one's own is another."""
    client = client_of(other)
    for path in walk.private:
        answer = client.get(path)
        if path.startswith(FOR_EVERYBODY) and answer.status_code == 200 and mark not in body(answer):
            continue
        if NUMBER.search(path.partition("?")[0]) and answer.status_code != 404:
            yield f"the other {role} gets {answer.status_code} for {path}"
    for door in sorted(walk.doors):
        if NUMBER.search(door) and not OPEN_DOORS.search(door):
            answer = client.post(door, {})
            if answer.status_code != 404:
                yield f"the other {role} gets {answer.status_code} for a post to {door}"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(answer: HttpResponse) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode("utf-8", "replace")
