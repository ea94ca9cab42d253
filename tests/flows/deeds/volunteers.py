"""Volunteers: profiles, clearances, evidence, guardians, relatives, restrictions, teams."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from marketplace.volunteers import actions as volunteers
from marketplace.volunteers.models import ClearanceKind, GuardianInvitation, Kinship, Restriction, Volunteer
from tests.factories import (
    SHUANGSHUI,
    a_shift,
    a_signup,
    a_skill,
    a_township_clerk,
    a_user,
    a_volunteer,
    an_area,
    an_organization,
)
from tests.factories.papers import a_pdf
from tests.factories.people import a_language, a_season, declare, some_evidence

from .registry import Act, deed


@deed
def volunteers__create_volunteer() -> Act:
    user = a_user()
    return lambda: volunteers.create_volunteer(
        actor=user,
        age_group="adult",
        base_area=an_area(SHUANGSHUI),
        skills=[a_skill()],
        languages=[a_language()],
        free_times=[(0, "morning")],
    )


@deed
def volunteers__change_volunteer() -> Act:
    volunteer = a_volunteer(cleared=True)
    a_signup(shift=a_shift(clearance_required=True), volunteer=volunteer)
    return lambda: volunteers.change_volunteer(
        volunteer, actor=volunteer.user, age_group="youth", skills=[a_skill()], free_times=[(5, "evening")]
    )


@deed
def volunteers__record_clearance() -> Act:
    volunteer, clerk = a_volunteer(cleared=True), a_township_clerk()
    a_signup(shift=a_shift(clearance_required=True), volunteer=volunteer)
    return lambda: volunteers.record_clearance(
        volunteer, ClearanceKind.objects.first(), actor=clerk, result="not_clear", checked_on=timezone.localdate()
    )


@deed
def volunteers__warn_of_ending_passes() -> Act:
    a_volunteer(cleared=True)
    last_day = timezone.localdate() + timedelta(days=330)
    return lambda: volunteers.warn_of_ending_passes(last_day)


@deed
def volunteers__hand_in_evidence() -> Act:
    volunteer, skill = a_volunteer(), a_skill("first_aid")
    return lambda: volunteers.hand_in_evidence(volunteer, actor=volunteer.user, skill=skill, upload=a_pdf())


@deed
def volunteers__accept_evidence() -> Act:
    evidence, clerk = some_evidence(a_volunteer()), a_township_clerk()
    return lambda: volunteers.accept_evidence(evidence, actor=clerk)


@deed
def volunteers__refuse_evidence() -> Act:
    evidence, clerk = some_evidence(a_volunteer()), a_township_clerk()
    return lambda: volunteers.refuse_evidence(evidence, actor=clerk, remark="看不清")


@deed
def volunteers__take_evidence_back() -> Act:
    evidence = some_evidence(a_volunteer())
    return lambda: volunteers.take_evidence_back(type(evidence).objects.get(), actor=evidence.volunteer.user)


@deed
def volunteers__invite_guardian() -> Act:
    volunteer, season = a_volunteer(age_group="youth"), a_season()
    return lambda: volunteers.invite_guardian(
        volunteer, actor=volunteer.user, season=season, name="王大山", phone="13800138004"
    )


@deed
def volunteers__agree_as_guardian() -> Act:
    volunteer, season = a_volunteer(age_group="youth"), a_season()
    volunteers.invite_guardian(volunteer, actor=volunteer.user, season=season, name="王大山", phone="13800138004")
    return lambda: volunteers.agree_as_guardian(GuardianInvitation.objects.get())


@deed
def volunteers__record_paper_consent() -> Act:
    volunteer, season, clerk = a_volunteer(age_group="youth"), a_season(), a_township_clerk()
    return lambda: volunteers.record_paper_consent(
        volunteer, actor=clerk, season=season, name="王大山", phone="13800138004"
    )


@deed
def volunteers__declare_kinship() -> Act:
    volunteer = a_volunteer()
    relatives = [("sibling", "13800138005")]
    return lambda: volunteers.declare_kinship(volunteer, actor=volunteer.user, relatives=relatives)


@deed
def volunteers__record_kinship() -> Act:
    declaration, clerk = declare(a_volunteer(), is_recorded=False), a_township_clerk()
    return lambda: volunteers.record_kinship(declaration, actor=clerk)


@deed
def volunteers__find_new_relatives() -> Act:
    other, volunteer = a_volunteer(), a_volunteer()
    relatives = [("sibling", other.user.email or "")]
    declaration = volunteers.declare_kinship(volunteer, actor=volunteer.user, relatives=relatives)
    volunteers.record_kinship(declaration, actor=a_township_clerk())
    Kinship.objects.update(other=None)
    return volunteers.find_new_relatives


@deed
def volunteers__record_restriction() -> Act:
    volunteer, clerk = a_volunteer(cleared=True), a_county_recorder()
    a_signup(shift=a_shift(clearance_required=True), volunteer=volunteer)
    today = timezone.localdate()
    return lambda: volunteers.record_restriction(volunteer, actor=clerk, kind="children", starts_on=today)


def a_county_recorder() -> Any:
    return a_user("区县小王", role="county", area="520204")


@deed
def volunteers__end_restriction() -> Act:
    volunteer, clerk = a_volunteer(), a_county_recorder()
    today = timezone.localdate()
    Restriction.objects.create(volunteer=volunteer, kind="children", starts_on=today - timedelta(days=9))
    return lambda: volunteers.end_restriction(Restriction.objects.get(), actor=clerk)


@deed
def volunteers__create_group() -> Act:
    leader, host = a_volunteer(), an_organization(member=a_user())
    return lambda: volunteers.create_group(actor=leader.user, leader=leader, name="晨光队", host_organization=host)


def an_unconfirmed_group(member: Any) -> Any:
    leader = a_volunteer()
    return volunteers.create_group(
        actor=leader.user, leader=leader, name="晨光队", host_organization=an_organization(member=member)
    )


@deed
def volunteers__confirm_group() -> Act:
    member = a_user()
    group = an_unconfirmed_group(member)
    return lambda: volunteers.confirm_group(group, actor=member)


def a_confirmed_group() -> Any:
    member = a_user()
    return volunteers.confirm_group(an_unconfirmed_group(member), actor=member)


@deed
def volunteers__invite_to_group() -> Act:
    group, newcomer = a_confirmed_group(), a_volunteer()
    contact = newcomer.user.email or ""
    return lambda: volunteers.invite_to_group(group, actor=group.leader.user, contact=contact)


@deed
def volunteers__add_group_member() -> Act:
    group, newcomer = a_confirmed_group(), a_volunteer()
    return lambda: volunteers.add_group_member(group, newcomer, actor=group.leader.user)


def an_invitation() -> Any:
    group = a_confirmed_group()
    return volunteers.add_group_member(group, a_volunteer(), actor=group.leader.user)


@deed
def volunteers__join_group() -> Act:
    member = an_invitation()
    return lambda: volunteers.join_group(member, actor=member.volunteer.user)


@deed
def volunteers__leave_group() -> Act:
    member = an_invitation()
    who = Volunteer.objects.get(pk=member.volunteer_id).user
    return lambda: volunteers.leave_group(type(member).objects.get(pk=member.pk), actor=who)
