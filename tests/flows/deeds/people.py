"""Accounts, identities, messages, organizations and volunteers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from marketplace.accounts import actions as accounts
from marketplace.messaging import actions as messaging
from marketplace.organizations import actions as organizations
from marketplace.workbench.actions import make_copy
from marketplace.workflow import actions as workflow
from tests.factories import (
    SHUANGSHUI,
    SHUICHENG,
    a_bureau_clerk,
    a_category,
    a_county_clerk,
    a_program,
    a_shift,
    a_signup,
    a_township_clerk,
    a_user,
    add_member,
    an_area,
    an_organization,
)
from tests.factories.papers import a_paper, a_pdf

from .registry import Act, deed

CODE = "52520200MJD00002XQ"


@deed
def accounts__create_account() -> Act:
    return lambda: accounts.create_account(display_name="小何", email="he@example.com", phone="13800138000")


@deed
def accounts__choose_language() -> Act:
    user = a_user()
    return lambda: accounts.choose_language(user, "en")


@deed
def accounts__set_phone() -> Act:
    user = a_user()
    return lambda: accounts.set_phone(user, "13800138001")


@deed
def accounts__change_phone() -> Act:
    user = a_user()
    return lambda: accounts.change_phone(user, "13800138002", actor=user)


@deed
def accounts__set_password() -> Act:
    user = a_user()
    return lambda: accounts.set_password(user, "a-long-password", actor=user)


@deed
def accounts__grant_role() -> Act:
    user, clerk = a_user(), a_bureau_clerk()
    return lambda: accounts.grant_role(user, "township", actor=clerk, area=an_area(SHUANGSHUI))


@deed
def accounts__end_role() -> Act:
    clerk = a_township_clerk()
    return lambda: accounts.end_role(clerk.role_assignments.get(), actor=None)


@deed
def messaging__tell() -> Act:
    user = a_user()
    return lambda: messaging.tell(user, "报名成功", body="明天见")


@deed
def messaging__mark_read() -> Act:
    user = a_user()
    message = messaging.tell(user, "报名成功")
    return lambda: messaging.mark_read(message, actor=user)


@deed
def workflow__take_step() -> Act:
    shift = a_shift()
    return lambda: workflow.take_step(shift, "cancelled", actor=None, remark="下雨了", reason="weather")


@deed
def accounts__close_account() -> Act:
    user = a_user()
    accounts.set_phone(user, "13800138003")
    messaging.tell(user, "报名成功")
    return lambda: accounts.close_account(user, actor=user)


def a_registration() -> dict[str, Any]:
    return {
        "name": "双水社会工作服务中心",
        "uscc": CODE,
        "form": "service_org",
        "area": an_area(SHUICHENG),
        "categories": [a_category()],
        "service_areas": [an_area(SHUICHENG)],
    }


@deed
def organizations__create_organization() -> Act:
    user = a_user()
    return lambda: organizations.create_organization(actor=user, **a_registration())


@deed
def organizations__change_organization() -> Act:
    user = a_user()
    organization = an_organization(member=user, status="draft")
    return lambda: organizations.change_organization(organization, actor=user, **a_registration())


@deed
def organizations__save_organization() -> Act:
    user = a_user()
    return lambda: organizations.save_organization(
        None, actor=user, is_final=True, certificate=a_pdf(), **a_registration()
    )


def a_handed_in(status: str) -> Any:
    organization = an_organization(member=a_user(), status=status)
    a_paper(organization)
    return organization


@deed
def organizations__submit_organization() -> Act:
    organization = a_handed_in("draft")
    member = organization.memberships.get().user
    return lambda: organizations.submit_organization(organization, actor=member)


@deed
def organizations__return_organization() -> Act:
    organization, clerk = a_handed_in("submitted"), a_county_clerk()
    return lambda: organizations.return_organization(organization, actor=clerk, remark="证书看不清")


@deed
def organizations__verify_organization() -> Act:
    organization, clerk = a_handed_in("submitted"), a_county_clerk()
    return lambda: organizations.verify_organization(organization, actor=clerk, remark="属实")


@deed
def organizations__restore_organization() -> Act:
    organization, clerk = a_handed_in("suspended"), a_county_clerk()
    return lambda: organizations.restore_organization(organization, actor=clerk, remark="已移出名单")


@deed
def organizations__suspend_organization() -> Act:
    program = a_program(status="approved")
    a_signup(shift=a_shift(program=program))
    clerk = a_county_clerk()
    return lambda: organizations.suspend_organization(program.organization, actor=clerk, remark="列入严重失信名单")


@deed
def organizations__add_member() -> Act:
    member, newcomer = a_user(), a_user()
    organization = an_organization(member=member)
    return lambda: organizations.add_member(organization, newcomer, actor=member)


@deed
def organizations__add_colleague() -> Act:
    member, newcomer = a_user(), a_user()
    organization = an_organization(member=member)
    return lambda: organizations.add_colleague(organization, newcomer.email or "", actor=member)


@deed
def organizations__change_member_role() -> Act:
    member, colleague = a_user(), a_user()
    membership = add_member(an_organization(member=member), colleague, role="staff")
    return lambda: organizations.change_member_role(membership, "admin", actor=member)


@deed
def organizations__end_membership() -> Act:
    member, colleague = a_user(), a_user()
    membership = add_member(an_organization(member=member), colleague, role="staff")
    return lambda: organizations.end_membership(membership, actor=member)


@deed
def organizations__add_paper() -> Act:
    member = a_user()
    organization = an_organization(member=member, status="draft")
    return lambda: organizations.add_paper(organization, a_pdf(), kind="charter", actor=member)


@deed
def organizations__remove_paper() -> Act:
    member = a_user()
    organization = an_organization(member=member, status="draft")
    paper = a_paper(organization)
    return lambda: organizations.remove_paper(organization.papers.get(pk=paper.pk), actor=member)


@deed
def organizations__record_rating() -> Act:
    organization, clerk = an_organization(member=a_user()), a_county_clerk()
    today = timezone.localdate()
    return lambda: organizations.record_rating(
        organization, actor=clerk, grade="3A", starts_on=today, ends_on=None, source="评估公告"
    )


@deed
def organizations__record_flag() -> Act:
    program, clerk = a_program(status="approved"), a_county_clerk()
    a_signup(shift=a_shift(program=program))
    today = timezone.localdate()
    return lambda: organizations.record_flag(
        program.organization, actor=clerk, list="serious", starts_on=today, source="决定书 3 号"
    )


@deed
def organizations__lift_flag() -> Act:
    organization, clerk = an_organization(member=a_user()), a_county_clerk()
    today = timezone.localdate()
    flag = organizations.record_flag(organization, actor=clerk, list="abnormal", starts_on=today, source="决定书")
    return lambda: organizations.lift_flag(flag, actor=clerk, ends_on=today + timedelta(days=1))


@deed
def organizations__warn_of_expiry() -> Act:
    organization = an_organization(member=a_user())
    a_county_clerk()
    today = timezone.localdate()
    a_paper(organization, valid_until=today + timedelta(days=5))
    return lambda: organizations.warn_of_expiry(today)


@deed
def accounts__make_token() -> Act:
    user = a_user()
    return lambda: accounts.make_token(user, name="排班表")


@deed
def accounts__end_token() -> Act:
    user = a_user()
    accounts.make_token(user, name="排班表")
    return lambda: accounts.end_token(user.access_tokens.get(), actor=user)


@deed
def workbench__make_copy() -> Act:
    user = a_user()
    return lambda: make_copy(user)
