"""May this role call this URL? Read from permissions.csv; what is not declared there is refused.

Columns: `name` is a URL name (`api:` and other namespaces included) or a path prefix that begins with `/`; `methods`
are separated by spaces; then a column for each role: `anonymous` means everybody, `signed_in` anybody with an account.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("permissions.csv")
EVERYBODY, SIGNED_IN, ADMIN = "anonymous", "signed_in", "admin"

Allowed = dict[tuple[str, str], frozenset[str]]


@lru_cache(maxsize=1)
def permission_table() -> Allowed:
    """(URL name or path prefix, method) → roles that may."""
    table: Allowed = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, methods = row.pop("name"), row.pop("methods")
            for method in methods.split():
                table[name, method] = frozenset(role for role, mark in row.items() if mark)
    return table


@lru_cache(maxsize=1)
def prefixes() -> tuple[str, ...]:
    """Declared path prefixes, the longest first."""
    return tuple(sorted({name for name, _method in permission_table() if name.startswith("/")}, key=len, reverse=True))


def allowed_roles(url_name: str, path: str, method: str) -> frozenset[str]:
    """Roles that may call this URL; empty where nobody may. A name wins over a prefix."""
    method = "GET" if method == "HEAD" else method
    table = permission_table()
    if (url_name, method) in table:
        return table[url_name, method]
    if any((url_name, other) in table for other in ("GET", "POST", "PUT", "PATCH", "DELETE")):
        return frozenset()
    prefix = next((prefix for prefix in prefixes() if path.startswith(prefix)), "")
    return table.get((prefix, method), frozenset())


def roles_of(user: Any) -> frozenset[str]:
    """What a person counts as in the table."""
    if not user.is_authenticated:
        return frozenset({EVERYBODY})
    extra = {ADMIN} if user.is_superuser else set()
    return frozenset({EVERYBODY, SIGNED_IN, *user.roles, *extra})


def may_call(user: Any, url_name: str, path: str, method: str) -> bool:
    return not allowed_roles(url_name, path, method).isdisjoint(roles_of(user))
