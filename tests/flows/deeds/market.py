"""Programs, shifts and sign-ups."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from marketplace.programs import actions as programs
from marketplace.shifts import actions as shifts
from marketplace.signups import actions as signups
from tests.factories import (
    a_category,
    a_county_clerk,
    a_group,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_skill,
    a_user,
    a_volunteer,
    an_organization,
    hours,
)
from tests.factories.papers import a_pdf

from .registry import Act, deed


@deed
def shifts__create_shift() -> Act:
    need = a_need(status="published", windows=0)
    start, end = hours()
    return lambda: shifts.create_shift(
        actor=need.raised_by, site=need.site, need=need, starts_at=start, ends_at=end, places=3, skills=[a_skill()]
    )


@deed
def shifts__publish_shifts() -> Act:
    found = [a_shift(published_at=None) for _ in range(2)]
    return lambda: shifts.publish_shifts(found, actor=None)


@deed
def shifts__adopt_shift() -> Act:
    shift, program = a_shift(), a_program(status="approved")
    return lambda: shifts.adopt_shift(shift, program, actor=None)


@deed
def shifts__release_shift() -> Act:
    shift = a_shift(need=a_need(status="published"), program=a_program(status="approved"))
    return lambda: shifts.release_shift(shift, actor=None)


@deed
def shifts__cancel_shift() -> Act:
    shift = a_shift()
    a_signup(shift=shift)
    a_signup(shift=shift, status="waitlisted")
    return lambda: shifts.cancel_shift(shift, actor=None, reason="weather", remark="路滑")


@deed
def shifts__hold_shift() -> Act:
    shift = a_shift(in_hours=-1)
    return lambda: shifts.hold_shift(shift, actor=None)


@deed
def signups__sign_up() -> Act:
    shift, volunteer = a_shift(), a_volunteer()
    return lambda: signups.sign_up(
        shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True, key="einmal"
    )


@deed
def signups__withdraw_signup() -> Act:
    shift = a_shift(places=1)
    held = a_signup(shift=shift)
    a_signup(shift=shift, status="waitlisted")
    return lambda: signups.withdraw_signup(held, actor=held.volunteer.user)


@deed
def signups__accept_offer() -> Act:
    offer = a_signup(status="offered", offer_ends_at=timezone.now() + timedelta(hours=1))
    return lambda: signups.accept_offer(offer, actor=offer.volunteer.user)


@deed
def signups__promote_next() -> Act:
    shift = a_shift()
    a_signup(shift=shift, status="waitlisted")
    return lambda: signups.promote_next(shift, now=timezone.now())


@deed
def signups__cancel_signup() -> Act:
    shift = a_shift(places=1)
    held = a_signup(shift=shift)
    a_signup(shift=shift, status="waitlisted")
    return lambda: signups.cancel_signup(held, actor=None, reason="no_longer_allowed")


@deed
def signups__release_signup() -> Act:
    held = a_signup()
    return lambda: signups.release_signup(held, reason="no_longer_allowed", why=lambda: "审查已过期。")


@deed
def signups__pass_on_offer() -> Act:
    shift = a_shift(places=1)
    offer = a_signup(shift=shift, status="offered", offer_ends_at=timezone.now() - timedelta(hours=1))
    a_signup(shift=shift, status="waitlisted")
    return lambda: signups.pass_on_offer(offer, timezone.now())


def a_held_shift_to_record() -> Any:
    keeper = a_user("站点小陈")
    shift = a_shift(need=a_need(status="published", site=a_site(keeper=keeper)), in_hours=-1)
    return keeper, a_signup(shift=shift)


@deed
def signups__record_attendance() -> Act:
    keeper, signup = a_held_shift_to_record()
    return lambda: signups.record_attendance(signup, actor=keeper, was_there=True)


@deed
def signups__open_roster() -> Act:
    keeper, signup = a_held_shift_to_record()
    return lambda: signups.open_roster(signup.shift, actor=keeper)


@deed
def programs__approve_program() -> Act:
    program = a_program(status="submitted")
    a_shift(program=program, published_at=None)
    program.wanted_shifts.add(a_shift())
    clerk = a_county_clerk()
    return lambda: programs.approve_program(program, actor=clerk, remark="同意")


@deed
def programs__cancel_program() -> Act:
    program = a_program(status="approved")
    a_signup(shift=a_shift(program=program))
    a_signup(shift=a_shift(program=program, need=a_need(status="published")))
    return lambda: programs.cancel_program(program, actor=program.drafted_by, remark="经费没有落实")


@deed
def programs__stop_program() -> Act:
    program = a_program(status="approved")
    a_signup(shift=a_shift(program=program))
    return lambda: programs.stop_program(program, reason="organization_suspended")


@deed
def shifts__move_shift() -> Act:
    shift, elsewhere = a_shift(), hours(100)
    a_signup(shift=shift)
    start, end = elsewhere
    return lambda: shifts.move_shift(shift, starts_at=start, ends_at=end, actor=None, remark="停电")


@deed
def shifts__flag_short_of_adults() -> Act:
    shift = a_shift(clearance_required=True)
    return lambda: shifts.flag_short_of_adults(shift, is_short=True)


def a_whole_program(**fields: Any) -> dict[str, Any]:
    start, end = hours(90)
    return {
        "title": "课后陪伴",
        "summary": "辅导作业",
        "category": a_category(),
        "risk_disclosure": "山路较多",
        "wanted_shifts": [],
        "own_shifts": [programs.OwnShift(a_site(), start, end, 3, skills=(a_skill(),))],
        **fields,
    }


@deed
def programs__create_program() -> Act:
    member = a_user()
    organization = an_organization(member=member)
    values = a_whole_program(organization=organization, wanted_shifts=[a_shift()])
    return lambda: programs.create_program(actor=member, **values)


@deed
def programs__change_program() -> Act:
    program, values = a_program(), a_whole_program()
    return lambda: programs.change_program(program, actor=program.drafted_by, **values)


@deed
def programs__save_program() -> Act:
    program, values = a_program(), a_whole_program()
    return lambda: programs.save_program(program, actor=program.drafted_by, is_final=True, **values)


@deed
def programs__submit_program() -> Act:
    program = a_program()
    a_shift(program=program, published_at=None)
    return lambda: programs.submit_program(program, actor=program.drafted_by)


@deed
def programs__return_program() -> Act:
    program, clerk = a_program(status="submitted"), a_county_clerk()
    return lambda: programs.return_program(program, actor=clerk, remark="请补充风险提示")


@deed
def programs__call_off_shift() -> Act:
    keeper = a_user()
    shift = a_shift(need=a_need(status="published", site=a_site(keeper=keeper)))
    a_signup(shift=shift)
    return lambda: programs.call_off_shift(shift, actor=keeper, reason="weather", remark="路滑")


@deed
def programs__end_program() -> Act:
    program = a_program(status="approved")
    return lambda: programs.end_program(program)


@deed
def signups__let_those_who_wait_go_first() -> Act:
    shift = a_shift()
    a_signup(shift=shift, status="waitlisted")
    return lambda: signups.let_those_who_wait_go_first(shift, timezone.now())


def a_running_program() -> Any:
    program = a_program(status="approved")
    a_shift(program=program, site=a_site())
    return program


@deed
def programs__add_shifts() -> Act:
    program = a_running_program()
    start, end = hours(120)
    own = programs.OwnShift(program.shifts.get().site, start, end, 3, task="带队")
    return lambda: programs.add_shifts(program, [own], actor=program.drafted_by)


@deed
def programs__reschedule_shift() -> Act:
    program = a_running_program()
    shift = program.shifts.get()
    a_signup(shift=shift)
    start, end = hours(120)
    return lambda: programs.reschedule_shift(
        type(shift).objects.get(pk=shift.pk), starts_at=start, ends_at=end, actor=program.drafted_by
    )


@deed
def programs__revise_risks() -> Act:
    program = a_running_program()
    a_signup(shift=program.shifts.get())
    return lambda: programs.revise_risks(
        program, risk_disclosure="这几天路面结冰，请穿防滑鞋。", actor=program.drafted_by
    )


def a_policy() -> dict[str, Any]:
    today = timezone.localdate()
    return {"insurer": "人保", "number": "P1", "starts_on": today, "ends_on": today + timedelta(days=30)}


@deed
def programs__add_insurance() -> Act:
    program = a_program()
    return lambda: programs.add_insurance(program, actor=program.drafted_by, paper=a_pdf(), **a_policy())


@deed
def programs__remove_insurance() -> Act:
    program = a_program()
    programs.add_insurance(program, actor=program.drafted_by, **a_policy())
    return lambda: programs.remove_insurance(program.insurances.get(), actor=program.drafted_by)


@deed
def signups__sign_up_group() -> Act:
    group, shift = a_group(), a_shift()
    members = [group.leader]
    return lambda: signups.sign_up_group(
        group, shift, members=members, actor=group.leader.user, acknowledged_risks=True, key="team"
    )


@deed
def signups__flag_short_shifts() -> Act:
    site = a_site(keeper=a_user())
    a_shift(need=a_need(status="published", site=site), in_hours=20, clearance_required=True)
    return signups.flag_short_shifts
