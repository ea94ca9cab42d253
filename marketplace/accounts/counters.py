"""A cache in a small SQLite file of its own, for numbers that several processes count together.

Why: a limit that is exact needs one number for all processes, so every anonymous search writes. In the database of
the records each of these writes would wait for whoever writes there, and an import takes seconds; Django's own cache
in the database reads and writes in two steps, so that two processes lose counts. Here one statement counts, nothing
but counting ever holds the lock, and no search waits for a record. Elsewhere Redis does the same by INCR: set
COUNTERS_URL.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

TABLE = """
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value NUMERIC NOT NULL, ends REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS counter_ends ON counter (ends);
"""
GET = "SELECT value FROM counter WHERE name = ? AND ends > ?"
SET = (
    "INSERT INTO counter VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value, ends = excluded.ends"
)
ADD = SET + " WHERE counter.ends <= ?"
INCREASE = "UPDATE counter SET value = value + ? WHERE name = ? AND ends > ? RETURNING value"
FOREVER = 9e12


class CounterFile(BaseCache):
    """Numbers only; `add` and `incr` are one statement each, which no other process can come between."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.path = Path(location)
        self.lock = threading.Lock()
        self.opened: tuple[int, sqlite3.Connection] | None = None

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        now = time.time()
        name = self.make_and_validate_key(key, version)
        with self.lock:
            self._connection().execute("DELETE FROM counter WHERE ends <= ?", [now])
            return self._connection().execute(ADD, [name, value, self._end(timeout), now]).rowcount == 1

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with self.lock:
            row = self._connection().execute(GET, [self.make_and_validate_key(key, version), time.time()]).fetchone()
        return row[0] if row else default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with self.lock:
            self._connection().execute(SET, [self.make_and_validate_key(key, version), value, self._end(timeout)])

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError where nothing is counted under this key, or no longer."""
        name = self.make_and_validate_key(key, version)
        with self.lock:
            # fetchall: a statement that is not read to its end would keep the lock of the file
            rows = self._connection().execute(INCREASE, [delta, name, time.time()]).fetchall()
        if not rows:
            raise ValueError(key)
        return int(rows[0][0])

    def delete(self, key: Any, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version)
        with self.lock:
            return self._connection().execute("DELETE FROM counter WHERE name = ?", [name]).rowcount == 1

    def clear(self) -> None:
        with self.lock:
            self._connection().execute("DELETE FROM counter")

    def _end(self, timeout: Any) -> float:
        moment = self.get_backend_timeout(timeout)
        return FOREVER if moment is None else moment

    def _connection(self) -> sqlite3.Connection:
        """One for all threads of a process, under the lock; a forked process opens its own."""
        if self.opened is None or self.opened[0] != os.getpid():
            self.opened = (os.getpid(), self._open())
        return self.opened[1]

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=20, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.executescript(TABLE)
        return connection
