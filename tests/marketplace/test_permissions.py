"""permissions.csv against every address of the product: nothing undeclared, nothing dead, every role held to it by the middleware."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from marketplace.accounts.enums import AREA_ROLES, Role
from marketplace.accounts.models import RoleAssignment, User
from marketplace.middleware import PermissionMiddleware
from marketplace.permissions import TABLE, allowed_roles, may_call
from tests.factories import PANZHOU, SHUANGSHUI, SHUICHENG, a_need, a_user, give_role

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
COLUMNS = ["anonymous", "signed_in", *Role.values, "admin"]
EDITORS = {"organization", "county", "bureau", "admin"}


@dataclass(frozen=True)
class Address:
    """A URL pattern: its name with namespaces, and a path that leads to it."""

    name: str
    path: str


def walk(resolver: URLResolver, path: str = "/", namespace: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = path + example_of(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, here, inner)
        else:
            yield Address(namespace + pattern.name if pattern.name else "", here)


def example_of(pattern) -> str:
    """A piece of path the pattern matches as far as permissions look: prefixes are literal."""
    if isinstance(pattern, RegexPattern):
        literal = re.match(r"\^?([\w/-]*)", pattern.regex.pattern)
        return literal[1] if literal else ""
    return re.sub(r"<(?:\w+:)?\w+>", "1", str(pattern))


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(dict.fromkeys(walk(get_resolver())))


@cache
def rows() -> tuple[dict[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def rows_for(address: Address) -> list[dict[str, str]]:
    """Rows of the name, else those of the longest prefix."""
    named = [row for row in rows() if row["name"] == address.name]
    prefixes = [row["name"] for row in rows() if row["name"].startswith("/") and address.path.startswith(row["name"])]
    return named or [row for row in rows() if prefixes and row["name"] == max(prefixes, key=len)]


def is_allowed(address: Address, method: str, role: str) -> bool:
    """The table read once more, cell by cell."""
    columns = {"anonymous", role} | (set() if role == "anonymous" else {"signed_in"})
    asked = "GET" if method == "HEAD" else method
    return any(row[column] for row in rows_for(address) if asked in row["methods"].split() for column in columns)


def somebody(role: str) -> User | AnonymousUser:
    """A person with this role alone, without a database."""
    if role == "anonymous":
        return AnonymousUser()
    person = User(pk=1, display_name=role, is_superuser=role == "admin")
    person.assignments = [RoleAssignment(role=role)] if role in Role.values else []
    return person


# The table


def test_the_table_has_a_column_for_each_role():
    assert list(rows()[0]) == ["name", "methods", *COLUMNS]


def test_cells_are_crossed_or_empty_and_methods_are_known():
    assert {row[column] for row in rows() for column in COLUMNS} == {"x", ""}
    assert {method for row in rows() for method in row["methods"].split()} <= {"GET", "POST", "PATCH", "PUT", "DELETE"}


def test_no_name_and_method_are_declared_twice():
    declared = Counter((row["name"], method) for row in rows() for method in row["methods"].split())
    assert [pair for pair, times in declared.items() if times > 1] == []


def test_every_address_is_declared():
    assert [address for address in addresses() if not rows_for(address)] == []


def test_every_row_leads_somewhere():
    names = {address.name for address in addresses()}
    dead = [
        row["name"]
        for row in rows()
        if row["name"] not in names and not any(address.path.startswith(row["name"]) for address in addresses())
    ]
    assert dead == []


def test_the_supervisor_only_reads():
    assert [row["name"] for row in rows() if row["supervisor"] and row["methods"] != "GET"] == []


def test_strangers_write_nothing_but_their_account_their_display_and_what_is_wrong():
    assert {row["name"] for row in rows() if row["anonymous"] and row["methods"] != "GET"} == {
        "/accounts/",
        "set_display",
        "report",
        "report_receipt",
        "complain",
        "complaint",
        "guardian_consent",  # whoever holds the link
        "api_unknown",  # answers 404
    }


def test_the_desk_is_closed_to_strangers():
    desk = [address for address in addresses() if address.path.startswith("/desk/")]
    assert [address for address in desk for method in METHODS if is_allowed(address, method, "anonymous")] == []
    assert len(desk) > 10


def test_the_editor_is_open_to_those_who_write_pages():
    inside = [
        address for address in addresses() if address.path.startswith("/cms/") and address.name != "wagtailadmin_login"
    ]
    open_to = {
        role for address in inside for method in METHODS for role in COLUMNS if is_allowed(address, method, role)
    }
    assert open_to == EDITORS
    assert len(inside) > 100


@pytest.mark.parametrize(
    "name", ["wagtailusers_users:edit", "wagtailusers_groups:add", "wagtailsites:edit", "wagtailredirects:index"]
)
def test_people_groups_and_sites_are_the_administrators(name):
    (address,) = [address for address in addresses() if address.name == name]
    assert [role for role in COLUMNS if is_allowed(address, "POST", role)] == ["admin"]


@pytest.mark.parametrize(
    "name",
    [
        "wagtailcore_login",
        "wagtailcore_authenticate_with_password",
        "wagtaildocs_authenticate_with_password",
        "account_verify_phone",
    ],
)
def test_doors_that_ask_no_limits_are_closed_to_all(name):
    (address,) = [address for address in addresses() if address.name == name]
    assert [(role, method) for role in COLUMNS for method in METHODS if is_allowed(address, method, role)] == []


# may_call


@pytest.mark.parametrize("role", COLUMNS)
def test_may_call_keeps_to_the_table_for_every_address_and_method(role):
    person = somebody(role)
    wrong = [
        (address, method)
        for address in addresses()
        for method in METHODS
        if may_call(person, address.name, address.path, method) is not is_allowed(address, method, role)
    ]
    assert wrong == []


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_declared_is_refused(method):
    assert allowed_roles("a_new_page", "/a-new-page/", method) == frozenset()
    assert may_call(somebody("admin"), "a_new_page", "/a-new-page/", method) is False


def test_a_name_wins_over_a_prefix_also_for_the_methods_it_leaves_out():
    assert allowed_roles("account_email", "/accounts/email/", "GET") == {"signed_in"}
    assert allowed_roles("account", "/accounts/", "POST") == frozenset()
    assert allowed_roles("account_login", "/accounts/login/", "POST") == {"anonymous"}


def test_head_is_read_like_get_and_options_like_nothing():
    assert allowed_roles("healthz", "/healthz", "HEAD") == {"anonymous"}
    assert allowed_roles("healthz", "/healthz", "OPTIONS") == frozenset()


# The middleware


def answer(role: str, address: Address, method: str) -> HttpResponse | None:
    """What the middleware says before any view runs; None lets the request through."""
    request = RequestFactory().generic(method, address.path)
    request.user = somebody(role)
    request.resolver_match = type("Match", (), {"view_name": address.name})()
    return PermissionMiddleware(lambda _request: HttpResponse()).process_view(request, None, (), {})


def ours() -> list[Address]:
    return [address for address in addresses() if not address.path.startswith(("/cms/", "/documents/", "/_util/"))]


@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
def test_the_middleware_lets_each_role_through_where_the_table_does(role):
    wrong = [
        (address, method)
        for address in ours()
        for method in ("GET", "POST")
        if (answer(role, address, method) is None) is not is_allowed(address, method, role)
    ]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/desk/", "/desk/inbox/", "/accounts/email/", "/cms/", "/components/"])
def test_strangers_are_sent_to_sign_in_and_back(client, path):
    response = client.get(f"{path}?page=2")
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}%3Fpage%3D2")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referer", "after"),
    [
        ("http://testserver/shifts/7/?from=list", "/shifts/7/%3Ffrom%3Dlist"),
        ("http://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_strangers_who_send_a_form_come_back_to_its_page(client, referer, after):
    response = client.post("/desk/shifts/7/sign-up/", HTTP_REFERER=referer)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={after}")


@pytest.mark.django_db
def test_the_wrong_role_sees_a_page_that_says_so(client):
    client.force_login(a_user(role=Role.VOLUNTEER))
    response = client.get("/components/")
    assert (response.status_code, [template.name for template in response.templates][0]) == (403, "403.html")


@pytest.mark.django_db
def test_the_right_role_comes_in(client):
    client.force_login(a_user(role=Role.BUREAU, area=SHUICHENG))
    assert client.get("/components/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed_in", "status", "detail"), [(False, 401, "请先登录。"), (True, 403, "这个账号不能这样做。")]
)
def test_the_api_answers_with_a_problem(client, signed_in, status, detail):
    if signed_in:
        client.force_login(a_user(role=Role.BUREAU, area=SHUICHENG))
    response = client.post("/api/v1/areas")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert (response.json()["status"], response.json()["detail"]) == (status, detail)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_methods_nobody_declared_reach_no_view(client, method):
    client.force_login(a_user(role=Role.BUREAU, area=SHUICHENG, is_superuser=True))
    assert client.generic(method, "/desk/").status_code == 403


@pytest.mark.django_db
def test_head_is_answered_like_get_without_a_body(client):
    assert (client.head("/healthz").status_code, client.head("/healthz").content) == (200, b"")
    assert client.head("/desk/")["Location"] == client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


@pytest.mark.django_db
def test_health_is_answered_to_everybody(client):
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]


@pytest.mark.django_db
def test_a_role_opens_its_doors_from_its_first_day_to_its_last(client):
    person, today = a_user(), timezone.localdate()
    client.force_login(person)
    given = give_role(person, Role.BUREAU, SHUICHENG)
    spans = [(-9, None), (-9, 0), (0, None), (-9, -1), (1, None)]
    seen = []
    for first, last in spans:
        given.valid_from, given.valid_to = (
            today + timedelta(first),
            today + timedelta(last) if last is not None else None,
        )
        given.save()
        seen.append(client.get("/components/").status_code)
    assert seen == [200, 200, 200, 403, 403]


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(AREA_ROLES - {Role.SUPERVISOR}))
def test_another_area_opens_the_same_doors_and_hides_what_is_behind_them(role):
    need = a_need(status="submitted")
    answers = []
    for area in (SHUANGSHUI if role != Role.VILLAGE else "520204002005", PANZHOU):
        client = Client()
        client.force_login(a_user(role=role, area=area))
        answers.append((client.get("/desk/needs/").status_code, client.get(f"/desk/needs/{need.pk}/").status_code))
    assert answers == [(200, 200), (200, 404)]


def test_every_address_of_ours_is_found_under_its_path():
    """The walk above stands or falls with its example paths."""
    checked = [
        address for address in addresses() if address.name in {"shift", "need_step", "roster", "message", "media"}
    ]
    assert [resolve(address.path).view_name for address in checked] == [address.name for address in checked]
    assert len(checked) == 5
