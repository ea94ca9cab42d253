"""The slot: made in the future, published once, adopted once, never oversold."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.shifts.actions import (
    adopt_shift,
    create_shift,
    free_place,
    publish_shifts,
    release_shift,
    take_place,
)
from marketplace.shifts.models import Shift
from marketplace.workflow.refusals import Refused
from tests.factories import a_need, a_program, a_shift, a_site, a_skill, a_user, hours


def again(shift):
    return Shift.objects.get(pk=shift.pk)


@pytest.mark.django_db
def test_create_makes_an_unpublished_open_shift():
    start, end = hours()
    site, program = a_site(), a_program()

    shift = create_shift(
        actor=program.drafted_by,
        program=program,
        site=site,
        starts_at=start,
        ends_at=end,
        places=3,
        skills=[a_skill()],
    )

    assert (shift.status, shift.published_at, shift.places_left, shift.is_full) == ("open", None, 3, False)
    assert list(shift.skills.all()) == [a_skill()]
    assert (shift.parent, shift.title, shift.area_code) == (program, program.title, site.area.code)
    assert [event.verb for event in Event.objects.about(shift)] == ["shift.created"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "lasts", "sentence"),
    [
        (-1, 2, "开始时间已经过去，请选择以后的时间。"),
        (72, 0, "结束时间要晚于开始时间。"),
        (72, -2, "结束时间要晚于开始时间。"),
        (72, 24.5, "一个场次不能超过 24 小时，请分成几个场次。"),
    ],
)
def test_create_refuses_impossible_times(begins, lasts, sentence):
    start, end = hours(begins, lasts=lasts)

    with pytest.raises(Refused) as refusal:
        create_shift(actor=a_user(), program=a_program(), site=a_site(), starts_at=start, ends_at=end, places=1)

    assert refusal.value.sentence == sentence
    assert Shift.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("shift_has_parent", {"need": None, "program": None}),
        ("shift_ends_after_start", {"ends_at": timezone.now()}),
        ("shift_never_oversold", {"places_taken": 4}),
        ("shift_has_places", {"places": 0, "places_taken": 0}),
    ],
)
def test_database_refuses_impossible_shifts(name, changes):
    shift = a_shift(places=3)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(**changes)


@pytest.mark.django_db
def test_publishing_again_keeps_the_first_time():
    shift = a_shift(published_at=None)
    publish_shifts([shift], actor=None)
    first = again(shift).published_at

    publish_shifts([again(shift)], actor=None)

    assert again(shift).published_at == first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"status": "cancelled"}, {"status": "held"}, {"in_hours": -1}], ids=["cancelled", "held", "begun"]
)
def test_adoption_is_refused_where_nothing_can_be_run(changes):
    shift = a_shift(**changes)

    with pytest.raises(Refused, match="已被认领、取消或已开始"):
        adopt_shift(shift, a_program(), actor=None)

    assert again(shift).program is None


@pytest.mark.django_db
def test_adoption_keeps_need_places_and_people_and_happens_once():
    shift, program = a_shift(places_taken=2), a_program()

    adopt_shift(shift, program, actor=None)

    assert (again(shift).program, again(shift).need, again(shift).places_taken) == (program, shift.need, 2)
    with pytest.raises(Refused):
        adopt_shift(again(shift), a_program(), actor=None)
    assert again(shift).program == program


@pytest.mark.django_db
def test_release_gives_a_needs_shift_back_and_leaves_a_programs_own_alone():
    adopted = a_shift(need=a_need(status="published", windows=0), program=a_program())
    own = a_shift(program=a_program())

    release_shift(adopted, actor=None)
    release_shift(own, actor=None)

    assert (again(adopted).program, adopted.program) == (None, None)
    assert again(own).program is not None


@pytest.mark.django_db
def test_adopted_shift_is_found_under_its_program():
    program = a_program(risk_disclosure="小心路滑", risk_version=4)
    shift = a_shift(need=a_need(status="published", windows=0, risk_version=2), program=program)

    assert (shift.title, shift.risk_disclosure, shift.risk_version) == (program.title, "小心路滑", 4)


@pytest.mark.django_db
def test_places_are_taken_until_they_are_gone_and_freed_no_further_than_all():
    shift = a_shift(places=2)

    assert [take_place(shift) for _ in range(3)] == [True, True, False]
    for _ in range(3):
        free_place(shift)

    assert again(shift).places_taken == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["cancelled", "held"])
def test_place_of_a_shift_that_is_not_open_is_not_taken(status):
    shift = a_shift(status=status)

    assert take_place(shift) is False
    assert again(shift).places_taken == 0


def test_last_place_goes_to_one_of_many_who_try_at_once(committed_db):
    shift = a_shift(places=2, places_taken=1)
    begin, outcomes = threading.Barrier(4), []

    def take() -> None:
        begin.wait()
        try:
            outcomes.append(take_place(shift))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [False, False, False, True]
    assert again(shift).places_taken == 2


@pytest.mark.django_db
def test_shift_that_ends_the_next_morning_is_fine():
    start, end = hours(72, lasts=24)

    shift = create_shift(actor=a_user(), program=a_program(), site=a_site(), starts_at=start, ends_at=end, places=1)

    assert shift.ends_at - shift.starts_at == timedelta(hours=24)
