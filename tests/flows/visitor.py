"""Somebody at a very plain browser: opens pages, follows links, fills in forms as they stand there and presses buttons."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import translation

from devtools.demo import PASSWORD

HOST = "http://testserver"


class Visitor:
    """`path` is where they are, `soup` the page they see. Texts are named in Chinese and looked for in their language."""

    def __init__(self, login: str = "", language: str = "zh-hans") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.cookies["language"] = self.language = language
        self.path, self.soup = "/", BeautifulSoup("", "html.parser")
        if login:
            self.open("/accounts/login/")
            self.press("登录", login=f"{login}@example.org", password=PASSWORD)
            assert "_auth_user_id" in self.client.session

    def say(self, words: str) -> str:
        """The words in this person's language."""
        with translation.override(self.language):
            return translation.gettext(words)

    @property
    def text(self) -> str:
        """What is read in the page's main part, with single spaces."""
        main = self.soup.find("main")
        return " ".join(main.get_text(" ").split()) if main else ""

    def card(self, words: str) -> str:
        """What is read on the card, row or panel whose link reads so."""
        for link in self._main.find_all("a", href=True):
            if words in link.get_text():
                return " ".join(_surroundings(link).split())
        raise AssertionError(f"nothing called {words!r} on {self.path}: {self.text}")

    def open(self, path: str) -> Visitor:
        self._arrive(self.client.get(path, follow=True, headers=self._from()), path)
        return self

    def follow(self, words: str, within: str = "") -> Visitor:
        """The first link in the main part that reads so; `within` is a text of the card, row or panel it belongs to."""
        for link in self._main.find_all("a", href=True):
            if self.say(words) in link.get_text() and within in _surroundings(link):
                return self.open(urljoin(self.path, link["href"]))
        raise AssertionError(f"no link {words!r} near {within!r} on {self.path}: {self.text}")

    def press(self, words: str, **fields: Any) -> Visitor:
        """Sends the form whose button reads so, with what stands in it and these fields on top (`__` for a dash)."""
        button = self._button(self.say(words))
        form = button.find_parent("form")
        assert form is not None, f"{words!r} belongs to no form"
        data = _filled_in(form) | {name.replace("__", "-"): value for name, value in fields.items()}
        unknown = data.keys() - {field["name"] for field in form.find_all(attrs={"name": True})}
        assert not unknown, f"the form has no {unknown}"
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        target = urljoin(self.path, button.get("formaction") or form.get("action") or self.path)
        send = self.client.post if form.get("method") == "post" else self.client.get
        self._arrive(send(target, data, follow=True, headers=self._from()), target)
        return self

    @property
    def _main(self) -> Tag:
        main = self.soup.find("main")
        assert isinstance(main, Tag), f"{self.path} has no main part"
        return main

    def _button(self, words: str) -> Tag:
        for button in self.soup.find_all("button"):
            if button.get_text(strip=True) == words and not button.get("aria-hidden"):
                return button
        raise AssertionError(f"no button {words!r} on {self.path}: {self.text}")

    def _from(self) -> dict[str, str]:
        return {"referer": HOST + self.path}

    def _arrive(self, answer: Any, asked: str) -> None:
        assert answer.status_code == 200, f"{asked} answers {answer.status_code}"
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else asked
        self.soup = BeautifulSoup(answer.content, "html.parser")


def _surroundings(link: Tag) -> str:
    around = link.find_parent(["article", "li", "tr", "fieldset", "section"])
    return around.get_text(" ") if around else ""


def _filled_in(form: Tag) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "select", "textarea"], attrs={"name": True}):
        for value in _values(field):
            data.setdefault(field["name"], []).append(value)
    return data


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        options = field.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        return [option.get("value", "") for option in chosen or options[:1]]
    if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
        return []
    return [field.get("value", "on" if field.get("type") in ("checkbox", "radio") else "")]
