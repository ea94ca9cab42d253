"""What is done while a program runs: more shifts, another time, new risks, insurance — who may, what refuses, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.programs.actions import OwnShift, cancel_program, submit_program
from marketplace.programs.actions.running import (
    add_insurance,
    add_shifts,
    remove_insurance,
    reschedule_shift,
    revise_risks,
)
from marketplace.programs.models import InsurancePolicy, Program
from marketplace.shifts.models import Shift
from marketplace.workflow.refusals import Refused
from marketplace.workflow.wording import say_day
from tests.factories import (
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_township_clerk,
    a_user,
    a_volunteer,
    add_member,
    an_organization,
    hours,
)

pytestmark = pytest.mark.django_db
STATUSES = ("draft", "submitted", "returned", "approved", "ended", "cancelled")
ROLES = ("member", "other member", "keeper", "township", "county", "bureau", "volunteer")


def person(role, program, site=None):
    makers = {
        "member": lambda: program.drafted_by,
        "other member": lambda: an_organization(member=a_user()).memberships.get().user,
        "keeper": lambda: a_keeper(site or a_site()),
        "township": a_township_clerk,
        "county": a_county_clerk,
        "bureau": a_bureau_clerk,
        "volunteer": lambda: a_volunteer().user,
    }
    return makers[role]()


def own_shift(site, in_hours=100, **changes):
    start, end = hours(in_hours)
    return OwnShift(**{"site": site, "starts_at": start, "ends_at": end, "places": 4, **changes})


def refusal_of(action):
    with pytest.raises(Refused) as refusal:
        action()
    return refusal.value.sentence


def insure(program, *, first=-1, last=30):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
    return InsurancePolicy.objects.create(program=program, insurer="演示保险", number="A1", **days)


# More shifts


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", ROLES)
def test_only_its_members_add_shifts_and_only_while_it_is_written_or_runs(status, role):
    program, site = a_program(status=status), a_site()
    a_shift(program=program, site=site)
    before = (Shift.objects.count(), Event.objects.count())
    actor = person(role, program)

    if role == "member" and status in {"draft", "returned", "approved"}:
        [added] = add_shifts(program, [own_shift(site)], actor=actor)
        assert (Shift.objects.get(pk=added.pk).published_at is not None) == (status == "approved")
    else:
        assert refusal_of(lambda: add_shifts(program, [own_shift(site)], actor=actor))
        assert (Shift.objects.count(), Event.objects.count()) == before


def test_approved_program_stays_at_its_sites():
    program, elsewhere = a_program(status="approved"), a_site()
    a_shift(program=program)

    sentence = refusal_of(lambda: add_shifts(program, [own_shift(elsewhere)], actor=program.drafted_by))

    assert sentence == f"通过审核的项目只能在已有的地点加场次；到{elsewhere}去，请另办一个项目。"


@pytest.mark.parametrize(("guarded", "refused"), [(False, True), (True, False)])
def test_shift_added_where_all_need_clearance_needs_it_too(guarded, refused):
    program, site = a_program(status="approved"), a_site()
    a_shift(program=program, site=site, clearance_required=True)
    more = own_shift(site, clearance_required=guarded)

    if refused:
        assert "的场次都要求审查" in refusal_of(lambda: add_shifts(program, [more], actor=program.drafted_by))
    else:
        assert len(add_shifts(program, [more], actor=program.drafted_by)) == 1


def test_one_impossible_shift_adds_none():
    program, site = a_program(), a_site()
    many = [own_shift(site), own_shift(site, -5)]

    assert (
        refusal_of(lambda: add_shifts(program, many, actor=program.drafted_by))
        == "开始时间已经过去，请选择以后的时间。"
    )
    assert Shift.objects.count() == 0


def test_same_shift_is_not_added_twice_but_another_role_is():
    program, site = a_program(), a_site()
    add_shifts(program, [own_shift(site)], actor=program.drafted_by)

    sentence = refusal_of(lambda: add_shifts(program, [own_shift(site)], actor=program.drafted_by))
    assert sentence == f"{site}在{say_day(own_shift(site).starts_at)}这个时间已经有同样的一场，请去掉这个勾。"
    assert len(add_shifts(program, [own_shift(site, task="手工")], actor=program.drafted_by)) == 1


def test_member_of_a_suspended_organization_adds_nothing():
    program = a_program(organization=an_organization(member=a_user(), status="suspended"))

    assert "已暂停" in refusal_of(lambda: add_shifts(program, [own_shift(a_site())], actor=program.drafted_by))


# Insurance


@pytest.mark.parametrize(
    ("level", "first", "last", "refused"),
    [
        ("low", None, None, False),
        ("medium", None, None, True),
        ("high", None, None, True),
        ("medium", -1, 30, False),
        ("high", -1, 30, False),
        ("medium", 3, 3, False),
        ("medium", 4, 30, True),
        ("medium", -30, 2, True),
    ],
)
def test_day_of_danger_is_insured_before_it_is_handed_in(level, first, last, refused):
    program = a_program(risk_level=level)
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
    a_shift(program=program, published_at=None, starts_at=start, ends_at=start + timedelta(hours=2))
    if first is not None:
        insure(program, first=first, last=last)

    if refused:
        sentence = refusal_of(lambda: submit_program(program, actor=program.drafted_by))
        assert sentence.startswith(f"还差一项：{say_day(start)}的场次没有保险。")
    else:
        assert submit_program(program, actor=program.drafted_by).status == "submitted"


def test_shift_added_on_an_uninsured_day_is_refused():
    program, site = a_program(status="approved", risk_level="medium"), a_site()
    a_shift(program=program, site=site)
    insure(program, last=3)
    more = own_shift(site, 24 * 10)

    assert "没有保险" in refusal_of(lambda: add_shifts(program, [more], actor=program.drafted_by))
    insure(program, last=20)
    assert len(add_shifts(program, [more], actor=program.drafted_by)) == 1


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", ROLES)
def test_only_its_members_insure_a_program_that_is_not_over(status, role):
    program, today = a_program(status=status), timezone.localdate()
    actor = person(role, program)
    fields = {"insurer": "演示保险", "number": "A1", "starts_on": today, "ends_on": today}

    if role == "member" and status not in {"ended", "cancelled"}:
        policy = add_insurance(program, actor=actor, **fields)
        assert (policy.program, policy.document) == (program, None)
        assert Event.objects.filter(verb="program.insured").count() == 1
    else:
        assert refusal_of(lambda: add_insurance(program, actor=actor, **fields))
        assert InsurancePolicy.objects.count() == 0


@pytest.mark.parametrize("status", STATUSES)
def test_insurance_that_was_relied_on_is_not_taken_away(status):
    program = a_program(status=status)
    policy = insure(program)

    if status in {"draft", "returned"}:
        remove_insurance(policy, actor=program.drafted_by)
    else:
        assert refusal_of(lambda: remove_insurance(policy, actor=program.drafted_by))
    assert InsurancePolicy.objects.count() == (status not in {"draft", "returned"})


# Risks in new words


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", ROLES)
def test_only_its_members_say_the_risks_of_a_running_program_anew(status, role):
    program = a_program(status=status)
    actor = person(role, program)

    if (status, role) == ("approved", "member"):
        assert revise_risks(program, risk_disclosure="山上有凝冻，请走大路。", actor=actor).risk_version == 2
    else:
        assert refusal_of(lambda: revise_risks(program, risk_disclosure="山上有凝冻，请走大路。", actor=actor))
        assert Program.objects.get(pk=program.pk).risk_version == 1


@pytest.mark.parametrize("text", ["", "  ", "山路较多，请结伴前往。", "请打 13800138000"])
def test_new_risks_that_say_nothing_new_or_too_much_are_refused(text):
    program = a_program(status="approved")

    assert refusal_of(lambda: revise_risks(program, risk_disclosure=text, actor=program.drafted_by))
    assert Program.objects.get(pk=program.pk).risk_disclosure == "山路较多，请结伴前往。"


def test_new_risks_are_read_by_everybody_who_comes_and_by_who_approved():
    clerk = a_county_clerk()
    program = a_program(status="approved", approved_by=clerk)
    shift, past = a_shift(program=program), a_shift(program=program, in_hours=-20)
    coming, waiting = a_signup(shift=shift), a_signup(shift=shift, status="waitlisted")
    for other in (a_signup(shift=shift, status="withdrawn"), a_signup(shift=past, status="attended")):
        assert other.status in {"withdrawn", "attended"}

    revise_risks(program, risk_disclosure="山上有凝冻，请走大路。", actor=program.drafted_by)

    told = set(Message.objects.values_list("recipient", "subject"))
    asked = f"请看新的风险提示：{program.title}"
    assert told == {
        (coming.volunteer.user_id, asked),
        (waiting.volunteer.user_id, asked),
        (clerk.pk, f"项目「{program.title}」改了风险提示"),
    }
    assert "山上有凝冻" in Message.objects.filter(subject=asked).first().body


# Another time


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("member", True),
        ("keeper", True),
        ("township", True),
        ("other member", False),
        ("county", False),
        ("bureau", False),
        ("volunteer", False),
    ],
)
def test_those_who_receive_the_people_move_a_shift(role, may):
    program, site = a_program(status="approved"), a_site()
    shift = a_shift(program=program, site=site)
    start, end = hours(100)
    actor = person(role, program, site)
    before = shift.starts_at

    if may:
        assert reschedule_shift(shift, starts_at=start, ends_at=end, actor=actor).starts_at == start
    else:
        sentence = refusal_of(lambda: reschedule_shift(shift, starts_at=start, ends_at=end, actor=actor))
        assert sentence == "由活动的组织方或活动地点的负责人改时间。"
        assert Shift.objects.get(pk=shift.pk).starts_at == before


def test_both_sides_hear_of_a_new_time_but_for_the_one_who_set_it():
    site = a_site()
    keeper, need = a_keeper(site), a_need(status="published", windows=0, site=site, raised_by=a_user())
    program = a_program(status="approved")
    colleague = a_user("同事")
    add_member(program.organization, colleague)
    shift = a_shift(need=need, program=program)
    start, end = hours(100)

    reschedule_shift(shift, starts_at=start, ends_at=end, actor=colleague, remark="学校开会")

    told = set(Message.objects.values_list("recipient", "subject"))
    assert told == {(one.pk, f"活动改了时间：{program.title}") for one in (keeper, program.drafted_by)}


def test_approved_program_moves_within_its_sites():
    program, known, strange = a_program(status="approved"), a_site(), a_site()
    shift = a_shift(program=program, clearance_required=True)
    a_shift(program=program, site=known)
    start, end = hours(150)
    moves = {"starts_at": start, "ends_at": end, "actor": program.drafted_by}

    sentence = refusal_of(lambda: reschedule_shift(shift, site=strange, **moves))
    assert sentence == f"通过审核的项目只能在已有的地点之间调整；到{strange}去，请另办一个项目。"
    assert reschedule_shift(shift, site=known, **moves).site == known


def test_nothing_moves_to_a_day_without_insurance():
    program = a_program(status="approved", risk_level="high")
    shift = a_shift(program=program)
    insure(program, last=5)
    start, end = hours(24 * 10)

    sentence = refusal_of(lambda: reschedule_shift(shift, starts_at=start, ends_at=end, actor=program.drafted_by))

    assert sentence == f"{say_day(start)}没有保险，请先登记保险再改到这一天（志愿服务条例第十七条）。"


def test_unpublished_shift_is_moved_in_its_program():
    program = a_program()
    shift = a_shift(program=program, published_at=None)
    start, end = hours(100)

    sentence = refusal_of(lambda: reschedule_shift(shift, starts_at=start, ends_at=end, actor=program.drafted_by))

    assert sentence == "这个场次还没有发布，在项目里修改就可以。"


# Handing back


def test_people_on_an_adopted_shift_hear_that_the_need_runs_it_again():
    program = a_program(status="approved")
    need = a_need(status="published", windows=0)
    shift = a_shift(need=need, program=program)
    coming, gone = a_signup(shift=shift), a_signup(shift=shift, status="withdrawn")

    cancel_program(program, actor=program.drafted_by, remark="人手不够")

    [message] = Message.objects.filter(recipient__in=[coming.volunteer.user, gone.volunteer.user])
    assert (message.recipient, message.subject) == (coming.volunteer.user, f"活动换了组织方：{need.title}")
    assert message.body.splitlines()[-1] == "原来的项目取消了，这一场由提出需求的地点自己组织。您的报名还在，不用再报。"
