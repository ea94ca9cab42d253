"""The score against values computed by hand, how it grows, and the order in which its reasons are said."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.scoring import Score, Term, Weights, part_of, score

from .facts import HERE, a_person, a_slot, at

FAR = (105.067, 26.540)  # 10.9 km, 27 minutes
SKILLS = {"homework": "课业辅导", "english": "英语"}


def points(person, shift) -> dict[str, float]:
    return {term.code: term.points for term in score(person, shift).terms}


def words(person, shift) -> dict[str, str]:
    return {term.code: term.words for term in score(person, shift).terms}


def test_score_of_a_plain_shift_next_door():
    found = score(a_person(), a_slot())

    assert {term.code: term.points for term in found.terms} == pytest.approx(
        {"reach": 30 / 31, "skill": 0.18, "urgency": 0.6 * 10 / 35, "deficit": 1.2, "time": 0}
    )
    assert found.total == pytest.approx(0.967742 + 0.18 + 0.171429 + 1.2, abs=1e-6)


def test_score_of_an_urgent_forgotten_shift_far_away():
    slot = a_slot(place=FAR, is_urgent=True, weeks_unserved=4, places=5, places_taken=2, skills=SKILLS)
    person = a_person(skills=frozenset({"homework"}), free_times=frozenset({(5, "morning")}))

    assert points(person, slot) == pytest.approx(
        {
            "reach": 30 / 57,
            "skill": 0.3 * 0.5,
            "urgency": 0.6 * 45 / 70,  # 10 · 3 · (1 + 4/8)
            "deficit": 1.2 * (1 - 0.8 * 2 / 5),
            "time": 0.2,
        }
    )


def test_score_says_nothing_where_nothing_is_known():
    nowhere = a_person(place=None)

    assert points(nowhere, a_slot())["reach"] == 0
    assert points(a_person(), a_slot(place=None))["reach"] == 0
    assert words(nowhere, a_slot())["reach"] == ""


def test_reach_takes_the_known_time_in_place_of_the_estimate():
    person = a_person(area_code="520204002", journeys={("520204002", "520203001"): 60})
    slot = a_slot(place=FAR, area_code="520203001")

    assert points(person, slot)["reach"] == pytest.approx(30 / 90)
    assert words(person, slot)["reach"] == "距 10.9 公里 · 约 1 小时"


def test_words_are_made_only_when_they_are_asked_for():
    asked = []
    found = Score(
        (Term("reach", 1.0, lambda: asked.append("reach") or "近"), Term("time", 0.0, lambda: asked.append("time")))
    )

    assert found.total == 1.0
    assert asked == []
    assert found.reasons() == ["近"]
    assert asked == ["reach"]


def test_weeks_beyond_eight_add_nothing():
    assert points(a_person(), a_slot(weeks_unserved=8)) == points(a_person(), a_slot(weeks_unserved=30))


def test_deficit_never_goes_below_nothing():
    assert points(a_person(), a_slot(places=1, places_taken=5))["deficit"] == 0


def test_reasons_come_largest_first_and_skip_what_has_no_words():
    slot = a_slot(place=FAR, is_urgent=True, skills=SKILLS)
    person = a_person(skills=frozenset(SKILLS), free_times=frozenset({(5, "morning")}))

    # deficit 1.2, reach .526, urgency .327, skill .3, time .2
    assert score(person, slot).reasons() == [
        "还没有人报名",
        "距 10.9 公里 · 约 27 分钟",
        "需求紧急",
        "会课业辅导、英语",
        "周六上午有空",
    ]


def test_reasons_of_a_full_shift_leave_the_deficit_out():
    assert score(a_person(place=None), a_slot(places_taken=4)).reasons() == []


def test_reasons_tell_how_long_nobody_came():
    assert words(a_person(), a_slot(weeks_unserved=1, is_urgent=True))["urgency"] == "需求紧急"
    assert words(a_person(), a_slot(weeks_unserved=2, is_urgent=True))["urgency"] == "这里已 2 周没有人来"


def test_equal_terms_keep_their_order():
    even = Weights(reach=31 / 30, skill=1 / 0.6, urgency=0, deficit=1, preferred_time=1)
    person = a_person(free_times=frozenset({(5, "morning")}))

    assert score(person, a_slot(), even).reasons() == ["距 10 米 · 约 1 分钟", "还没有人报名", "周六上午有空"]


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening"), (23, "evening")],
)
def test_part_of_the_day_changes_at_noon_and_at_six(hour, part):
    assert part_of(hour) == part


def test_free_time_is_read_in_shanghai():
    early = a_slot(starts_at=at("2026-11-28 07:00"), ends_at=at("2026-11-28 08:00"))
    saturday = a_person(free_times=frozenset({(5, "morning")}))
    friday = a_person(free_times=frozenset({(4, "evening")}))

    assert (points(saturday, early)["time"], points(friday, early)["time"]) == (0.2, 0)


slots = st.builds(
    a_slot,
    places=st.integers(1, 50),
    places_taken=st.integers(0, 50),
    is_urgent=st.booleans(),
    weeks_unserved=st.integers(0, 20),
    place=st.tuples(st.floats(104.3, 105.7), st.floats(25.3, 26.9)),
)


@given(slot=slots, further=st.floats(0.01, 0.5))
def test_score_never_rises_with_the_way(slot, further):
    near = a_slot(**{**vars(slot), "place": HERE})
    far = a_slot(**{**vars(slot), "place": (HERE[0] + further, HERE[1])})

    assert score(a_person(), far).total <= score(a_person(), near).total


@given(slot=slots)
def test_score_never_rises_with_each_further_sign_up(slot):
    one_more = a_slot(**{**vars(slot), "places_taken": slot.places_taken + 1})

    assert score(a_person(), one_more).total <= score(a_person(), slot).total


@given(slot=slots, weeks=st.integers(1, 20))
def test_score_never_falls_with_urgency_or_with_weeks_without_anybody(slot, weeks):
    calm = a_slot(**{**vars(slot), "is_urgent": False})
    urgent = a_slot(**{**vars(slot), "is_urgent": True})
    forgotten = a_slot(**{**vars(slot), "weeks_unserved": slot.weeks_unserved + weeks})

    assert score(a_person(), urgent).total > score(a_person(), calm).total
    assert score(a_person(), forgotten).total >= score(a_person(), slot).total


@given(slot=slots, known=st.sets(st.sampled_from(sorted(SKILLS))), learned=st.sampled_from(sorted(SKILLS)))
def test_score_never_falls_with_a_skill(slot, known, learned):
    wanted = a_slot(**{**vars(slot), "skills": SKILLS})

    before = score(a_person(skills=frozenset(known)), wanted).total
    after = score(a_person(skills=frozenset(known | {learned})), wanted).total

    assert after >= before


@given(slot=slots)
def test_score_is_finite_and_not_negative(slot):
    assert 0 <= score(a_person(), slot).total <= 1.0 + 0.3 + 0.6 + 1.2 + 0.2


def test_a_later_shift_scores_the_same():
    later = a_slot(starts_at=at("2026-11-28 09:00") + timedelta(weeks=3), ends_at=at("2026-12-19 11:30"))

    assert score(a_person(), later).total == score(a_person(), a_slot()).total
