"""Each hard rule: when it refuses, when it passes, and the days and minutes on either side of its border."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.geography.distance import great_circle_km
from marketplace.geography.travel import straight_line_minutes
from marketplace.matching.constraints import fits_calendar, needs_adult, needs_clearance, needs_skill, obstacles
from marketplace.matching.facts import Commitment, Obstacle

from .facts import HERE, a_person, a_slot, at

SERVICE_DAY = date(2026, 11, 28)
RECORD_CHECK = {"record_check": "无违法犯罪记录查询"}
BOTH = {**RECORD_CHECK, "training": "未成年人保护培训"}
AWAY = (105.067, 26.540)


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(("is_adult", "adults_only", "refused"), [(1, 1, 0), (1, 0, 0), (0, 0, 0), (0, 1, 1)])
def test_needs_adult_refuses_minors_only_where_adults_are_asked(is_adult, adults_only, refused):
    found = needs_adult(a_person(is_adult=bool(is_adult)), a_slot(adults_only=bool(adults_only)))

    assert found == (Obstacle("age", "这个场次需要年满 18 岁。") if refused else None)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (SERVICE_DAY - days(364), SERVICE_DAY, False),  # expires on the day of service
        (SERVICE_DAY - days(365), SERVICE_DAY - days(1), True),  # expired the day before
        (SERVICE_DAY, SERVICE_DAY + days(365), False),  # checked on the day of service
        (SERVICE_DAY + days(1), SERVICE_DAY + days(366), True),  # checked the day after
    ],
)
def test_needs_clearance_asks_for_the_day_of_service(first, last, refused):
    person = a_person(clearances={"record_check": ((first, last),)})

    found = needs_clearance(person, a_slot(clearances=RECORD_CHECK))

    assert found == (Obstacle("clearance", "还差 1 项：无违法犯罪记录查询。") if refused else None)


def test_needs_clearance_names_everything_that_is_missing():
    assert needs_clearance(a_person(), a_slot(clearances=BOTH)) == Obstacle(
        "clearance", "还差 2 项：无违法犯罪记录查询、未成年人保护培训。"
    )


def test_needs_clearance_is_not_asked_where_nobody_needs_one():
    assert needs_clearance(a_person(), a_slot()) is None


def test_needs_clearance_covers_a_shift_over_midnight_to_its_end():
    night = a_slot(starts_at=at("2026-11-28 22:00"), ends_at=at("2026-11-29 02:00"), clearances=RECORD_CHECK)
    until_saturday = a_person(clearances={"record_check": ((date(2026, 1, 1), SERVICE_DAY),)})
    until_sunday = a_person(clearances={"record_check": ((date(2026, 1, 1), SERVICE_DAY + days(1)),)})

    assert needs_clearance(until_saturday, night) is not None
    assert needs_clearance(until_sunday, night) is None


def test_needs_clearance_takes_the_day_in_shanghai_not_in_utc():
    early = a_slot(starts_at=at("2026-11-28 07:00"), ends_at=at("2026-11-28 09:00"), clearances=RECORD_CHECK)
    until_the_day_before = a_person(clearances={"record_check": ((date(2026, 1, 1), SERVICE_DAY - days(1)),)})

    assert needs_clearance(until_the_day_before, early) is not None


def test_needs_clearance_does_not_join_two_spans():
    night = a_slot(starts_at=at("2026-11-28 22:00"), ends_at=at("2026-11-29 02:00"), clearances=RECORD_CHECK)
    spans = ((date(2026, 1, 1), SERVICE_DAY), (SERVICE_DAY + days(1), date(2027, 11, 29)))

    assert needs_clearance(a_person(clearances={"record_check": spans}), night) is not None


def test_needs_skill_names_only_what_the_person_lacks():
    slot = a_slot(skills={"homework": "课业辅导", "english": "英语", "music": "音乐"})

    found = needs_skill(a_person(skills=frozenset({"english"})), slot)

    assert found == Obstacle("skill", "需要会：课业辅导、音乐。会的话请在「我的资料」里勾选。")
    assert needs_skill(a_person(skills=frozenset({"homework", "english", "music", "yi"})), slot) is None


def held(start: str, end: str, *, place=HERE, shift_id: int = 2) -> Commitment:
    return Commitment(shift_id, at(f"2026-11-28 {start}"), at(f"2026-11-28 {end}"), place)


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        ("08:00", "09:00", True),  # next door still takes a minute
        ("08:00", "08:59", False),
        ("11:30", "12:00", True),
        ("11:31", "12:00", False),
        ("10:00", "10:30", True),  # inside
        ("08:00", "13:00", True),  # around
    ],
)
def test_fits_calendar_leaves_a_minute_to_change_rooms(start, end, refused):
    found = fits_calendar(a_person(commitments=(held(start, end),)), a_slot())

    assert (found is not None) == refused


def test_fits_calendar_leaves_time_for_the_way():
    minutes = straight_line_minutes(great_circle_km(HERE, AWAY))
    assert minutes == 27
    just_in_time = held("06:00", "08:33", place=AWAY)
    a_minute_late = held("06:00", "08:34", place=AWAY)

    assert fits_calendar(a_person(commitments=(just_in_time,)), a_slot()) is None
    assert fits_calendar(a_person(commitments=(a_minute_late,)), a_slot()) == Obstacle(
        "overlap", "与您已报名的 11月28日 周六 06:00–08:34 时间冲突（含路上时间）。"
    )


def test_fits_calendar_counts_no_way_where_a_place_is_unknown():
    assert fits_calendar(a_person(commitments=(held("08:00", "09:00", place=None),)), a_slot()) is None
    assert fits_calendar(a_person(commitments=(held("08:00", "09:01", place=None),)), a_slot()) is not None


def test_fits_calendar_takes_the_known_time_in_place_of_the_estimate():
    ends_at_eight = Commitment(2, at("2026-11-28 06:00"), at("2026-11-28 08:00"), HERE, "520204002005")
    person = a_person(commitments=(ends_at_eight,))
    known = {("520204002", "520203001"): 61}

    def refused(person_with, place) -> bool:
        return fits_calendar(person_with, a_slot(place=place, area_code="520203001002")) is not None

    assert not refused(person, AWAY)
    assert refused(replace(person, journeys=known), AWAY)
    assert refused(replace(person, journeys=known), None)  # known although neither point is
    assert not refused(replace(person, journeys={("520204002", "520203001"): 60}), AWAY)


def test_fits_calendar_takes_the_known_time_of_the_direction_that_is_gone():
    known = {("520204002", "520203001"): 20, ("520203001", "520204002"): 90}
    before = Commitment(2, at("2026-11-28 06:00"), at("2026-11-28 08:00"), HERE, "520204002")
    after = Commitment(3, at("2026-11-28 12:30"), at("2026-11-28 13:30"), HERE, "520204002")
    slot = a_slot(area_code="520203001")

    assert fits_calendar(a_person(commitments=(before,), journeys=known), slot) is None
    assert fits_calendar(a_person(commitments=(after,), journeys=known), slot) is not None


def test_fits_calendar_does_not_clash_with_itself():
    assert fits_calendar(a_person(commitments=(held("09:00", "11:30", shift_id=1),)), a_slot()) is None


@given(gap=st.integers(-300, 300), length=st.integers(1, 300), other=st.integers(1, 300), apart=st.floats(0, 0.5))
def test_fits_calendar_is_the_same_from_both_sides(gap, length, other, apart):
    start = at("2026-11-28 09:00")
    place = (HERE[0] + apart, HERE[1])
    one = (start, start + timedelta(minutes=length))
    two = (start + timedelta(minutes=gap), start + timedelta(minutes=gap + other))

    def clash(held_times, wanted_times, held_at, wanted_at) -> bool:
        person = a_person(commitments=(Commitment(2, *held_times, held_at),))
        return (
            fits_calendar(person, a_slot(starts_at=wanted_times[0], ends_at=wanted_times[1], place=wanted_at))
            is not None
        )

    assert clash(one, two, HERE, place) == clash(two, one, place, HERE)


def test_obstacles_gives_all_of_them_in_the_order_in_which_they_are_mended():
    person = a_person(is_adult=False, commitments=(held("09:00", "10:00"),))
    slot = a_slot(adults_only=True, clearances=RECORD_CHECK, skills={"homework": "课业辅导"})

    assert [obstacle.code for obstacle in obstacles(person, slot)] == ["age", "clearance", "skill", "overlap"]


def test_obstacles_is_empty_for_somebody_who_may_come():
    assert obstacles(a_person(), a_slot()) == []
