"""Template databases: filled once, kept below var/cache/db by fingerprint, copied for whoever needs one."""

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections

from devtools import state
from devtools.fingerprint import DEMO, SCHEMA, fingerprint
from devtools.places import data_dir, locked

KEPT = 3
DEMO_SIZE = ("--volunteers", "40", "--programs", "20")


def schema_template() -> Path:
    """A data directory with every table and the reference data, and nobody in it."""
    return _template("schema", SCHEMA)


def demo_template() -> Path:
    """A data directory with the demo accounts and a small demo around them; its coming shifts are made anew each week."""
    year, week, _day = datetime.now(UTC).isocalendar()
    return _template("demo", DEMO, demo=True, options=DEMO_SIZE, stamp=f"-{year}-{week:02}")


@contextmanager
def fresh_database(template: Path | None = None) -> Iterator[Path]:
    """Leads Django, in all threads, to a copy of the template (the empty one, unless given); afterwards back to where
    it was."""
    path = data_dir() / "tmp" / f"test-{os.getpid()}-{uuid.uuid4().hex}.sqlite3"
    shutil.copyfile((template or schema_template()) / "db.sqlite3", path)
    address = connections.settings["default"]
    before = address["NAME"]
    connections.close_all()
    address["NAME"] = str(path)
    try:
        yield path
    finally:
        connections.close_all()
        address["NAME"] = before
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


def forget_abandoned() -> None:
    """Removes what killed test runs left below tmp; the names hold the number of the process."""
    for path in (data_dir() / "tmp").glob("*-*-*"):
        kind, number, _ = path.name.split("-", 2)
        if kind in ("test", "site") and number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def _template(
    kind: str, patterns: Iterable[str], *, demo: bool = False, options: Iterable[str] = (), stamp: str = ""
) -> Path:
    cache = data_dir() / "cache" / "db"
    template = cache / f"{kind}-{fingerprint(patterns)[:16]}{stamp}"
    (template / "log").mkdir(parents=True, exist_ok=True)
    with locked(cache):
        state.prepare(template, demo=demo, options=tuple(options))
        os.utime(template)
        _forget_old(cache, kind)
    return template


def _forget_old(cache: Path, kind: str) -> None:
    found = sorted(cache.glob(f"{kind}-*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in found[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
