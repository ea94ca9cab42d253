"""A shift is moved: to when and where it may be, with what stood before kept in the event."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.shifts.actions import move_shift, publish_shifts
from marketplace.shifts.models import Shift
from marketplace.workflow.models import Remark
from marketplace.workflow.refusals import Refused
from search.models import SearchSlot
from tests.factories import a_need, a_program, a_shift, a_site, a_user, hours

pytestmark = pytest.mark.django_db


def again(shift):
    return Shift.objects.get(pk=shift.pk)


def refusal_of(shift, start, end, **changes):
    with pytest.raises(Refused) as refusal:
        move_shift(shift, starts_at=start, ends_at=end, actor=a_user(), **changes)
    return refusal.value.sentence


def test_event_keeps_old_and_new_and_the_words_stand_beside_it():
    shift, site, actor = a_shift(program=a_program(status="approved")), a_site(kind="elder_point"), a_user()
    old, (start, end) = again(shift), hours(100)

    move_shift(shift, starts_at=start, ends_at=end, site=site, actor=actor, remark="学校开运动会")

    moved = again(shift)
    assert (moved.starts_at, moved.ends_at, moved.site) == (start, end, site)
    assert (shift.starts_at, shift.site) == (start, site)
    [event] = Event.objects.filter(verb="shift.moved")
    assert (event.actor_id, event.details["before"], event.details["after"]) == (
        actor.pk,
        {"starts_at": old.starts_at.isoformat(), "ends_at": old.ends_at.isoformat(), "site": old.site_id},
        {"starts_at": start.isoformat(), "ends_at": end.isoformat(), "site": site.pk},
    )
    assert Remark.objects.get(event_id=event.pk).text == "学校开运动会"


def test_search_finds_it_at_its_new_time():
    shift = a_shift(program=a_program(status="approved"))
    publish_shifts([shift], actor=None)
    start, end = hours(100)

    move_shift(shift, starts_at=start, ends_at=end, actor=a_user())

    assert SearchSlot.objects.get(pk=shift.pk).starts == start.timestamp()


def test_question_of_enough_adults_is_asked_anew():
    shift = a_shift(short_of_adults_at=timezone.now())
    start, end = hours(100)

    assert move_shift(shift, starts_at=start, ends_at=end, actor=a_user()).short_of_adults_at is None


@pytest.mark.parametrize(
    ("begins", "lasts", "sentence"),
    [
        (-1, 2, "开始时间已经过去，请选择以后的时间。"),
        (24 * 400, 2, "时间最多提前一年安排，请选近一些的日期。"),
        (100, -1, "结束时间要晚于开始时间。"),
        (100, 25, "一个场次不能超过 24 小时，请分成几个场次。"),
        (72, 2.5, "时间和地点都和原来一样，没有改动。"),
    ],
)
def test_impossible_times_are_refused_and_nothing_changes(begins, lasts, sentence):
    shift = a_shift(in_hours=72)
    before = again(shift).starts_at

    assert refusal_of(shift, *hours(begins, lasts=lasts)) == sentence
    assert (again(shift).starts_at, Event.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "cancelled"}, "这一场已经取消或举行过，不能改时间。"),
        ({"status": "held"}, "这一场已经取消或举行过，不能改时间。"),
        ({"in_hours": -1}, "活动已经开始，不能改时间；没有举行的话，请登记到场情况。"),
    ],
)
def test_shift_that_is_over_stays_where_it_was(fields, sentence):
    assert refusal_of(a_shift(**fields), *hours(100)) == sentence


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({}, True),
        ({"in_hours": 101}, True),
        ({"in_hours": 103}, False),
        ({"task": "手工"}, False),
        ({"status": "cancelled"}, False),
        ({"elsewhere": True}, False),
        ({"program": "another"}, False),
    ],
)
def test_same_role_is_not_twice_at_one_place_and_time(other, refused):
    program, site = a_program(status="approved"), a_site()
    shift = a_shift(program=program, site=site)
    fields = {"in_hours": 100, "site": a_site() if other.pop("elsewhere", False) else site, "program": program, **other}
    if fields["program"] == "another":
        fields["program"] = a_program(status="approved")
    a_shift(**fields)

    if refused:
        assert refusal_of(shift, *hours(100)) == f"{site}在这个时间已经有同样的一场，请换个时间。"
    else:
        start, end = hours(100)
        assert move_shift(shift, starts_at=start, ends_at=end, actor=a_user()).starts_at == start


def test_shift_of_a_need_stays_at_the_needs_site():
    need = a_need(status="published", windows=0)
    shift = a_shift(need=need, program=a_program(status="approved"))

    sentence = refusal_of(shift, *hours(100), site=a_site())

    assert sentence == f"这一场回应的是{need.site}的需求，只能改时间，不能换地点。"


def test_closed_site_takes_nobody():
    closed = a_site(status="closed")

    assert refusal_of(a_shift(program=a_program()), *hours(100), site=closed) == f"{closed}已经关闭，请选别的地点。"


@pytest.mark.parametrize(("guarded", "refused"), [(False, True), (True, False)])
def test_nobody_comes_to_a_childrens_home_without_the_clearance_it_asks(guarded, refused):
    home = a_site()
    shift = a_shift(program=a_program(), site=a_site(kind="elder_point"), clearance_required=guarded)

    if refused:
        assert "是儿童之家，这一场没有要求审查" in refusal_of(shift, *hours(100), site=home)
    else:
        start, end = hours(100)
        assert move_shift(shift, starts_at=start, ends_at=end, site=home, actor=a_user()).site == home


def test_refusal_of_whoever_calls_it_comes_first():
    shift = a_shift()

    assert refusal_of(shift, *hours(100), refuse=lambda _fresh, _who: "不行。") == "不行。"


def test_moving_in_the_last_minute_is_moving_in_time():
    shift = a_shift()
    start, end = hours(100)
    begin = shift.starts_at

    sentence = refusal_of(shift, start, end, now=begin)
    assert sentence == "活动已经开始，不能改时间；没有举行的话，请登记到场情况。"
    moved = move_shift(shift, starts_at=start, ends_at=end, actor=a_user(), now=begin - timedelta(minutes=1))
    assert moved.starts_at == start
