"""Needs, programs, shifts, sign-ups and places."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from marketplace.geography.point import Point
from marketplace.needs import actions as needs
from marketplace.programs import actions as programs
from marketplace.shifts import actions as shifts
from marketplace.signups import actions as signups
from marketplace.sites import actions as sites
from marketplace.volunteers import actions as volunteers
from marketplace.volunteers.models import ClearanceKind
from tests.factories import (
    a_county_clerk,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_skill,
    a_township_clerk,
    a_user,
    a_volunteer,
    hours,
)

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
def needs__publish_need() -> Act:
    need, clerk = a_need(status="verified", windows=2), a_township_clerk()
    return lambda: needs.publish_need(need, actor=clerk)


@deed
def needs__withdraw_need() -> Act:
    need = a_need(status="published")
    a_signup(shift=a_shift(need=need))
    return lambda: needs.withdraw_need(need, actor=need.raised_by, remark="已经找到人")


@deed
def sites__close_site() -> Act:
    shift, clerk = a_shift(), a_township_clerk()
    a_signup(shift=shift)
    return lambda: sites.close_site(shift.site, actor=clerk, remark="屋顶漏水")


@deed
def sites__pin_site() -> Act:
    site, clerk = a_site(), a_township_clerk()
    a_shift(need=a_need(status="published", site=site))
    return lambda: sites.pin_site(site, Point(104.96, 26.54), actor=clerk)


@deed
def volunteers__record_clearance() -> Act:
    volunteer, clerk = a_volunteer(cleared=True), a_township_clerk()
    a_signup(shift=a_shift(clearance_required=True), volunteer=volunteer)
    return lambda: volunteers.record_clearance(
        volunteer, ClearanceKind.objects.first(), actor=clerk, result="not_clear", checked_on=timezone.localdate()
    )
