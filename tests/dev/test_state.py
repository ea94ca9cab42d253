"""The data directory's database is whole or absent. A script stands in for the Python that migrates."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from devtools import state
from devtools.problems import Problem

# Adds a row a run to a table in the database it is told of, says $ANSWER, and fails where it has something to say.
PREPARE = """#!{python}
import os, sqlite3, sys, urllib.parse
address = urllib.parse.unquote(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
with sqlite3.connect(address) as database:
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE IF NOT EXISTS run (arguments TEXT)")
    database.execute("INSERT INTO run VALUES (?)", (" ".join(sys.argv[1:]),))
os.makedirs(os.environ["DUIJIE_DATA"] + "/media", exist_ok=True)
if answer := os.environ["ANSWER"]:
    sys.exit(answer)
"""
PLAIN, DEMO = "-m devtools.prepare", "-m devtools.prepare --demo"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with a name that has to be quoted, keys, and nothing else."""
    python = tmp_path / "python"
    python.write_text(PREPARE.format(python=sys.executable))
    python.chmod(0o755)
    monkeypatch.setattr(state, "PYTHON", python)
    monkeypatch.setenv("ANSWER", "")
    folder = tmp_path / "数据 +1%25"
    (folder / "log").mkdir(parents=True)
    (folder / "keys").mkdir()
    (folder / "keys" / "secret").write_text("kept")
    monkeypatch.setenv("DUIJIE_DATA", str(folder))
    return folder


def runs(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT arguments FROM run")]


def names(data: Path) -> list[str]:
    return sorted(path.name for path in data.iterdir())


def test_empty_directory_gets_a_database(data: Path) -> None:
    state.prepare(data, demo=True)
    assert runs(data) == [DEMO]
    assert names(data) == ["db.sqlite3", "keys", "log", "media", "prepared.json"]


def test_second_preparation_does_nothing(data: Path) -> None:
    state.prepare(data, demo=True)
    state.prepare(data, demo=True)
    state.prepare(data, demo=False)
    assert runs(data) == [DEMO]


def test_options_reach_the_demo_data(data: Path) -> None:
    state.prepare(data, demo=True, options=("--volunteers", "40"))
    assert runs(data) == [f"{DEMO} --volunteers 40"]


def test_demo_after_manage_keeps_the_database_and_offers_demo_data(data: Path) -> None:
    state.prepare(data, demo=False)
    assert not state.is_prepared(data, demo=True)
    state.prepare(data, demo=True)
    assert runs(data) == [PLAIN, DEMO]


def test_changed_migrations_are_run_on_the_same_data(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state.prepare(data, demo=True)
    monkeypatch.setattr(state, "fingerprint", lambda _: "of other files")
    assert not state.is_prepared(data, demo=True)
    state.prepare(data, demo=True)
    assert runs(data) == [DEMO, DEMO]


def test_failure_leaves_an_empty_directory_empty(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWER", "it broke")
    with pytest.raises(Problem, match="could not be prepared") as problem:
        state.prepare(data, demo=True)
    assert str(data / "log" / "prepare.log") in str(problem.value)
    assert (data / "log" / "prepare.log").read_text() == "it broke\n"
    assert names(data) == ["keys", "log"]


def test_failure_leaves_an_older_database_as_it_was(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state.prepare(data, demo=True)
    with monkeypatch.context() as patch:
        patch.setattr(state, "fingerprint", lambda _: "of other files")
        patch.setenv("ANSWER", "it broke")
        with pytest.raises(Problem):
            state.prepare(data, demo=True)
    assert runs(data) == [DEMO]
    assert state.is_prepared(data, demo=True)
    assert names(data) == ["db.sqlite3", "keys", "log", "media", "prepared.json"]


def test_half_made_database_is_begun_again(data: Path) -> None:
    (data / "db.building.sqlite3").write_bytes(b"half")
    (data / "db.building.sqlite3-wal").write_bytes(b"half")
    (data / "media").mkdir()
    (data / "media" / "orphan.png").write_bytes(b"")
    state.prepare(data, demo=True)
    assert runs(data) == [DEMO]
    assert names(data) == ["db.sqlite3", "keys", "log", "media", "prepared.json"]
    assert list((data / "media").iterdir()) == []


def test_half_made_copy_of_an_older_database_is_begun_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state.prepare(data, demo=True)
    (data / "db.building.sqlite3").write_bytes(b"half" * 1024)
    monkeypatch.setattr(state, "fingerprint", lambda _: "of other files")
    state.prepare(data, demo=True)
    assert runs(data) == [DEMO, DEMO]


@pytest.mark.parametrize("words", ["database or disk is full", "OSError: [Errno 28] No space left on device"])
def test_full_disk_is_said(data: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("ANSWER", words)
    with pytest.raises(Problem, match="磁盘空间不足"):
        state.prepare(data, demo=True)
    assert names(data) == ["keys", "log"]


def test_full_disk_is_noticed_before_the_work(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MEGABYTES", 10**9)
    with pytest.raises(Problem, match="磁盘空间不足"):
        state.prepare(data, demo=True)
    assert names(data) == ["keys", "log"]


def test_clear_keeps_the_keys_and_the_logs(data: Path) -> None:
    state.prepare(data, demo=True)
    for name in ("broker", "mail"):
        (data / name).mkdir()
    state.clear(data)
    assert names(data) == ["keys", "log"]
    assert (data / "keys" / "secret").read_text() == "kept"


def test_directory_in_use_is_refused_to_another_command(data: Path) -> None:
    with state.in_use(data), pytest.raises(Problem, match="in use by another dev.py"), state.in_use(data):
        raise AssertionError("both have it")
    with state.in_use(data):
        pass
