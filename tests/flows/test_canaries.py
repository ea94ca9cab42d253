"""What is sealed is found nowhere else: unmistakable values are put into every sealed field, the product is used, and then every
table's bytes, page, mail, message, export, index entry, event, address and log line is searched for them (B15)."""

from __future__ import annotations

import json
import logging
import re
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from marketplace.accounts.actions import set_phone
from marketplace.messaging.actions import deliver_mail
from marketplace.messaging.models import OutgoingMail
from marketplace.privacy.actions import (
    ask_correction,
    ask_opening,
    forget_identity,
    grant_opening,
    keep_identity,
    keep_own_identity,
    look_up,
    open_identity,
)
from marketplace.privacy.enums import IdType, Whose
from marketplace.privacy.models import Identity
from marketplace.privacy.sealed import Person
from marketplace.workbench.actions import held_about
from tests.browser.tour import _walk
from tests.factories import (
    a_bureau_clerk,
    a_county_clerk,
    a_group,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
    an_area,
    an_organization,
)
from tests.marketplace.privacy.people import id_number

BORN = {"volunteer": date(1987, 3, 9), "child": date(2017, 4, 8), "guardian": date(1979, 9, 21)}
PHONES = {"volunteer": "13612340917", "child": "13712340928", "guardian": "13812340939", "login": "15912340946"}
NAMES = {"volunteer": "蒙丽雪莲", "child": "龙小桃源", "guardian": "冉桂花香"}
REASON = "活动当天受伤，要联系家人"


def a_person(who: str) -> Person:
    return Person(
        name=NAMES[who],
        id_type=IdType.RESIDENT,
        id_number=id_number(BORN[who], 917),
        phone=PHONES[who],
        address=f"金丝雀路{who}栋917室",
        notes=f"金丝雀备注{who}917",
    )


def canaries() -> list[str]:
    """Every value that must not be seen, in every form in which a log or a table might hold it."""
    people = [a_person(who) for who in BORN]
    texts = [value for one in people for value in (one.name, one.id_number, one.phone, one.address, one.notes)]
    return [*texts, PHONES["login"], "金丝雀申请917", *(born.isoformat() for born in BORN.values())]


def forms_of(text: str) -> set[bytes]:
    """UTF-8, as JSON escapes it, and as SQLite stores wide text."""
    return {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")}


def found_in(content: bytes) -> list[str]:
    return [text for text in canaries() if any(form in content for form in forms_of(text))]


class Market:
    """A small market in which every sealed field holds a canary and everything else is ordinary."""

    def __init__(self) -> None:
        self.clerks = [a_village_worker(), a_township_clerk(), a_county_clerk(), a_bureau_clerk()]
        site, organization = a_site(), an_organization(member=a_user("机构小何"))
        self.keeper, self.member = a_keeper(site), organization.memberships.first().user
        self.volunteer, self.other = a_volunteer(cleared=True), a_volunteer("志愿者小石")
        set_phone(self.volunteer.user, PHONES["login"])
        group = a_group(leader=self.other)
        group.members.add(self.volunteer)
        self.need = a_need(status="published", site=site)
        self.shift = a_shift(need=self.need)
        a_program(status="approved", organization=organization)
        a_signup(shift=self.shift, volunteer=self.volunteer)
        self.own = keep_own_identity(a_person("volunteer"), user=self.volunteer.user, area=an_area())
        self.child, self.guardian = self._keep("child"), self._keep("guardian")
        ask_correction(actor=self.volunteer.user, text="金丝雀申请917", area=an_area())

    def _keep(self, who: str) -> Identity:
        whose = Whose.GUARDIAN if who == "guardian" else Whose.BENEFICIARY
        return keep_identity(a_person(who), whose=whose, area=an_area(), actor=self.clerks[1])

    def is_used(self) -> None:
        """People ask, look, look up, and what waits is sent."""
        _village, township, county, bureau = self.clerks
        opening = ask_opening(self.child, actor=township, reason=REASON)
        grant_opening(opening, actor=county)
        open_identity(self.child, actor=township)
        ask_opening(self.own, actor=bureau, reason=REASON)
        open_identity(self.own, actor=bureau)
        look_up(NAMES["child"], actor=township)
        look_up(a_person("volunteer").id_number, actor=county)
        held_about(self.volunteer.user)
        call_command("search_rebuild", verbosity=0)
        OutgoingMail.objects.update(due_at="2020-01-01T00:00Z")
        deliver_mail()

    def people(self) -> dict[str, object]:
        """Everybody who opens pages, and nobody known; the volunteer's own pages may show the volunteer to themselves."""
        return {
            "": None,
            "other": self.other.user,
            "keeper": self.keeper,
            "member": self.member,
            **{f"clerk {number}": clerk for number, clerk in enumerate(self.clerks)},
        }

    def addresses(self) -> list[str]:
        """Every address that answers a GET, filled with the numbers of real records and of their neighbours."""
        found = []
        for _name, path in _walk(get_resolver().url_patterns):
            if path.startswith(("cms/", "documents/", "media/", "_util/")) or "(" in path:
                continue
            numbers = range(1, 5) if "<" in path else (1,)
            for number in numbers:
                found.append("/" + _filled(path, number))
        return sorted(set(found))


def _filled(path: str, number: int) -> str:
    return re.sub(r"<(?:\w+:)?\w+>", str(number), path)


@pytest.fixture
def market(committed_db: Path) -> Market:
    made = Market()
    made.file = committed_db
    return made


@pytest.mark.parametrize("text", ["13612340917", "蒙丽雪莲"])
def test_the_search_itself_finds_what_it_looks_for(text):
    """Without this a test that finds nothing proves nothing."""
    assert found_in(b"x" + text.encode() + b"y") == [text]
    assert found_in(json.dumps({"a": text}).encode()) == [text]


def test_no_byte_of_the_database_file_holds_a_sealed_value(market):
    market.is_used()
    forget_identity(market.guardian, actor=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path for path in market.file.parent.glob(f"{market.file.name}*") if path.is_file()]
    assert market.file in files
    assert {path.name: found_in(path.read_bytes()) for path in files} == {path.name: [] for path in files}


def test_mails_messages_and_the_cache_hold_no_sealed_value(market):
    market.is_used()
    mails = b"\n".join(one.message().as_bytes() + f"{one.subject}{one.body}".encode() for one in mail.outbox)
    kept = getattr(cache, "_cache", {})
    assert (len(mail.outbox) > 0, found_in(mails), found_in(repr(kept).encode())) == (True, [], [])


def test_no_log_line_holds_a_sealed_value(market, caplog):
    """At the most talkative level, with what the database is told included."""
    caplog.set_level(logging.INFO)
    market.is_used()
    client = Client(raise_request_exception=False)
    client.force_login(market.volunteer.user)
    client.post(
        reverse("own_identity"), {"name": NAMES["volunteer"], "id_number": "wrong", "phone": PHONES["volunteer"]}
    )
    client.get("/desk/nowhere/917/")
    lines = [line.getMessage() for phase in ("setup", "call") for line in caplog.get_records(phase)]
    assert found_in("\n".join([caplog.text, *lines]).encode()) == []


def test_no_page_of_anybody_else_holds_a_sealed_value(market):
    """Every address that opens, for every role, followed where it leads; what one opens for a reason is a post."""
    market.is_used()
    seen, leaks = 0, []
    for who, user in market.people().items():
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user)
        for address in market.addresses():
            response = client.get(address)
            if response.status_code == 200:
                seen += 1
            content = b"".join(response.streaming_content) if response.streaming else response.content
            where = f"{response.get('Location', '')}{response.headers}".encode()
            leaks += [(who, address, text) for text in found_in(content + where) if not _may_read(who, address, text)]
    assert (leaks, seen > 150) == ([], True)


def _may_read(who: str, address: str, text: str) -> bool:
    """Staff who answer a correction read what was asked; that is what it was written for."""
    return who.startswith("clerk") and address.startswith("/desk/corrections/") and text == "金丝雀申请917"


def test_the_volunteers_own_copy_is_the_one_place_that_holds_everything(market):
    text = json.dumps(held_about(market.volunteer.user), default=str, ensure_ascii=False)
    own = a_person("volunteer")
    expected = {
        own.name,
        own.id_number,
        own.phone,
        own.address,
        own.notes,
        PHONES["login"],
        "金丝雀申请917",
        "1987-03-09",
    }
    assert set(found_in(text.encode())) == expected
