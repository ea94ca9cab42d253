"""Who may serve at all: restrictions, guardians, papers, languages, insurance, the person's own limit, by the day."""

from datetime import date, timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.constraints import (
    is_of_age,
    needs_adult,
    needs_guardian,
    needs_insurance,
    needs_language,
    needs_qualification,
    needs_skill,
    not_restricted,
    obstacles,
    within_weekly_limit,
)
from marketplace.matching.facts import Commitment, Obstacle, Restricted

from .facts import HERE, a_person, a_slot, at

DAY = date(2026, 11, 28)
ONE = timedelta(days=1)
MINOR = {"is_adult": False}
offsets = st.integers(-400, 400)
RESTRICTED = "这一场暂时不能安排您参加。想了解情况，请问您常住乡镇（街道）的工作人员，或拨打 12345。"
OVERNIGHT = {"starts_at": at("2026-11-28 22:00"), "ends_at": at("2026-11-29 02:00")}


def restricted(kind: str, first: date = DAY, last: date | None = None, **where) -> Restricted:
    return Restricted(kind, where.get("site_id"), where.get("organization_id"), first, last)


@pytest.mark.parametrize(
    ("kind", "slot", "refused"),
    [
        ("everything", {}, True),
        ("children", {"for_children": True}, True),
        ("children", {"for_children": False}, False),
        ("site", {"site_id": 7}, True),
        ("site", {"site_id": 8}, False),
        ("organization", {"organization_id": 9}, True),
        ("organization", {"organization_id": 7}, False),
        ("organization", {"organization_id": None}, False),
    ],
)
def test_not_restricted_by_what_each_kind_keeps_from(kind, slot, refused):
    person = a_person(restrictions=(restricted(kind, site_id=7, organization_id=9),))

    with override_settings(HELP_PHONE="12345"):
        assert not_restricted(person, a_slot(**slot)) == (Obstacle("restricted", RESTRICTED) if refused else None)


@given(first=offsets, length=st.none() | st.integers(0, 400))
def test_not_restricted_refuses_exactly_the_days_from_first_to_last(first, length):
    start = DAY + first * ONE
    last = None if length is None else start + length * ONE
    found = not_restricted(a_person(restrictions=(restricted("everything", start, last),)), a_slot())

    assert (found is not None) == (start <= DAY and (last is None or last >= DAY))


def test_not_restricted_looks_at_every_day_of_a_night():
    tomorrow_only = a_person(restrictions=(restricted("everything", DAY + ONE, DAY + ONE),))

    assert not_restricted(tomorrow_only, a_slot()) is None
    assert not_restricted(tomorrow_only, a_slot(**OVERNIGHT)) is not None


@given(
    kinds=st.lists(st.sampled_from(["everything", "children", "site", "organization"]), min_size=1),
    slot=st.sampled_from([{"for_children": True, "site_id": 7, "organization_id": 9}]),
)
def test_not_restricted_says_the_same_whatever_the_reason(kinds, slot):
    person = a_person(restrictions=tuple(restricted(kind, site_id=7, organization_id=9) for kind in kinds))

    assert not_restricted(person, a_slot(**slot)) == not_restricted(
        a_person(restrictions=(restricted("everything"),)), a_slot()
    )


@pytest.mark.parametrize(
    ("said", "adult_on", "of_age"),
    [(True, None, True), (False, None, False), (True, DAY + ONE, False), (False, DAY, True)],
)
def test_is_of_age_by_the_birth_date_where_it_is_known(said, adult_on, of_age):
    person = a_person(is_adult=said, adult_on=adult_on)

    assert is_of_age(person, DAY) is of_age
    assert (needs_adult(person, a_slot(adults_only=True)) is None) is of_age


@given(first=offsets, length=st.integers(0, 400))
def test_needs_guardian_until_one_agreed_for_that_day(first, length):
    span = (DAY + first * ONE, DAY + (first + length) * ONE)
    found = needs_guardian(a_person(**MINOR, guardian_agreed=(span,)), a_slot())

    assert (found is None) == (span[0] <= DAY <= span[1])


def test_needs_guardian_tells_what_to_do():
    assert needs_guardian(a_person(**MINOR), a_slot()) == Obstacle(
        "guardian", "还差监护人同意：请在「我的资料」里填写监护人，再由监护人打开链接确认。"
    )


def test_needs_guardian_is_not_asked_of_adults_nor_where_only_adults_serve():
    assert needs_guardian(a_person(), a_slot()) is None
    assert needs_guardian(a_person(**MINOR), a_slot(adults_only=True)) is None


def test_needs_guardian_asks_for_a_consent_until_the_end_of_a_night():
    person = a_person(**MINOR, guardian_agreed=((DAY, DAY),))

    assert needs_guardian(person, a_slot(**OVERNIGHT)) is not None


LANGUAGES = {"miao": "苗语", "yi": "彝语", "sign": "中国手语"}
PAPERS = {"first_aid": "急救", "driving": "驾驶"}


@given(known=st.sets(st.sampled_from(sorted(LANGUAGES))), asked=st.sets(st.sampled_from(sorted(LANGUAGES))))
def test_needs_language_names_exactly_what_the_person_does_not_speak(known, asked):
    wanted = {code: name for code, name in LANGUAGES.items() if code in asked}
    missing = "、".join(name for code, name in wanted.items() if code not in known)
    expected = Obstacle("language", f"需要会说：{missing}。会的话请在「我的资料」里勾选。") if missing else None

    assert needs_language(a_person(languages=frozenset(known)), a_slot(languages=wanted)) == expected


@given(first=offsets, length=st.none() | st.integers(0, 400))
def test_needs_qualification_until_a_paper_holds_on_that_day(first, length):
    start = DAY + first * ONE
    last = None if length is None else start + length * ONE
    person = a_person(qualified={"first_aid": ((start, last),)})
    found = needs_qualification(person, a_slot(skills=PAPERS, qualifications={"first_aid": "急救"}))

    assert (found is None) == (start <= DAY and (last is None or last >= DAY))


def test_a_skill_that_takes_a_paper_is_not_had_by_saying_so():
    person = a_person(skills=frozenset(PAPERS), qualified={"driving": ((DAY, None),)})
    slot = a_slot(skills=PAPERS, qualifications=PAPERS)

    assert needs_skill(person, slot) is None
    assert needs_qualification(person, slot) == Obstacle(
        "qualification", "需要核对过、当天有效的证明：急救。有的话请在「我的资料」里上传，由工作人员核对。"
    )


def test_a_skill_that_takes_a_paper_is_asked_once():
    slot = a_slot(skills=PAPERS, qualifications=PAPERS)

    assert [obstacle.code for obstacle in obstacles(a_person(), slot)] == ["qualification"]


@pytest.mark.parametrize(("needed", "insured", "refused"), [(0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 1)])
def test_needs_insurance_where_there_is_danger_and_no_policy(needed, insured, refused):
    found = needs_insurance(a_person(), a_slot(needs_insurance=bool(needed), is_insured=bool(insured)))

    assert (found is not None) == bool(refused)


def held(start: str, shift_id: int) -> Commitment:
    return Commitment(shift_id, at(start), at(start) + timedelta(hours=1), HERE)


@given(limit=st.integers(1, 14), days=st.sets(st.integers(-20, 20), max_size=14))
def test_within_weekly_limit_counts_monday_to_sunday(limit, days):
    """The 28th of November 2026 is a Saturday: its week goes from five days before to one day after."""
    commitments = tuple(
        Commitment(100 + day, at("2026-11-28 15:00") + day * ONE, at("2026-11-28 16:00") + day * ONE, HERE)
        for day in sorted(days)
    )
    found = within_weekly_limit(a_person(commitments=commitments, weekly_limit=limit), a_slot())

    assert (found is not None) == (sum(-5 <= day <= 1 for day in days) >= limit)


@pytest.mark.parametrize(
    ("start", "refused"),
    [
        ("2026-11-22 23:59", False),
        ("2026-11-23 00:00", True),  # Sunday 16:00 in UTC
        ("2026-11-29 23:59", True),
        ("2026-11-30 00:00", False),
    ],
)
def test_within_weekly_limit_changes_weeks_at_midnight_in_shanghai(start, refused):
    found = within_weekly_limit(a_person(commitments=(held(start, 2),), weekly_limit=1), a_slot())

    assert (found is not None) == refused


def test_within_weekly_limit_knows_the_week_between_two_years():
    slot = a_slot(starts_at=at("2027-01-02 09:00"), ends_at=at("2027-01-02 11:00"))  # week 53 of 2026
    person = a_person(commitments=(held("2026-12-28 09:00", 2),), weekly_limit=1)

    assert within_weekly_limit(person, slot) == Obstacle(
        "weekly_limit", "您给自己定了每周最多 1 次，这一周已经有 1 次。还想参加的话，请在「我的资料」里改每周次数。"
    )


def test_within_weekly_limit_tells_the_same_week_of_two_years_apart():
    a_year_ago = held("2025-11-29 09:00", 2)  # week 48, like the shift's

    assert within_weekly_limit(a_person(commitments=(a_year_ago,), weekly_limit=1), a_slot()) is None


def test_within_weekly_limit_does_not_count_the_shift_itself_nor_ask_without_a_limit():
    itself = (held("2026-11-28 09:00", 1),)

    assert within_weekly_limit(a_person(commitments=itself, weekly_limit=1), a_slot()) is None
    assert within_weekly_limit(a_person(commitments=(held("2026-11-27 09:00", 2),)), a_slot()) is None


def test_obstacles_are_named_in_the_order_in_which_they_are_mended():
    person = a_person(
        **MINOR,
        restrictions=(restricted("everything"),),
        weekly_limit=1,
        commitments=(held("2026-11-28 09:00", 2),),
    )
    slot = a_slot(
        clearances={"training": "未成年人保护培训"},
        skills={"homework": "课业辅导", **PAPERS},
        qualifications=PAPERS,
        languages=LANGUAGES,
        needs_insurance=True,
    )

    assert [obstacle.code for obstacle in obstacles(person, slot)] == [
        "restricted",
        "guardian",
        "clearance",
        "skill",
        "qualification",
        "language",
        "insurance",
        "weekly_limit",
        "overlap",
    ]
