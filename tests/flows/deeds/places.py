"""Places and what is needed there."""

from __future__ import annotations

from typing import Any

from marketplace.geography.point import Point
from marketplace.needs import actions as needs
from marketplace.privacy.sealed import Person
from marketplace.sites import actions as sites
from marketplace.sites.actions.invitations import Invitation
from tests.factories import (
    SHUANGSHUI_COMMUNITY,
    a_bureau_clerk,
    a_category,
    a_need,
    a_shift,
    a_signup,
    a_site,
    a_skill,
    a_township_clerk,
    a_user,
    a_village_worker,
    an_area,
    hours,
)

from .registry import Act, deed


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
def sites__create_site() -> Act:
    clerk = a_township_clerk()
    point = Point(104.957, 26.54)
    return lambda: sites.create_site(
        actor=clerk, point=point, name="双水新家园", kind="childrens_home", area=an_area(SHUANGSHUI_COMMUNITY)
    )


@deed
def sites__change_site() -> Act:
    site, clerk = a_site(), a_township_clerk()
    a_shift(need=a_need(status="published", site=site))
    return lambda: sites.change_site(type(site).objects.get(pk=site.pk), actor=clerk, name="双水新家园", capacity=30)


@deed
def sites__reopen_site() -> Act:
    site, clerk = a_site(status="closed"), a_township_clerk()
    return lambda: sites.reopen_site(site, actor=clerk)


@deed
def sites__add_keeper() -> Act:
    site, clerk, user = a_site(keeper=a_user()), a_township_clerk(), a_user()
    return lambda: sites.add_keeper(site, user, actor=clerk, is_director=True)


@deed
def sites__end_keeper() -> Act:
    site, clerk = a_site(keeper=a_user()), a_township_clerk()
    return lambda: sites.end_keeper(site.keepers.get(), actor=clerk)


def a_whole_need() -> dict[str, Any]:
    return {
        "title": "周末课业辅导",
        "summary": "周六上午陪小学生写作业。",
        "category": a_category(),
        "audience": "children",
        "windows": [(*hours(80), 2)],
        "skills": [a_skill()],
    }


@deed
def needs__create_need() -> Act:
    keeper = a_user()
    site = a_site(keeper=keeper)
    person = Person(name="王小满", phone="13800138009", notes="右耳听不清")
    return lambda: needs.create_need(actor=keeper, site=site, person=person, **a_whole_need())


@deed
def needs__change_need() -> Act:
    need = a_need()
    return lambda: needs.change_need(need, actor=need.raised_by, **a_whole_need())


@deed
def needs__save_need() -> Act:
    need = a_need()
    return lambda: needs.save_need(need, actor=need.raised_by, is_final=True, **a_whole_need())


@deed
def needs__submit_need() -> Act:
    need = a_need(urgency="emergency", windows=0)
    a_township_clerk()
    return lambda: needs.submit_need(need, actor=need.raised_by)


@deed
def needs__confirm_need() -> Act:
    worker = a_village_worker()
    need = a_need(channel="phone", raised_by=worker)
    return lambda: needs.confirm_need(need, actor=worker)


@deed
def needs__return_need() -> Act:
    need, clerk = a_need(status="submitted"), a_township_clerk()
    return lambda: needs.return_need(need, actor=clerk, remark="时间不清楚")


@deed
def needs__verify_need() -> Act:
    need, clerk = a_need(status="submitted"), a_township_clerk()
    return lambda: needs.verify_need(need, actor=clerk, remark="属实")


@deed
def needs__refer_need() -> Act:
    need, clerk = a_need(status="submitted"), a_township_clerk()
    return lambda: needs.refer_need(need, actor=clerk, remark="转民政办救助窗口")


@deed
def needs__fulfil_need() -> Act:
    need = a_need(status="published")
    a_signup(shift=a_shift(need=need))
    return lambda: needs.fulfil_need(need, actor=need.raised_by)


@deed
def needs__expire_need() -> Act:
    need = a_need(status="published")
    return lambda: needs.expire_need(need)


@deed
def needs__chase_emergency() -> Act:
    need = a_need(status="submitted", urgency="emergency", windows=0)
    a_bureau_clerk()
    return lambda: needs.chase_emergency(need)


@deed
def sites__invite_keeper() -> Act:
    site, clerk, user = a_site(), a_township_clerk(), a_user()
    return lambda: sites.invite_keeper(site, user.email or "", actor=clerk)


@deed
def needs__keep_private() -> Act:
    need = a_need()
    return lambda: needs.keep_private(need, Person(name="王小满", notes="右耳听不清"), actor=need.raised_by)


@deed
def sites__accept_invitation() -> Act:
    site, clerk, user = a_site(), a_township_clerk(), a_user()
    invitation = Invitation(site=site, asked_by=clerk, is_director=True)
    return lambda: sites.accept_invitation(invitation, actor=user)
