"""What a program's steps bring about: texts kept, shifts adopted and published once, given back, people told."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.organizations.actions import suspend_organization
from marketplace.programs.actions import (
    OwnShift,
    approve_program,
    call_off_shift,
    cancel_program,
    change_program,
    create_program,
    return_program,
    save_program,
    submit_program,
)
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.workflow.refusals import Refused
from marketplace.workflow.wording import say_when
from tests.factories import (
    a_bureau_clerk,
    a_category,
    a_county_clerk,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_skill,
    a_user,
    an_organization,
    hours,
)


def texts(**changes):
    return {
        "title": "课后陪伴",
        "summary": "每周六上午陪孩子写作业。",
        "category": a_category(),
        "risk_disclosure": "山路较多，请结伴前往。",
        **changes,
    }


def again(record):
    """The record as the database has it now."""
    return type(record).objects.get(pk=record.pk)


def own_shift(*, in_hours=96, **changes):
    start, end = hours(in_hours)
    return OwnShift(**{"site": a_site(), "starts_at": start, "ends_at": end, "places": 4, **changes})


def a_submitted_program(*shifts, **fields):
    program = a_program(status="submitted", **fields)
    program.wanted_shifts.set(shifts)
    return program


@pytest.mark.django_db
def test_create_keeps_texts_wanted_shifts_and_own_shifts():
    member = a_user()
    organization, wanted = an_organization(member=member), a_shift()
    own = own_shift(task="辅导作业", skills=(a_skill(),), clearance_required=True, adults_only=True)

    program = create_program(
        actor=member, organization=organization, wanted_shifts=[wanted], own_shifts=[own], **texts()
    )

    stored = again(program)
    assert (stored.status, stored.drafted_by, stored.title, stored.risk_version) == ("draft", member, "课后陪伴", 1)
    assert list(stored.wanted_shifts.all()) == [wanted]
    [shift] = stored.shifts.all()
    assert (
        OwnShift(
            shift.site,
            shift.starts_at,
            shift.ends_at,
            shift.places,
            shift.task,
            tuple(shift.skills.all()),
            tuple(shift.languages.all()),
            shift.clearance_required,
            shift.adults_only,
        )
        == own
    )
    assert (shift.published_at, again(wanted).program) == (None, None)


@pytest.mark.django_db
def test_own_shift_in_the_past_refuses_the_whole_draft():
    member = a_user()

    with pytest.raises(Refused, match="已经过去"):
        create_program(
            actor=member,
            organization=an_organization(member=member),
            own_shifts=[own_shift(), own_shift(in_hours=-30)],
            **texts(),
        )

    assert (Program.objects.count(), Shift.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "own"),
    [
        ({"title": "找王老师13800138000"}, {}),
        ({"summary": "报名请打 138-0013-8000。"}, {}),
        ({"risk_disclosure": "证件 11010519491231002X"}, {}),
        ({}, {"task": "联系 13800138000"}),
    ],
)
def test_numbers_of_people_stay_out_of_what_everybody_reads(changes, own):
    member = a_user()

    with pytest.raises(Refused, match="这里会公开"):
        create_program(
            actor=member,
            organization=an_organization(member=member),
            own_shifts=[own_shift(**own)],
            **texts(**changes),
        )

    assert Program.objects.count() == 0


@pytest.mark.django_db
def test_change_lays_own_shifts_anew_and_keeps_what_was_wanted():
    program, wanted = a_program(status="returned"), a_shift()
    a_shift(program=program, published_at=None)
    own = own_shift()

    change_program(program, actor=program.drafted_by, wanted_shifts=[wanted], own_shifts=[own], title="周末陪伴")

    fresh = again(program)
    assert (fresh.title, fresh.status, list(fresh.wanted_shifts.all())) == ("周末陪伴", "returned", [wanted])
    assert [(shift.starts_at, shift.site) for shift in fresh.shifts.all()] == [(own.starts_at, own.site)]


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "version"), [("山路较多，请结伴前往。", 1), ("雨天路滑，请穿防滑鞋。", 2)])
def test_risk_version_counts_changes_of_the_risks_only(words, version):
    program = a_program(status="returned", submitted_at=timezone.now())

    change_program(
        program, actor=program.drafted_by, wanted_shifts=[], own_shifts=[], title="新名字", risk_disclosure=words
    )

    assert again(program).risk_version == version


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["submitted", "approved", "ended", "cancelled"])
def test_change_after_handing_in_is_refused(status):
    program = a_program(status=status)

    with pytest.raises(Refused) as refusal:
        change_program(program, actor=program.drafted_by, wanted_shifts=[], own_shifts=[], title="新名字")

    assert refusal.value.sentence == "提交后不能修改；需要改动时请联系审核人员退回。"
    assert again(program).title == program.title


@pytest.mark.django_db
def test_change_does_not_move_a_program_into_a_strangers_organization():
    program = a_program()

    with pytest.raises(Refused, match="只能为自己所在的组织发布项目"):
        change_program(
            program, actor=program.drafted_by, wanted_shifts=[], own_shifts=[], organization=an_organization()
        )


@pytest.mark.django_db
def test_save_hands_in_where_its_author_is_done():
    member = a_user()
    organization = an_organization(member=member)
    values = {"wanted_shifts": [a_shift()], "own_shifts": [], "organization": organization, **texts()}

    draft = save_program(None, actor=member, is_final=False, **values)
    handed_in = save_program(draft, actor=member, is_final=True, **values)

    assert (draft.pk, draft.status) == (handed_in.pk, "draft")
    assert [event.verb for event in Event.objects.about(handed_in)] == [
        "program.created",
        "program.changed",
        "program.submitted",
    ]


@pytest.mark.django_db
def test_save_that_can_not_be_handed_in_keeps_nothing():
    member = a_user()

    with pytest.raises(Refused, match="至少一个以后的场次"):
        save_program(
            None,
            actor=member,
            is_final=True,
            organization=an_organization(member=member),
            wanted_shifts=[],
            own_shifts=[],
            **texts(),
        )

    assert Program.objects.count() == 0


@pytest.mark.django_db
def test_submission_starts_a_clock_of_five_working_days():
    with time_machine.travel("2026-09-30 17:00+08:00", tick=False):
        program = a_program()
        a_shift(program=program, in_hours=24 * 30, published_at=None)
        submit_program(program, actor=program.drafted_by)

    assert timezone.localtime(program.submitted_at).isoformat() == "2026-09-30T17:00:00+08:00"
    assert timezone.localtime(program.approve_due_at).isoformat() == "2026-10-13T23:59:59+08:00"


@pytest.mark.django_db
def test_approval_adopts_publishes_and_tells():
    wanted, clerk = a_shift(places_taken=2), a_county_clerk()
    program = a_submitted_program(wanted)
    own = a_shift(program=program, published_at=None)

    approve_program(program, actor=clerk, remark="材料齐全")

    wanted, own = again(wanted), again(own)
    assert again(program).approved_by == clerk
    assert (wanted.program, wanted.need_id is not None, wanted.places_taken) == (program, True, 2)
    assert own.published_at is not None
    assert set(Shift.objects.findable(timezone.now())) == {wanted, own}
    message = Message.objects.get(recipient=program.drafted_by)
    assert (message.subject, message.link) == (
        f"项目「{program.title}」已通过审核",
        f"/desk/programs/{program.pk}/",
    )


@pytest.mark.django_db
def test_approval_publishes_neither_past_nor_cancelled_shifts():
    program = a_submitted_program(a_shift())
    a_shift(program=program, in_hours=-30, published_at=None)
    a_shift(program=program, status="cancelled", published_at=None)

    approve_program(program, actor=a_county_clerk())

    assert program.shifts.filter(published_at=None).count() == 2
    assert Event.objects.filter(verb="shift.published").count() == 0


@pytest.mark.django_db
def test_second_program_that_wants_the_same_shift_is_refused_whole():
    contested, other = a_shift(), a_shift(in_hours=96)
    first, second = a_submitted_program(contested), a_submitted_program(other, contested)
    own = a_shift(program=second, published_at=None)
    approve_program(first, actor=a_county_clerk())
    events, messages = Event.objects.count(), Message.objects.count()

    with pytest.raises(Refused) as refusal:
        approve_program(second, actor=a_county_clerk())

    when = say_when(contested.starts_at, contested.ends_at)
    assert refusal.value.sentence == f"{when} 在{contested.site}的场次已被认领、取消或已开始，请从项目里去掉这一场。"
    contested, other, own = again(contested), again(other), again(own)
    assert again(second).status == "submitted"
    assert (contested.program, other.program, own.published_at) == (first, None, None)
    assert (Event.objects.count(), Message.objects.count()) == (events, messages)


def test_two_approvals_at_once_adopt_a_shift_once(committed_db):
    contested = a_shift()
    programs = [a_submitted_program(contested), a_submitted_program(contested)]
    clerks = [a_county_clerk(), a_bureau_clerk()]
    begin, outcomes = threading.Barrier(2), []

    def approve(program, clerk) -> None:
        begin.wait()
        try:
            approve_program(program, actor=clerk)
            outcomes.append((program.pk, "approved"))
        except Refused:
            outcomes.append((program.pk, "submitted"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=pair) for pair in zip(programs, clerks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(status for _pk, status in outcomes) == ["approved", "submitted"]
    assert dict(outcomes) == dict(Program.objects.values_list("pk", "status"))
    winner = next(pk for pk, status in outcomes if status == "approved")
    assert again(contested).program_id == winner
    assert Event.objects.filter(verb="shift.adopted").count() == 1


@pytest.mark.django_db
def test_cancelled_program_gives_adopted_shifts_back_with_everybody_who_signed_up():
    program = a_program(status="approved")
    adopted = a_shift(need=a_need(status="published", windows=0), program=program)
    signup = a_signup(shift=adopted)

    cancel_program(program, actor=program.drafted_by, remark="人手不够")

    adopted, signup = again(adopted), again(signup)
    assert (adopted.program, adopted.status, adopted.places_taken) == (None, "open", 1)
    assert signup.status == "confirmed"
    assert list(Shift.objects.findable(timezone.now())) == [adopted]


@pytest.mark.django_db
def test_cancelled_program_cancels_its_own_coming_shifts_and_tells_everybody():
    program = a_program(status="approved")
    own, past, held = (
        a_shift(program=program),
        a_shift(program=program, in_hours=-5),
        a_shift(program=program, status="held"),
    )
    signup = a_signup(shift=own)

    cancel_program(program, actor=program.drafted_by, remark="人手不够")

    statuses = [again(shift).status for shift in (own, past, held)]
    assert (statuses, again(signup).status) == (["cancelled", "open", "held"], "cancelled")
    message = Message.objects.get(recipient=signup.volunteer.user)
    assert (message.subject, message.body.splitlines()[2]) == (f"活动取消：{program.title}", "项目已取消")


@pytest.mark.django_db
def test_return_tells_the_drafter_why():
    program = a_submitted_program(a_shift())

    return_program(program, actor=a_county_clerk(), remark="请写清路况")

    message = Message.objects.get(recipient=program.drafted_by)
    assert (message.subject, message.body) == (f"项目「{program.title}」被退回修改", "请写清路况")


@pytest.mark.django_db
def test_suspended_organization_takes_its_running_programs_with_it():
    organization = an_organization(member=a_user())
    running = a_program(status="approved", organization=organization)
    draft = a_program(status="draft", organization=organization)
    other = a_program(status="approved")
    own, adopted = a_shift(program=running), a_shift(need=a_need(status="published", windows=0), program=running)
    signup = a_signup(shift=own)

    suspend_organization(organization, actor=a_county_clerk(), remark="收到投诉，正在核实")

    statuses = [again(program).status for program in (running, draft, other)]
    assert statuses == ["cancelled", "draft", "approved"]
    assert again(signup).status == "cancelled"
    assert again(adopted).program is None
    [event] = Event.objects.filter(verb="program.cancelled")
    assert (event.actor_id, event.reason) == (None, "organization_suspended")
    subjects = set(Message.objects.filter(recipient=running.drafted_by).values_list("subject", flat=True))
    assert subjects == {f"「{organization}」已被暂停", f"项目「{running.title}」已停止"}


@pytest.mark.django_db
def test_called_off_shift_tells_everybody_why_and_keeps_the_words():
    program = a_program(status="approved")
    shift = a_shift(program=program)
    coming, waiting = a_signup(shift=shift), a_signup(shift=shift, status="waitlisted")

    call_off_shift(shift, actor=program.drafted_by, reason="weather", remark="凝冻，车辆不能上山")

    assert again(shift).status == "cancelled"
    for signup in (coming, waiting):
        message = Message.objects.get(recipient=signup.volunteer.user)
        assert message.body.splitlines()[2] == "天气或道路原因"
        assert again(signup).status == "cancelled"
    assert again(program).status == "approved"


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "refused"), [(-1, False), (0, True), (1, True)])
def test_shift_is_called_off_until_it_begins(minutes, refused):
    program = a_program(status="approved")
    shift = a_shift(program=program)
    now = shift.starts_at + timedelta(minutes=minutes)

    if refused:
        with pytest.raises(Refused, match="活动已经开始"):
            call_off_shift(shift, actor=program.drafted_by, reason="weather", now=now)
    else:
        assert call_off_shift(shift, actor=program.drafted_by, reason="weather", now=now).status == "cancelled"


@pytest.mark.django_db
def test_unpublished_shift_is_changed_in_its_program():
    program = a_program()
    shift = a_shift(program=program, published_at=None)

    with pytest.raises(Refused) as refusal:
        call_off_shift(shift, actor=program.drafted_by, reason="weather")

    assert refusal.value.sentence == "这个场次还没有发布，在项目里修改就可以。"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "left"), [("published", "open"), ("withdrawn", "cancelled"), ("expired", "cancelled")]
)
def test_shift_goes_back_only_to_a_need_that_still_asks(status, left):
    program = a_program(status="approved")
    shift = a_shift(need=a_need(status=status, windows=0), program=program)
    cancel_program(program, actor=program.drafted_by, remark="人手不够")
    shift = again(shift)
    assert (shift.status, shift.program == program) == (left, left == "cancelled")
