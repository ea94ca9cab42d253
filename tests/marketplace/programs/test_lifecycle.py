"""Every status × every step × every role of a program."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.programs import actions
from marketplace.programs.enums import ProgramStatus
from marketplace.programs.models import Program
from marketplace.programs.queries import past_programs
from marketplace.programs.steps import STEPS
from marketplace.workflow.refusals import Refused
from marketplace.workflow.steps import open_steps
from tests.factories import (
    a_bureau_clerk,
    a_program,
    a_shift,
    a_user,
    add_member,
    an_organization,
    hours,
)
from tests.lifecycles import members, strangers, who_passes

pytestmark = pytest.mark.django_db

MEMBERS = {"drafter", "colleague", "bureau and colleague"}
APPROVERS = {"county", "bureau"}
TAKE = {
    "submit": lambda program, who: actions.submit_program(program, actor=who),
    "return": lambda program, who: actions.return_program(program, actor=who, remark="请写清路况"),
    "approve": lambda program, who: actions.approve_program(program, actor=who),
    "cancel": lambda program, who: actions.cancel_program(program, actor=who, remark="人手不够"),
    "end": lambda program, who: actions.end_program(program, actor=who),
}
ALLOWED = {
    ("submit", "draft"): MEMBERS,
    ("submit", "returned"): MEMBERS,
    ("return", "submitted"): APPROVERS,
    ("approve", "submitted"): APPROVERS,
    ("cancel", "draft"): MEMBERS,
    ("cancel", "submitted"): MEMBERS,
    ("cancel", "returned"): MEMBERS,
    ("cancel", "approved"): MEMBERS,
}
LEADS_TO = {"submit": "submitted", "return": "returned", "approve": "approved", "cancel": "cancelled", "end": "ended"}


def a_program_with_people(status):
    organization = an_organization()
    drafter = a_user("起草人")
    add_member(organization, drafter)
    program = a_program(status=status, organization=organization, drafted_by=drafter)
    a_shift(program=program, published_at=None)
    return program, {"drafter": drafter, **members(organization), **strangers()}


@pytest.mark.parametrize("status", ProgramStatus.values)
@pytest.mark.parametrize("step", TAKE)
def test_step_is_taken_by_whom_and_when_the_table_says(step, status):
    program, people = a_program_with_people(status)

    def take(person):
        fresh = Program.objects.get(pk=program.pk)
        TAKE[step](fresh, person)
        assert Program.objects.get(pk=program.pk).status == LEADS_TO[step]

    assert who_passes(people, take) == ALLOWED.get((step, status), set())


@pytest.mark.parametrize("status", ProgramStatus.values)
def test_page_offers_exactly_the_steps_that_pass(status):
    program, people = a_program_with_people(status)

    offered = {(step.slug, name) for name, person in people.items() for step in open_steps(program, person, STEPS)}

    assert offered == {(step, name) for (step, at), names in ALLOWED.items() if at == status for name in names}


@pytest.mark.parametrize("status", ProgramStatus.values)
def test_clock_ends_only_what_runs(status):
    program, _people = a_program_with_people(status)

    if status == "approved":
        assert actions.end_program(program).status == "ended"
    else:
        with pytest.raises(Refused, match=str(ProgramStatus(status).label)):
            actions.end_program(program)


def test_refusal_names_the_status_for_those_who_come_late():
    program, people = a_program_with_people("submitted")
    stale = Program.objects.get(pk=program.pk)
    actions.approve_program(program, actor=people["county"])

    with pytest.raises(Refused) as refusal:
        actions.return_program(stale, actor=people["bureau"], remark="请写清路况")

    assert refusal.value.sentence == "现在的状态是「进行中」，不能做这一步。请刷新页面看看最新情况。"


def test_clerk_who_drafted_it_stands_back_even_after_leaving_the_organization():
    clerk = a_bureau_clerk()
    program = a_program(status="submitted", organization=an_organization(), drafted_by=clerk)
    a_shift(program=program, published_at=None)

    with pytest.raises(Refused) as refusal:
        actions.approve_program(program, actor=clerk)

    assert refusal.value.sentence == "您与这个组织有关，应当回避，请同事审核。"


def test_database_refuses_that_the_drafter_approves():
    program = a_program(status="submitted")

    with pytest.raises(IntegrityError, match="program_approved_by_another"), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(approved_by=program.drafted_by_id)


@pytest.mark.parametrize(("step", "status"), [("return", "submitted"), ("cancel", "approved")])
@pytest.mark.parametrize("words", ["", " \n"])
def test_step_against_somebodys_wish_needs_words(step, status, words):
    program, people = a_program_with_people(status)
    act, who = (
        (actions.return_program, people["county"]) if step == "return" else (actions.cancel_program, people["drafter"])
    )

    with pytest.raises(Refused) as refusal:
        act(program, actor=who, remark=words)

    assert refusal.value.sentence == "请写明原因，对方才知道为什么、接下来怎么办。"


def test_program_nobody_saw_is_cancelled_without_words():
    program, people = a_program_with_people("draft")

    assert actions.cancel_program(program, actor=people["drafter"]).status == "cancelled"


OFFERING = {
    "create": (
        "draft",
        lambda program, member: actions.create_program(actor=member, organization=program.organization),
    ),
    "submit": ("draft", lambda program, member: actions.submit_program(program, actor=member)),
    "approve": ("submitted", lambda program, _member: actions.approve_program(program, actor=a_bureau_clerk())),
}


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended"])
@pytest.mark.parametrize("step", OFFERING)
def test_organization_that_may_not_act_offers_nothing(step, status):
    member = a_user()
    organization = an_organization(member=member, status=status)
    before, act = OFFERING[step]
    program = a_program(status=before, organization=organization)
    a_shift(program=program, published_at=None)

    with pytest.raises(Refused) as refusal:
        act(program, member)

    label = organization.get_status_display()
    assert refusal.value.sentence == f"组织通过核验后才能办理，现在是「{label}」。"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"summary": " "}, "还差一项：做什么、怎么做。"),
        ({"risk_disclosure": ""}, "还差一项：风险提示（志愿服务条例第十二条）。"),
        ({}, "还差一项：至少一个以后的场次，可以自己安排，也可以回应一个需求。"),
    ],
)
def test_submission_says_what_is_missing(fields, sentence):
    program = a_program(**fields)

    with pytest.raises(Refused) as refusal:
        actions.submit_program(program, actor=program.drafted_by)

    assert refusal.value.sentence == sentence
    assert (Program.objects.get(pk=program.pk).status, Event.objects.count()) == ("draft", 0)


def test_shift_that_has_passed_does_not_count_for_submission():
    program = a_program()
    a_shift(program=program, in_hours=-5, published_at=None)

    with pytest.raises(Refused, match="至少一个以后的场次"):
        actions.submit_program(program, actor=program.drafted_by)


def test_shift_that_another_program_adopted_does_not_count_for_submission():
    program = a_program()
    taken = a_shift()
    program.wanted_shifts.add(taken)
    taken.program = a_program(status="approved")
    taken.save()

    with pytest.raises(Refused, match="至少一个以后的场次"):
        actions.submit_program(program, actor=program.drafted_by)


def test_program_whose_days_have_passed_is_not_approved():
    program, people = a_program_with_people("submitted")
    start, end = hours(-5)
    program.shifts.update(starts_at=start, ends_at=end)

    with pytest.raises(Refused) as refusal:
        actions.approve_program(program, actor=people["county"])

    assert refusal.value.sentence == "这个项目已经没有以后的场次，请退回，由组织方重新安排时间。"


def test_clock_ends_programs_whose_last_shift_has_passed():
    over, running, empty, draft = (a_program(status=status) for status in ("approved", "approved", "approved", "draft"))
    a_shift(program=over, in_hours=-5)
    a_shift(program=running, in_hours=-5)
    a_shift(program=running, in_hours=-1)

    assert actions.end_programs() == 2

    statuses = {program.pk: Program.objects.get(pk=program.pk).status for program in (over, running, empty, draft)}
    assert statuses == {over.pk: "ended", running.pk: "approved", empty.pk: "ended", draft.pk: "draft"}
    assert list(past_programs(timezone.now())) == []
