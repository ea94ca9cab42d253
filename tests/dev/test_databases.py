"""What database tests stand on: rolled back with `db`, real with `committed_db`, and nothing left by either."""

import os
import threading
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections

from devtools.places import data_dir
from tests.databases import forget_abandoned, fresh_database


def count_people() -> int:
    return get_user_model().objects.count()


def add_somebody(address: str) -> None:
    get_user_model().objects.create(email=address)


def test_db_is_empty_before_each_test_once(db: None) -> None:
    assert count_people() == 0
    add_somebody("one@example.org")


def test_db_is_empty_before_each_test_again(db: None) -> None:
    assert count_people() == 0
    add_somebody("two@example.org")


def test_committed_db_is_seen_by_another_thread(committed_db: Path) -> None:
    add_somebody("three@example.org")
    seen: list[int] = []

    def look() -> None:
        seen.append(count_people())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


def test_committed_db_is_empty_before_each_test(committed_db: Path) -> None:
    assert count_people() == 0
    add_somebody("four@example.org")


def test_fresh_database_goes_away_and_gives_the_former_one_back(committed_db: Path) -> None:
    add_somebody("five@example.org")
    with fresh_database() as other:
        assert count_people() == 0
        add_somebody("six@example.org")
        assert other.exists()
    assert count_people() == 1
    assert connection.settings_dict["NAME"] == str(committed_db)
    assert list(other.parent.glob(f"{other.name}*")) == []


def test_leavings_of_killed_runs_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIJIE_DATA", str(tmp_path))
    folder = data_dir() / "tmp"
    folder.mkdir()
    (folder / "site-99999999-abc").mkdir()
    (folder / "test-99999999-abc.sqlite3").touch()
    ours = f"test-{os.getpid()}-abc.sqlite3"
    for name in (ours, "probe.12", "pytest-of-somebody"):
        (folder / name).touch()
    forget_abandoned()
    assert sorted(path.name for path in folder.iterdir()) == ["probe.12", "pytest-of-somebody", ours]
