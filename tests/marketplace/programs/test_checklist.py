"""What the house can tell by itself before a program is approved."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from marketplace.programs.checklist import checks
from marketplace.programs.queries import rivals_of
from marketplace.workflow.wording import say_day
from tests.factories import a_program, a_shift, a_site, a_user, an_organization

pytestmark = pytest.mark.django_db
LINES = ("organization", "title", "summary", "texts", "risks", "insurance", "shifts", "clearance", "rivals")


def a_handed_in_program(**fields):
    return a_program(status="submitted", **fields)


def told(program):
    """(is fine, label, note) by the line's name."""
    found = checks(program, timezone.now())
    return {name: (check.is_fine, check.label, check.note) for name, check in zip(LINES, found, strict=True)}


def test_program_without_faults_passes_every_line():
    organization = an_organization(member=a_user(), verified_on=date(2026, 3, 5))
    program = a_handed_in_program(organization=organization, summary="每周六上午陪村里的老人聊天、量血压，由社工带队。")
    a_shift(program=program, published_at=None, places=4, site=a_site(kind="elder_point"))

    lines = told(program)

    assert {name: is_fine for name, (is_fine, _label, _note) in lines.items()} == dict.fromkeys(LINES, True)
    assert lines["organization"][2] == f"核验日期：{say_day(date(2026, 3, 5))}。"
    assert lines["shifts"][1:] == ("1 个场次在以后", "一共 4 个名额。")
    assert lines["clearance"][1] == "没有在儿童之家的场次"


def test_suspended_organization_is_told():
    program = a_handed_in_program(organization=an_organization(member=a_user(), status="suspended"))

    assert told(program)["organization"] == (
        False,
        "组织现在不能办项目",
        "组织通过核验后才能办理，现在是「已暂停」。",
    )


@pytest.mark.parametrize(("text", "is_fine"), [("注意安全", False), ("山路较多，请结伴前往。", True)])
def test_risks_said_in_four_characters_are_too_few(text, is_fine):
    assert told(a_handed_in_program(risk_disclosure=text))["risks"][0] == is_fine


def test_number_of_a_person_in_a_task_is_told():
    program = a_handed_in_program()
    a_shift(program=program, task="联系 13800138000")

    assert told(program)["texts"][0] is False


def test_past_shifts_are_counted_apart():
    program = a_handed_in_program()
    a_shift(program=program, published_at=None)
    a_shift(program=program, published_at=None, in_hours=-5)
    program.wanted_shifts.add(a_shift(in_hours=-9))

    assert told(program)["shifts"] == (False, "1 个场次在以后", "有 2 个已经过去，通过后不会公开。")


def test_program_without_shifts_is_told():
    assert told(a_handed_in_program())["shifts"][:2] == (False, "0 个场次在以后")


@pytest.mark.parametrize(("required", "is_fine"), [((True, True), True), ((True, False), False)])
def test_shifts_with_children_should_require_clearance(required, is_fine):
    program = a_handed_in_program()
    own, wanted = (
        a_shift(program=one, clearance_required=flag) for one, flag in zip((program, None), required, strict=True)
    )
    program.wanted_shifts.add(wanted)

    assert told(program)["clearance"][0] == is_fine


@pytest.mark.parametrize(
    ("status", "are_rivals"),
    [("draft", False), ("submitted", True), ("returned", False), ("approved", False), ("cancelled", False)],
)
def test_rivals_are_other_programs_that_wait_for_the_same_shift(status, are_rivals):
    contested = a_shift()
    program, other, elsewhere = a_handed_in_program(), a_program(status=status), a_handed_in_program()
    for one, shift in ((program, contested), (other, contested), (elsewhere, a_shift())):
        one.wanted_shifts.add(shift)

    assert list(rivals_of(program)) == ([other] if are_rivals else [])
    assert told(program)["rivals"][0] is not are_rivals


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("周末课业陪伴", "标题说的是志愿服务"),
        ("补录：国庆大扫除", "标题像是补录"),
        ("志愿者年会聚餐", "标题不像志愿服务"),
    ],
)
def test_title_of_what_is_no_service_is_told(title, label):
    assert told(a_handed_in_program(title=title))["title"][1] == label


@pytest.mark.parametrize(
    ("summary", "is_fine"), [("搞活动", False), ("每周六上午陪小学生写作业、答疑，由社工带队。", True)]
)
def test_summary_that_says_little_is_told(summary, is_fine):
    assert told(a_handed_in_program(summary=summary))["summary"][0] == is_fine


@pytest.mark.parametrize(
    ("level", "insured", "is_fine"), [("low", False, True), ("high", False, False), ("high", True, True)]
)
def test_day_of_danger_without_insurance_is_told(level, insured, is_fine):
    program = a_handed_in_program(risk_level=level)
    shift = a_shift(program=program, published_at=None)
    if insured:
        day = timezone.localdate(shift.starts_at)
        program.insurances.create(
            insurer="演示保险", number="A1", starts_on=day, ends_on=timezone.localdate(shift.ends_at)
        )

    assert told(program)["insurance"][0] == is_fine
