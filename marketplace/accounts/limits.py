"""How often somebody may do a thing: `spend` counts it, for all processes together, and refuses the next one exactly.

A window begins with the first time and lasts as long as its limit says; what is tried after the limit is not counted.
The numbers stand in the cache `counters`, where adding one is a single step (counters.py says why it is a file of its
own on one machine, and Redis elsewhere): under 0.1 ms, whatever the database of the records is doing meanwhile.

Failed sign-ins are counted for the account, whoever tries and from wherever; per address only what a school never
reaches. A failure holds one of the account's few places in the shared cache until the window has passed. `cache.add`
gives a place to one attempt only, so attempts made at the same moment can't slip past the limit; an attempt that
succeeds gives its place back.
"""

from __future__ import annotations

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache, caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .queries import plain_login, user_by_login
from .sealing import keyed_hash

TRYING = "trying"
# An attempt takes a tenth of a second; should its process die, its place is free again after this.
TRYING_SECONDS = 30
WAITS, WAIT_SECONDS = 60, 0.05


class TooMany(Exception):
    """Done too often: refused until `until`."""

    def __init__(self, until: float) -> None:
        self.until = datetime.fromtimestamp(until, UTC)
        self.seconds = max(1, math.ceil(until - time.time()))
        super().__init__(self.until)


class TooManyFailures(TooMany):
    """Nobody is let in before `until`, not even with the right password."""


def spend(name: str, key: Any, *, limit: int, window: int) -> None:
    """Count one `name` for `key` (a person's number, an address). Raises TooMany where `limit` a `window` (seconds) are spent."""
    counters, place = caches["counters"], _counter(name, key)
    try:
        spent = counters.incr(place)
    except ValueError:  # the first of its window, unless another process is that at the same moment
        if counters.add(place, 1, window):
            counters.set(f"{place}:until", time.time() + window, window)
            return
        spent = counters.incr(place)
    if spent > limit:
        raise TooMany(counters.get(f"{place}:until", time.time() + window))


def spend_signup(user: Any) -> None:
    """One try to sign up, a group's as one."""
    spend("signup", user.pk, limit=settings.SIGNUPS_PER_PERSON, window=settings.SIGNUP_WINDOW_SECONDS)


def spend_export(user: Any) -> None:
    """One file of records that leaves the house."""
    spend("export", user.pk, limit=settings.EXPORTS_PER_PERSON, window=settings.EXPORT_WINDOW_SECONDS)


def spend_search(request: HttpRequest) -> None:
    """One search; whoever signed in is not counted."""
    if request.user.is_authenticated:
        return
    spend(
        "search",
        address_of(request),
        limit=settings.SEARCHES_PER_ADDRESS,
        window=settings.SEARCH_WINDOW_SECONDS,
    )


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; forwarded addresses are believed of one's own proxies alone."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # no address at all, or something that is none
        return ""


@dataclass(frozen=True)
class Attempt:
    """One try at a door; say how it ended."""

    account: str
    place: str

    def fail(self) -> int:
        """Keep the place for the whole window; returns how many tries are left."""
        cache.set(self.place, time.time(), settings.LOGIN_FAILURE_WINDOW_SECONDS)
        places = _places(self.account)
        return len(places) - len(cache.get_many(places))

    def succeed(self) -> None:
        cache.delete(self.place)


def account_key(login: str) -> str:
    """Whose failures these are: the account's, by e-mail and by phone alike, or the unknown login's."""
    user = user_by_login(login)
    return account_key_of(user) if user else f"login:{plain_login(login)}"


def account_key_of(user: Any) -> str:
    return f"user:{user.pk}"


def begin_attempt(account: str) -> Attempt:
    """Take a place before the password is looked at. Raises TooManyFailures where none is free.

    Places held by attempts under way are waited for: they may succeed.
    """
    places = _places(account)
    for _turn in range(WAITS):
        taken = cache.get_many(places)
        for place in places:
            if place not in taken and cache.add(place, TRYING, TRYING_SECONDS):
                return Attempt(account, place)
        failures = [at for at in cache.get_many(places).values() if at != TRYING]
        if len(failures) == len(places):
            raise TooManyFailures(min(failures) + settings.LOGIN_FAILURE_WINDOW_SECONDS)
        time.sleep(WAIT_SECONDS)
    raise TooManyFailures(time.time() + TRYING_SECONDS)


def forget_failures(user: Any) -> None:
    """A new password makes the old guesses worthless."""
    cache.delete_many(_places(account_key_of(user)))


def count_address_failure(request: HttpRequest) -> None:
    """One failure more; the last that is allowed is still answered as a failure."""
    limit, window = settings.LOGIN_FAILURES_PER_ADDRESS, settings.LOGIN_ADDRESS_WINDOW_SECONDS
    with suppress(TooMany):
        spend(FAILURE, address_of(request), limit=limit, window=window)


def refuse_address(request: HttpRequest) -> None:
    """Raises TooManyFailures where this address has failed too often. Only reads: successes cost and count nothing."""
    counters, place = caches["counters"], _counter(FAILURE, address_of(request))
    if counters.get(place, 0) >= settings.LOGIN_FAILURES_PER_ADDRESS:
        raise TooManyFailures(counters.get(f"{place}:until", time.time() + settings.LOGIN_ADDRESS_WINDOW_SECONDS))


FAILURE = "login-failure"


def _counter(name: str, key: Any) -> str:
    """No address stands in the counters in plain."""
    return f"{name}:{keyed_hash(f'{name} {key}')}"


def _places(account: str) -> list[str]:
    """Names of the account's places; a login never stands in the cache in plain."""
    name = keyed_hash(f"login-failure {account}")
    return [f"login-failure:{name}:{number}" for number in range(settings.LOGIN_FAILURES_PER_ACCOUNT)]
