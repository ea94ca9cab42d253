"""An action happens whole or not at all: after each statement that it writes, something breaks, and nothing may remain."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from django.db import connection, transaction

import marketplace

from . import deeds

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# What no action writes; looking through it a thousand times would only cost time.
REFERENCE = (
    "marketplace_adminarea",
    "marketplace_areapoint",
    "marketplace_areabox",
    "marketplace_workday",
    "django_",
    "auth_",
)
# Building blocks of other actions and readings of values: they promise no transaction of their own.
BLOCKS = {
    "record",
    "together",
    "put_off",
    "write_signup",
    "lock",
    "add_remark",
    "status_label",
    "after_quiet_hours",
    "take_place",
    "take_places",
    "free_place",
}
# They only read, or write inside another action's transaction.
READINGS = {
    "adult_day",
    "own_words",
    "plain_title",
    "last_moment_of",
    "open_invitation",
    "add_import_row",
    "user_of_bearer",
    "tokens_of",
    "held_about",
    "read_invitation",
    "lay_shifts",
}
# They go through many records, each of which is an action above and happens whole by itself.
BATCHES = {"expire_needs", "chase_emergencies", "end_programs", "expire_offers", "deliver_mail"}
# Loading what ships with the product: idempotent, tested with the commands that call it.
LOADERS = {"load_areas", "load_points", "load_boxes"}


class Broken(Exception):
    """What the test throws into the works."""


class Breaker:
    """Lets `at - 1` statements write, and breaks after the next one. `writes` counts what was written."""

    def __init__(self, at: int) -> None:
        self.at, self.writes = at, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(WRITES):
            self.writes += 1
            if self.writes == self.at:
                raise Broken(sql)
        return done


def writers() -> Iterator[str]:
    """Every function of the marketplace that opens a transaction, as `package.file`."""
    for path in sorted(Path(marketplace.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("atomic" in ast.unparse(one) for one in node.decorator_list):
                yield ".".join(path.relative_to(marketplace.__path__[0]).with_suffix("").parts)


def test_only_actions_open_transactions() -> None:
    elsewhere = {name for name in writers() if name.split(".")[1].removesuffix(".py") != "actions"}
    assert elsewhere == {"management.removal"}


def actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of every actions.py, as `package.name`."""
    for package in iter_modules(marketplace.__path__):
        try:
            module = import_module(f"marketplace.{package.name}.actions")
        except ModuleNotFoundError:
            continue
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__.startswith(module.__name__) and name[0] != "_":
                yield f"{package.name}.{name}", function


def test_every_action_has_a_deed() -> None:
    known = {name for name, _ in actions() if name.partition(".")[2] not in BLOCKS | READINGS | BATCHES | LOADERS}
    assert set(deeds.DEEDS) == known


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(deeds.DEEDS))
def test_what_breaks_on_the_way_leaves_no_trace(name: str) -> None:
    act = deeds.DEEDS[name]()
    before, at = digest(), 0
    while at := at + 1:
        breaker = Breaker(at)
        start = transaction.savepoint()
        if not (broken := breaks(act, breaker)):
            break
        assert digest() == before, f"{name} leaves a trace when it breaks after: {broken}"
        transaction.savepoint_commit(start)
    assert breaker.writes > 0
    assert digest() != before


def breaks(act: Callable[[], Any], breaker: Breaker) -> str:
    """How it broke, or nothing. Wagtail catches what breaks in its own index; the transaction knows it is spoilt all the same."""
    try:
        with connection.execute_wrapper(breaker):
            act()
    except (Broken, transaction.TransactionManagementError) as broken:
        return repr(broken)
    return ""


def digest() -> str:
    """All that is written in the database, in one value."""
    found = sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(REFERENCE):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return found.hexdigest()
