"""What is limited is counted exactly, by several processes at once, and without waiting for the records."""

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches

from devtools.places import ROOT
from marketplace.accounts.counters import CounterFile
from marketplace.accounts.limits import TooMany, spend

START = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def counters(tmp_path) -> CounterFile:
    return CounterFile(str(tmp_path / "deep" / "counters.sqlite3"), {})


def test_a_number_is_counted_from_where_it_was_put(counters):
    assert [counters.add("a", 1, 60), counters.add("a", 7, 60), counters.get("a")] == [True, False, 1]
    assert [counters.incr("a"), counters.incr("a", 3), counters.get("b", "none")] == [2, 5, "none"]
    counters.set("a", 9.5, 60)
    assert [counters.get("a"), counters.delete("a"), counters.delete("a"), counters.get("a")] == [
        9.5,
        True,
        False,
        None,
    ]


def test_what_was_never_counted_is_not_increased(counters):
    with pytest.raises(ValueError, match="a"):
        counters.incr("a")


def test_a_number_ends_with_its_time_and_is_taken_away(counters):
    with time_machine.travel(START, tick=False) as clock:
        counters.add("a", 1, 60)
        counters.set("for_good", 1, None)
        clock.shift(timedelta(seconds=59.9))
        assert counters.incr("a") == 2
        clock.shift(timedelta(seconds=0.1))
        assert counters.get("a") is None
        with pytest.raises(ValueError, match="a"):
            counters.incr("a")
        assert counters.add("b", 1, 60) is True
    with sqlite3.connect(counters.path) as file:
        assert sorted(name for (name,) in file.execute("SELECT name FROM counter")) == [":1:b", ":1:for_good"]
    counters.clear()
    assert counters.get("for_good") is None


COUNT = """
import sys
from marketplace.accounts.counters import CounterFile
counters = CounterFile(sys.argv[1], {})
for _time in range(250):
    counters.add("a", 1, 60) or counters.incr("a")
"""


def test_processes_and_threads_lose_no_count(counters):
    def count_here() -> None:
        for _time in range(50):
            counters.add("a", 1, 60) or counters.incr("a")

    elsewhere = [subprocess.Popen([sys.executable, "-c", COUNT, counters.path], cwd=ROOT) for _process in range(2)]
    with ThreadPoolExecutor(4) as threads:
        here = [threads.submit(count_here) for _thread in range(4)]
        [one.result() for one in here]
    assert [process.wait(60) for process in elsewhere] == [0, 0]
    assert counters.get("a") == 700


def test_a_count_takes_no_time_and_waits_for_no_writer_of_records(counters):
    counters.add("a", 1, 60)
    before = time.perf_counter()
    for _turn in range(500):
        counters.incr("a")
    assert time.perf_counter() - before < 1


def spent(name: str, key: str, **limit: int) -> bool:
    try:
        spend(name, key, **limit)
    except TooMany:
        return False
    return True


def test_a_limit_is_met_exactly_at_the_next_one():
    assert [spent("visit", "me", limit=3, window=60) for _turn in range(5)] == [True, True, True, False, False]
    assert spent("visit", "you", limit=3, window=60) is True
    assert spent("other", "me", limit=3, window=60) is True


def test_a_window_begins_with_the_first_and_is_told():
    with time_machine.travel(START, tick=False) as clock:
        spend("visit", "me", limit=1, window=60)
        clock.shift(timedelta(seconds=45))
        with pytest.raises(TooMany) as refusal:
            spend("visit", "me", limit=1, window=60)
        assert (refusal.value.until, refusal.value.seconds) == (START + timedelta(seconds=60), 15)
        clock.shift(timedelta(seconds=15))
        assert [spent("visit", "me", limit=1, window=60) for _turn in range(2)] == [True, False]


def test_many_at_once_are_let_through_exactly_to_the_limit():
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _turn: spent("visit", "me", limit=100, window=60), range(200)))
    assert answers.count(True) == 100


@pytest.mark.django_db
def test_nothing_that_identifies_stands_in_the_counters():
    spend("search", "192.0.2.7", limit=3, window=60)
    assert "192.0.2.7" not in str(caches["counters"]._cache)
