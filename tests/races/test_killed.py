"""A power cut for the web server: what was acknowledged is there, and it serves again."""

import threading
import time
from http.client import HTTPException

import pytest
from django.db import connection

from marketplace.signups.models import SignUp
from tests.factories import a_shift

from .server import FIGURES, people, serving

ENOUGH = 20


def run(committed_db, tmp_path, *, threads: int, seconds: float) -> None:
    shift, runners = a_shift(places=5), people(threads * 200)
    ledger: list[tuple[int, str]] = []
    refused: list[int] = []

    def write_ledger(number: int, port: int) -> None:
        for runner in runners[number::threads]:
            try:
                status, answer = runner.join(port, shift.pk, "k")
            except (OSError, HTTPException, ValueError):
                return
            if status == 201:
                ledger.append((answer["id"], answer["status"]))
            else:
                refused.append(status)

    with serving(committed_db, tmp_path) as server:
        clients = [threading.Thread(target=write_ledger, args=(number, server.port)) for number in range(threads)]
        for client in clients:
            client.start()
        time.sleep(seconds)
        while len(ledger) < ENOUGH:  # a busy machine takes longer to get going
            time.sleep(0.05)
        server.kill()
        for client in clients:
            client.join()
    killed = time.monotonic()
    with serving(committed_db, tmp_path) as server:
        gap = time.monotonic() - killed
        assert runners[-1].join(server.port, shift.pk, "k")[0] == 201

    kept = set(SignUp.objects.values_list("pk", flat=True))
    lost = [number for number, _status in ledger if number not in kept]
    FIGURES.info(f"{len(ledger)} acknowledged, {len(lost)} lost, serving again after {gap:.2f} s")
    assert refused == []
    assert ledger
    assert lost == []
    assert sum(status == "confirmed" for _number, status in ledger) <= 5
    shift.refresh_from_db(fields=["places_taken"])
    assert SignUp.objects.filter(shift=shift, status="confirmed").count() == shift.places_taken == 5
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)


def test_kill_9_loses_nothing_that_was_acknowledged(committed_db, tmp_path):
    run(committed_db, tmp_path, threads=8, seconds=2)


@pytest.mark.long
def test_kill_9_under_thirty_two_clients(committed_db, tmp_path):
    run(committed_db, tmp_path, threads=32, seconds=3)
