"""Failures are counted for the account: exact at the limit, also for attempts made at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.core import context
from django.core.cache import cache
from django.db import connection, connections
from django.test import RequestFactory

from marketplace.accounts.actions import set_phone
from marketplace.accounts.limits import (
    TRYING_SECONDS,
    TooManyFailures,
    account_key,
    account_key_of,
    begin_attempt,
    count_address_failure,
    forget_failures,
    refuse_address,
)
from marketplace.accounts.models import User
from tests.factories import a_user

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
EMBEDDED = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}}


def fail(account: str = "user:1", times: int = 1) -> int:
    """Returns how many tries the last failure left."""
    return [begin_attempt(account).fail() for _turn in range(times)][-1]


def is_closed(account: str = "user:1") -> bool:
    try:
        begin_attempt(account).succeed()
    except TooManyFailures:
        return True
    return False


def test_five_failures_close_the_account_and_four_do_not():
    assert [fail() for _turn in range(4)] == [4, 3, 2, 1]
    assert is_closed() is False
    assert fail() == 0
    assert is_closed() is True


@pytest.mark.parametrize("limit", [1, 3])
def test_the_limit_is_a_setting(settings, limit):
    settings.LOGIN_FAILURES_PER_ACCOUNT = limit
    fail(times=limit)
    assert is_closed() is True


def test_the_refusal_says_when_the_oldest_failure_leaves():
    with time_machine.travel(START, tick=False) as clock:
        fail()
        clock.shift(timedelta(minutes=5))
        fail(times=4)
        with pytest.raises(TooManyFailures) as refusal:
            begin_attempt("user:1")
    assert (refusal.value.until, refusal.value.seconds) == (START + QUARTER, 600)


def test_each_failure_leaves_after_a_quarter_of_an_hour():
    with time_machine.travel(START, tick=False) as clock:
        fail()
        clock.shift(timedelta(minutes=5))
        fail(times=4)
        clock.move_to(START + QUARTER - timedelta(seconds=1))
        assert is_closed() is True
        clock.move_to(START + QUARTER + timedelta(seconds=1))
        assert fail() == 0
        assert is_closed() is True
        clock.move_to(START + QUARTER + timedelta(minutes=5, seconds=1))
        assert fail() == 3


def test_a_success_gives_its_place_back_and_forgives_no_failure():
    fail(times=4)
    begin_attempt("user:1").succeed()
    assert fail() == 0
    assert is_closed() is True


def test_one_account_does_not_close_another():
    fail("user:1", times=5)
    assert [is_closed("user:1"), is_closed("user:2"), is_closed("login:user:1")] == [True, False, False]


def test_forget_failures_opens_the_account():
    user = User(pk=7)
    fail(account_key_of(user), times=5)
    forget_failures(user)
    assert is_closed(account_key_of(user)) is False


def test_attempts_at_the_same_moment_cannot_pass_the_limit():
    everybody_ready = threading.Barrier(20)

    def knock(_number: int) -> bool:
        everybody_ready.wait()
        try:
            attempt = begin_attempt("user:1")
        except TooManyFailures:
            return False
        attempt.fail()
        return True

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(knock, range(20))) == 5


def test_attempts_at_the_same_moment_cannot_pass_the_limit_of_the_embedded_cache(settings, committed_db):
    settings.CACHES = EMBEDDED

    def knock(_number: int) -> bool:
        try:
            begin_attempt("user:1").fail()
        except TooManyFailures:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(knock, range(16))) == 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache_entries")
        assert cursor.fetchone() == (5,)


def test_successes_at_the_same_moment_all_come_in():
    def knock(_number: int) -> None:
        begin_attempt("user:1").succeed()

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(knock, range(100)))
    assert fail() == 4


def test_attempts_under_way_are_waited_for():
    under_way = [begin_attempt("user:1") for _turn in range(5)]
    ending = threading.Timer(0.2, under_way[0].succeed)
    ending.start()
    assert begin_attempt("user:1").fail() == 0
    ending.join()


def test_attempts_whose_process_died_free_their_places():
    with time_machine.travel(START, tick=False) as clock:
        for _turn in range(5):
            begin_attempt("user:1")
        clock.shift(TRYING_SECONDS + 1)
        assert fail() == 4


def test_a_login_never_stands_in_the_cache_in_plain():
    fail("login:13800138000")
    assert [key for key in cache._cache if "13800138000" in key] == []
    assert len(cache._cache) == 1


@pytest.mark.django_db
def test_account_key_is_the_same_by_address_and_by_phone():
    user = a_user(email="wu@example.com")
    set_phone(user, "13800138000")
    typed = ["wu@example.com", " WU@Example.com", "13800138000", "+86 138 0013 8000"]
    assert {account_key(login) for login in typed} == {account_key_of(user)}


@pytest.mark.django_db
def test_account_key_of_unknown_logins_is_their_plain_form():
    assert account_key("Nobody@example.com ") == account_key("nobody@example.com") == "login:nobody@example.com"
    assert account_key("+86 139 0013 9000") == "login:13900139000"


def from_address(address: str, **headers: str):
    return RequestFactory().post("/accounts/login/", REMOTE_ADDR=address, **headers)


def address_is_refused(request) -> bool:
    with context.request_context(request):
        try:
            refuse_address(request)
        except TooManyFailures:
            return True
    return False


def count_failures(request, times: int) -> None:
    with context.request_context(request):
        for _turn in range(times):
            count_address_failure(request)


def test_an_address_is_refused_at_its_limit_and_not_before(settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 3
    request = from_address("192.0.2.7")
    count_failures(request, 2)
    assert address_is_refused(request) is False
    count_failures(request, 1)
    assert [address_is_refused(request), address_is_refused(from_address("192.0.2.8"))] == [True, False]


def test_an_address_is_told_when_it_may_try_again(settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 1
    request = from_address("192.0.2.7")
    with time_machine.travel(START, tick=False) as clock, context.request_context(request):
        count_address_failure(request)
        clock.shift(timedelta(minutes=20))
        with pytest.raises(TooManyFailures) as refusal:
            refuse_address(request)
        clock.shift(timedelta(minutes=40))
        refuse_address(request)
    assert (refusal.value.until, refusal.value.seconds) == (START + timedelta(hours=1), 2400)


def test_a_school_behind_one_address_is_never_refused(settings):
    assert settings.LOGIN_FAILURES_PER_ADDRESS == 1000
    request = from_address("192.0.2.7")
    count_failures(request, 300)
    assert address_is_refused(request) is False


def test_what_a_client_says_about_its_address_is_not_believed(settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 1
    count_failures(from_address("192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1"), 1)
    assert address_is_refused(from_address("192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.2")) is True
    assert address_is_refused(from_address("192.0.2.8", HTTP_X_FORWARDED_FOR="198.51.100.1")) is False


def test_one_proxy_of_our_own_is_believed_where_it_is_configured(settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 1
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    count_failures(from_address("127.0.0.1", HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.1"), 1)
    assert address_is_refused(from_address("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1")) is True
    assert address_is_refused(from_address("127.0.0.1", HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.2")) is False
