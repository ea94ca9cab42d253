"""Many people at once, over connections of their own: a place is never sold twice. And that this test could see it."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import IntegrityError, connection, connections
from django.db.models import Count, F

from marketplace.shifts.models import Shift
from marketplace.signups.actions import life, sign_up, withdraw_signup
from marketplace.signups.models import SignUp
from marketplace.volunteers.models import Volunteer
from tests.factories import a_shift, a_volunteer

PEOPLE, PLACES = 40, 5


def all_at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Run each job in a thread of its own, started together; what each gave back, or the exception it met."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return job()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def joining(shift: Shift, volunteer: Volunteer, **fields) -> Callable[[], str]:
    return lambda: sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True, **fields).status


def test_forty_at_once_for_five_places(committed_db):
    shift = a_shift(places=PLACES)
    everybody = [a_volunteer() for _person in range(PEOPLE)]

    answers = all_at_once([joining(shift, volunteer) for volunteer in everybody])

    assert Counter(answers) == {"confirmed": PLACES, "waitlisted": PEOPLE - PLACES}
    assert Shift.objects.get(pk=shift.pk).places_taken == PLACES
    in_order = list(SignUp.objects.filter(shift=shift).order_by("pk"))
    assert [signup.status for signup in in_order] == ["confirmed"] * PLACES + ["waitlisted"] * (PEOPLE - PLACES)
    assert list(shift.signups.waiting()) == in_order[PLACES:]


def test_this_race_sees_overselling(committed_db):
    """The control: with a count that is read first and written later, the same race sells more places than there are."""
    looked = threading.Barrier(PEOPLE)

    def naive_sign_up(shift: Shift, volunteer: Volunteer) -> bool:
        free = Shift.objects.filter(pk=shift.pk, places_taken__lt=F("places")).exists()
        looked.wait(timeout=30)
        if free:
            SignUp.objects.create(
                shift=shift, volunteer=volunteer, joined_at=shift.starts_at, made_by_id=volunteer.user_id
            )
        return free

    shift = a_shift(places=PLACES)
    everybody = [a_volunteer() for _person in range(PEOPLE)]

    all_at_once([lambda volunteer=volunteer: naive_sign_up(shift, volunteer) for volunteer in everybody])

    assert SignUp.objects.filter(shift=shift, status="confirmed").count() > PLACES


def test_the_database_stops_a_place_that_the_code_would_sell_twice(committed_db, monkeypatch):
    """The second wall: even an update without its condition cannot pass the check constraint."""
    monkeypatch.setattr(
        life,
        "take_place",
        lambda shift: bool(Shift.objects.filter(pk=shift.pk).update(places_taken=F("places_taken") + 1)),
    )
    shift = a_shift(places=PLACES)

    answers = all_at_once([joining(shift, a_volunteer()) for _person in range(PLACES + 3)])

    assert answers.count("confirmed") == PLACES
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 3
    assert SignUp.objects.filter(shift=shift).count() == PLACES


def test_a_double_tap_signs_up_once(committed_db):
    shift, volunteer = a_shift(places=PLACES), a_volunteer()

    answers = all_at_once([joining(shift, volunteer, key="one page")] * 8)

    assert answers == ["confirmed"] * 8
    assert SignUp.objects.filter(shift=shift).count() == 1
    assert Shift.objects.get(pk=shift.pk).places_taken == 1


def test_one_person_cannot_promise_two_places_at_one_time(committed_db):
    first = a_shift(places=PLACES)
    at_once = [first, *(a_shift(need=first.need, places=PLACES) for _one in range(5))]
    volunteer = a_volunteer()

    answers = all_at_once([joining(shift, volunteer) for shift in at_once])

    assert Counter(str(answer)[:9] for answer in answers)["confirmed"] == 1
    assert SignUp.objects.filter(volunteer=volunteer).count() == 1


def test_joining_and_leaving_at_once_keeps_the_count_true(committed_db):
    shift = a_shift(places=PLACES)
    staying, leaving = ([a_volunteer() for _person in range(10)] for _side in range(2))
    held = [sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True) for volunteer in leaving]

    answers = all_at_once(
        [joining(shift, volunteer) for volunteer in staying]
        + [lambda signup=signup: withdraw_signup(signup, actor=signup.volunteer.user).status for signup in held]
    )

    statuses = dict(SignUp.objects.filter(shift=shift).values_list("status").annotate(Count("pk")))
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert statuses == {"withdrawn": 10, "confirmed": PLACES, "waitlisted": 5}
    assert Shift.objects.get(pk=shift.pk).places_taken == PLACES
