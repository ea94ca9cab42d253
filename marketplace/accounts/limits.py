"""Failed sign-ins are counted for the account, whoever tries and from wherever; per address only what a school never reaches.

A failure holds one of the account's few places in the shared cache until the window has passed. `cache.add` gives a place to one
attempt only, so attempts made at the same moment can't slip past the limit; an attempt that succeeds gives its place back.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from .queries import plain_login, user_by_login
from .sealing import keyed_hash

TRYING = "trying"
# An attempt takes a tenth of a second; should its process die, its place is free again after this.
TRYING_SECONDS = 30
WAITS, WAIT_SECONDS = 60, 0.05


class TooManyFailures(Exception):
    """Nobody is let in before `until`, not even with the right password."""

    def __init__(self, until: float) -> None:
        self.until = datetime.fromtimestamp(until, UTC)
        self.seconds = max(1, math.ceil(until - time.time()))
        super().__init__(self.until)


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
    ratelimit.consume(request, app=_APP, action=_ACTION, config=_address_rates())


def refuse_address(request: HttpRequest) -> None:
    """Raises TooManyFailures where this address has failed too often. Only reads: successes cost and count nothing."""
    for rate in ratelimit.get_rates(app=_APP, action=_ACTION, config=_address_rates()):
        failures = cache.get(ratelimit.get_cache_key(request, app=_APP, action=_ACTION, rate=rate), [])
        allowed, failures = ratelimit.apply_rate(failures, time.time(), rate, dry_run=True)
        if not allowed:
            raise TooManyFailures(failures[-1] + rate.duration)


_APP, _ACTION = "marketplace.accounts", "login_failed"


def _address_rates() -> dict[str, str]:
    return {_ACTION: settings.LOGIN_FAILURES_PER_ADDRESS}


def _places(account: str) -> list[str]:
    """Names of the account's places; a login never stands in the cache in plain."""
    name = keyed_hash(f"login-failure {account}")
    return [f"login-failure:{name}:{number}" for number in range(settings.LOGIN_FAILURES_PER_ACCOUNT)]
