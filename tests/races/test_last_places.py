"""Five hundred people, twenty places, all at one moment, over real sockets: nobody's place is sold twice."""

import asyncio
import json
import time
from collections import Counter
from pathlib import Path

import pytest

from devtools.demo import HOST
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from tests.factories import a_shift

from .server import FIGURES, Person, people, serving

PEOPLE, PLACES, REPEATS = 500, 20, 20
Answer = tuple[int, bytes]


async def all_at_once(requests: list[bytes], port: int) -> list[Answer]:
    """Every connection is open before the first request is sent; status and body of each answer."""
    opened = [await asyncio.open_connection(HOST, port) for _request in requests]
    for request, (_reader, writer) in zip(requests, opened, strict=True):
        writer.write(request)
    answers = await asyncio.gather(*(_answer(reader, writer) for reader, writer in opened))
    return [_parsed(answer) for answer in answers]


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Whoever has their answer hangs up, as a browser does: the server lingers over connections that stay open."""
    answer = await reader.read()
    writer.close()
    return answer


def _parsed(answer: bytes) -> Answer:
    head, _blank, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]) if head else 0, body


def race(runners: list[Person], shift: Shift, port: int) -> list[Answer]:
    requests = [runner.ask_to_join(shift.pk, f"key-{runner.user}", port) for runner in runners]
    return asyncio.run(all_at_once(requests, port))


def run(database: Path, home: Path, count: int, places: int) -> None:
    shift, runners = a_shift(places=places), people(count)
    with serving(database, home) as server:
        start = time.perf_counter()
        answers = race(runners, shift, server.port)
        seconds = time.perf_counter() - start
        again = race(runners[:REPEATS], shift, server.port)

    assert Counter(status for status, _body in answers) == {201: count}, server.said[-3000:]
    assert again == answers[:REPEATS]
    said = [json.loads(body) for _status, body in answers]
    assert Counter(one["status"] for one in said) == {"confirmed": places, "waitlisted": count - places}
    in_order = list(SignUp.objects.filter(shift=shift).order_by("pk"))
    assert [one.status for one in in_order] == ["confirmed"] * places + ["waitlisted"] * (count - places)
    assert list(shift.signups.waiting()) == in_order[places:]
    positions = {one["id"]: one["position"] for one in said}
    assert [positions[one.pk] for one in in_order] == [None] * places + list(range(1, count - places + 1))
    assert len({one.volunteer_id for one in in_order}) == count
    assert Shift.objects.get(pk=shift.pk).places_taken == places
    FIGURES.info(f"{count} people, {places} places, {seconds:.2f} s")


def test_a_hundred_for_twenty_places(committed_db, tmp_path):
    run(committed_db, tmp_path, 100, PLACES)


@pytest.mark.long
def test_five_hundred_for_twenty_places(committed_db, tmp_path):
    run(committed_db, tmp_path, PEOPLE, PLACES)


def test_this_race_sees_overselling(committed_db, tmp_path):
    """The control: with a server that looks first and takes later, the same race finds more people than places."""
    shift, runners = a_shift(places=PLACES), people(100)
    with serving(committed_db, tmp_path, app="tests.races.careless") as server:
        answers = race(runners, shift, server.port)
    assert Counter(status for status, _body in answers)[201] == 100, server.said[-3000:]
    confirmed = SignUp.objects.filter(shift=shift, status="confirmed").count()
    FIGURES.info(f"{confirmed} people in {PLACES} places")
    assert confirmed > PLACES
