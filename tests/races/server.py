"""A web server over the test's database, and people who are signed in there."""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from devtools.demo import HOST, is_healthy, web_command
from devtools.places import ROOT
from marketplace.accounts.models import User
from marketplace.volunteers.models import Volunteer
from tests.factories import an_area

FIGURES = logging.getLogger("races")
CSRF = "c" * 32
START_SECONDS = 60


@dataclass
class Server:
    """`kill` ends all its processes as a power cut would."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def serving(database: Path, home: Path, *, app: str = "marketplace.wsgi", port: int = 0) -> Iterator[Server]:
    """The demo's own web command over this database, until the block ends."""
    port = port or _free_port()
    command = [app if word == "marketplace.wsgi" else word for word in web_command(port)]
    env = os.environ | {
        "DUIJIE_DATA": str(home),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "tests.races.settings",
    }
    log = home / f"web-{port}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True)
    server = Server(port, process, log)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        if process.poll() is None:
            server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _wait_until_healthy(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while not is_healthy(server.port):
        if server.process.poll() is not None or time.monotonic() > until:
            raise AssertionError(server.said)
        time.sleep(0.05)


@dataclass(frozen=True)
class Person:
    """Somebody who signed in before the doors open."""

    volunteer: int
    user: int
    session: str

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": "application/json",
        }

    def ask_to_join(self, shift: int, key: str, port: int) -> bytes:
        """The whole request as it goes over the wire."""
        body = b'{"acknowledge_risks": true}'
        lines = [f"POST /api/v1/shifts/{shift}/signups HTTP/1.1", f"Host: {HOST}:{port}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Idempotency-Key: {key}", f"Content-Length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode() + body

    def join(self, port: int, shift: int, key: str) -> tuple[int, dict]:
        headers = self.headers | {"Idempotency-Key": key}
        return ask(port, "POST", f"/api/v1/shifts/{shift}/signups", headers, '{"acknowledge_risks": true}')

    def leave(self, port: int, signup: int) -> int:
        return ask(port, "DELETE", f"/api/v1/signups/{signup}", self.headers)[0]


def ask(port: int, method: str, path: str, headers: dict[str, str], body: str | None = None) -> tuple[int, dict]:
    """Status and answer. Raises OSError or HTTPException where the server is gone."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if said else {}
    finally:
        connection.close()


def people(count: int) -> list[Person]:
    """Volunteers with a session each, made in a few statements."""
    User.objects.bulk_create(
        User(email=f"racer{number}@example.com", password="!", display_name=f"跑者{number}") for number in range(count)
    )
    users = list(User.objects.filter(email__startswith="racer").order_by("pk"))
    area = an_area()
    Volunteer.objects.bulk_create(Volunteer(user=user, age_group="adult", base_area=area) for user in users)
    volunteers = dict(Volunteer.objects.values_list("user", "pk"))
    return [Person(volunteers[user.pk], user.pk, _session_of(user)) for user in users]


def _session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
