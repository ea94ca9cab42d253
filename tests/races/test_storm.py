"""A minute of everything at once: signing up twice with one key, withdrawing, places that come and go, offers that end."""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Count, F, Q

from marketplace.shifts.models import Shift
from marketplace.signups.actions import expire_offers, promote_next
from marketplace.signups.enums import ACTIVE, HOLDING
from marketplace.signups.models import SignUp
from tests.factories import a_shift

from .server import FIGURES, Person, Server, people, serving

THREADS, PEOPLE, PLACES = 16, 120, 6


def overlapping_shifts() -> list[Shift]:
    """Far off and soon (where a place is offered), two of them at one time."""
    return [a_shift(in_hours=hours, places=PLACES) for hours in (20, 72, 72, 120, 200)]


def act(server: Server, runner: Person, shifts: list[Shift], chance: random.Random, seen: Counter) -> None:
    shift, key = chance.choice(shifts).pk, f"{chance.random()}"
    first = runner.join(server.port, shift, key)
    seen[first[0]] += 1
    if chance.random() < 0.3:
        again = runner.join(server.port, shift, key)
        seen[again[0]] += 1
        if first[0] == 201:
            assert again == first
    if first[0] == 201 and chance.random() < 0.6:
        seen[runner.leave(server.port, first[1]["id"])] += 1


def change_places(shifts: list[Shift], stop: threading.Event) -> None:
    """What staff and the clock do meanwhile, from a process of their own: this one."""
    chance = random.Random(7)
    try:
        while not stop.wait(0.05):
            shift, places = chance.choice(shifts), chance.randint(2, 9)
            Shift.objects.filter(pk=shift.pk, places_taken__lte=places).update(places=places)
            SignUp.objects.filter(status="offered").update(offer_ends_at=F("joined_at"))
            expire_offers()
            promote_next(shift, now=shift.starts_at.replace(year=2020))
            assert not broken()
    finally:
        connections.close_all()


def broken() -> list[str]:
    """Every word that the records must keep at any moment, and do not."""
    held = Count("signups", filter=Q(signups__status__in=HOLDING))
    wrong = [
        f"{shift}: {shift.places_taken} taken, {shift.held} held, {shift.places} places"
        for shift in Shift.objects.annotate(held=held)
        if not 0 <= shift.places_taken == shift.held <= shift.places
    ]
    twice = (
        SignUp.objects.filter(status__in=ACTIVE).values("shift", "volunteer").annotate(n=Count("pk")).filter(n__gt=1)
    )
    wrong += [f"twice: {one}" for one in twice]
    times: dict[int, list[SignUp]] = {}
    for signup in SignUp.objects.filter(status__in=HOLDING).select_related("shift"):
        times.setdefault(signup.volunteer_id, []).append(signup)
    for held_by_one in times.values():
        starts = [signup.shift.starts_at for signup in held_by_one]
        wrong += [f"at two places: {held_by_one}"] if len(set(starts)) < len(starts) else []
    return wrong


def storm(database: Path, home: Path, seconds: float) -> None:
    shifts, runners, stop, seen = overlapping_shifts(), people(PEOPLE), threading.Event(), Counter()
    with serving(database, home) as server, ThreadPoolExecutor(THREADS + 1) as pool:
        until = time.monotonic() + seconds

        def run(number: int) -> None:
            chance, mine = random.Random(number), runners[number::THREADS]
            while time.monotonic() < until:
                act(server, chance.choice(mine), shifts, chance, seen)

        clock = pool.submit(change_places, shifts, stop)
        done = [pool.submit(run, number) for number in range(THREADS)]
        try:
            for one in done:
                one.result()
        finally:
            stop.set()
        clock.result()
        said = server.said
    FIGURES.info(f"{seconds:.0f} s: {dict(seen)}")
    assert set(seen) <= {201, 204, 409}, said[-3000:]
    assert seen[201] > THREADS / 2
    assert broken() == []


def test_three_seconds_of_storm(committed_db, tmp_path):
    storm(committed_db, tmp_path, 3)


@pytest.mark.long
def test_a_minute_of_storm(committed_db, tmp_path):
    storm(committed_db, tmp_path, 60)


def test_the_storm_would_see_a_broken_word(committed_db):
    shift = a_shift(places=3)
    Shift.objects.filter(pk=shift.pk).update(places_taken=1)
    assert len(broken()) == 1
