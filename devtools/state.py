"""The data directory's database: made beside its place and moved there when whole, so a half-made one is never used."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from . import children
from .fingerprint import SCHEMA, fingerprint
from .places import PYTHON, environment, locked, require_space
from .problems import Problem, disk_is_full, says_disk_is_full

MEGABYTES = 300
SIDE_FILES = ("-wal", "-shm", "-journal")
DISPOSABLE = ("media", "broker", "mail")


@contextmanager
def in_use(data: Path) -> Iterator[None]:
    """Keeps the data directory for one command at a time; refuses when another has it."""
    lock = data / "lock"
    lock.touch()
    try:
        with locked(lock, wait=False):
            yield
    except BlockingIOError as error:
        raise Problem(
            f"数据目录 {data} 正被另一个 dev.py 使用：请先停止它，或用 DUIJIE_DATA 换一个目录。",
            f"The data directory {data} is in use by another dev.py: stop that one, or choose another (DUIJIE_DATA).",
        ) from error


def is_prepared(data: Path, *, demo: bool) -> bool:
    """Whether the database comes from the present migrations and reference data (and was offered demo data)."""
    try:
        stamp = json.loads(_stamp(data).read_text())
    except (OSError, ValueError):
        return False
    return _database(data).exists() and stamp["schema"] == fingerprint(SCHEMA) and (stamp["demo"] or not demo)


def prepare(data: Path, *, demo: bool, options: Sequence[str] = ()) -> None:
    """Migrates, loads reference data, and demo data where nobody is yet. The caller holds the directory `in_use`."""
    if is_prepared(data, demo=demo):
        return
    require_space(data, MEGABYTES)
    existed = _database(data).exists()
    if not existed:
        clear(data)
    try:
        _build(data, existed, demo, options)
    except BaseException:
        _remove_database(_building(data))
        if not existed:
            clear(data)
        raise
    _stamp(data).unlink(missing_ok=True)
    _remove_side_files(_database(data))
    os.replace(_building(data), _database(data))
    _write_stamp(data, demo)


def clear(data: Path) -> None:
    """Removes database, media, mail and broker files. The keys stay."""
    _stamp(data).unlink(missing_ok=True)
    _remove_database(_database(data))
    _remove_database(_building(data))
    for name in DISPOSABLE:
        shutil.rmtree(data / name, ignore_errors=True)


def _build(data: Path, existed: bool, demo: bool, options: Sequence[str]) -> None:
    building = _building(data)
    _remove_database(building)
    if existed:
        with closing(sqlite3.connect(_database(data))) as source, closing(sqlite3.connect(building)) as copy:
            source.backup(copy)
    arguments = [str(PYTHON), "-m", "devtools.prepare", *(["--demo", *options] if demo else [])]
    env = environment("demo", DUIJIE_DATA=str(data), DATABASE_URL=f"sqlite:///{quote(str(building))}")
    try:
        children.run(arguments, env, show=True, log=data / "log" / "prepare.log")
    except children.Failed as failure:
        raise _explain(failure, data) from failure
    with closing(sqlite3.connect(building)) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _remove_side_files(building)


def _explain(failure: children.Failed, data: Path) -> Problem:
    if says_disk_is_full(failure.output):
        return disk_is_full(data)
    return Problem(
        f"数据库准备失败，未留下半成品；详见 {data / 'log' / 'prepare.log'}。",
        f"The database could not be prepared and nothing half-made was kept; see {data / 'log' / 'prepare.log'}.",
    )


def _database(data: Path) -> Path:
    return data / "db.sqlite3"


def _building(data: Path) -> Path:
    return data / "db.building.sqlite3"


def _stamp(data: Path) -> Path:
    return data / "prepared.json"


def _write_stamp(data: Path, demo: bool) -> None:
    fresh = _stamp(data).with_suffix(".fresh")
    fresh.write_text(json.dumps({"schema": fingerprint(SCHEMA), "demo": demo}))
    os.replace(fresh, _stamp(data))


def _remove_database(path: Path) -> None:
    path.unlink(missing_ok=True)
    _remove_side_files(path)


def _remove_side_files(path: Path) -> None:
    for end in SIDE_FILES:
        path.with_name(path.name + end).unlink(missing_ok=True)
