"""What each action of a need writes: the record, its event, its message, its shifts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.needs import actions
from marketplace.needs.models import Need, NeedWindow
from marketplace.needs.tasks import expire_past_needs
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.workflow.models import Remark
from marketplace.workflow.queries import last_remark
from marketplace.workflow.refusals import Refused
from tests.factories import (
    a_category,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_skill,
    a_township_clerk,
    hours,
)
from tests.factories.people import a_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return a_township_clerk()


def written(need: Need) -> list[tuple[str, int | None]]:
    return [(event.verb, event.actor_id) for event in Event.objects.about(need)]


def told(user) -> list[tuple[str, str, str]]:
    return [(message.subject, message.body, message.link) for message in Message.objects.filter(recipient=user)]


def fields(site, **changes):
    values = {
        "site": site,
        "title": "课业辅导",
        "summary": "陪小学生写作业。",
        "category": a_category(),
        "audience": "children",
    }
    return {**values, **changes}


def test_create_need_keeps_windows_and_skills(site, keeper):
    start, end = hours(48)
    need = actions.create_need(actor=keeper, windows=[(start, end, 4)], skills=[a_skill()], **fields(site))

    assert (need.status, need.raised_by, list(need.skills.all())) == ("draft", keeper, [a_skill()])
    assert [(window.starts_at, window.ends_at, window.places) for window in need.windows.all()] == [(start, end, 4)]
    assert written(need) == [("need.created", keeper.pk)]


@pytest.mark.parametrize("name", ["title", "summary", "risk_disclosure"])
def test_create_need_refuses_numbers_in_public_text(site, keeper, name):
    with pytest.raises(Refused, match="请删掉手机号码"):
        actions.create_need(actor=keeper, **fields(site, **{name: "打 13800138000"}))

    assert Need.objects.count() == 0


def test_create_need_for_a_strangers_site_is_refused(keeper):
    with pytest.raises(Refused, match="只能为自己负责的地点提出需求"):
        actions.create_need(actor=keeper, **fields(a_site()))


def test_change_need_replaces_windows_and_counts_versions_of_the_risks(site, keeper):
    need = a_need(site=site, raised_by=keeper, windows=2)
    start, end = hours(48)
    changed = actions.change_need(
        need, actor=keeper, windows=[(start, end, 1)], skills=[], **fields(site, risk_disclosure="请结伴前往。")
    )

    assert [window.starts_at for window in changed.windows.all()] == [start]
    assert (changed.title, changed.risk_version) == ("课业辅导", 2)
    again = actions.change_need(
        changed, actor=keeper, windows=[], skills=[], **fields(site, risk_disclosure="请结伴前往。")
    )
    assert again.risk_version == 2
    assert written(need) == [("need.changed", keeper.pk), ("need.changed", keeper.pk)]


def test_change_need_cannot_move_it_to_a_strangers_site(site, keeper):
    need = a_need(site=site, raised_by=keeper)

    with pytest.raises(Refused, match="只能为自己负责的地点提出需求"):
        actions.change_need(need, actor=keeper, windows=[], skills=[], site=a_site())


def test_change_need_looks_at_the_status_as_it_is_now(site, keeper):
    seen_as_draft = a_need(site=site, raised_by=keeper)
    actions.submit_need(Need.objects.get(), actor=keeper)

    with pytest.raises(Refused, match="提交后不能修改"):
        actions.change_need(seen_as_draft, actor=keeper, windows=[], skills=[], **fields(site))


def test_save_need_hands_in_what_is_final(site, keeper):
    values = fields(site, windows=[(*hours(48), 2)], skills=[])

    need = actions.save_need(None, actor=keeper, is_final=True, **values)
    assert written(need) == [("need.created", keeper.pk), ("need.submitted", keeper.pk)]

    draft = actions.save_need(None, actor=keeper, is_final=False, **values)
    assert draft.status == "draft"
    assert actions.save_need(draft, actor=keeper, is_final=True, **values).status == "submitted"


def test_save_need_writes_nothing_when_it_cannot_be_handed_in(site, keeper):
    with pytest.raises(Refused, match="至少填写一个时间段"):
        actions.save_need(None, actor=keeper, is_final=True, **fields(site, windows=[], skills=[]))

    assert (Need.objects.count(), Event.objects.count()) == (0, 0)


@time_machine.travel(datetime.fromisoformat("2026-11-26T10:00:00+08:00"), tick=False)
def test_submit_need_starts_the_clock_of_three_working_days(site, keeper):
    need = actions.submit_need(a_need(site=site, raised_by=keeper), actor=keeper)

    assert need.submitted_at == timezone.now()
    assert timezone.localtime(need.verify_due_at).isoformat() == "2026-12-01T23:59:59+08:00"


def test_return_need_tells_the_raiser_why(site, keeper, clerk):
    need = actions.return_need(
        a_need(site=site, raised_by=keeper, status="submitted"), actor=clerk, remark="请补充几个人"
    )

    assert last_remark(need) == "请补充几个人"
    assert told(keeper) == [(f"需求「{need.title}」被退回修改", "请补充几个人", f"/desk/needs/{need.pk}/")]
    assert written(need) == [("need.returned", clerk.pk)]


def test_refer_need_tells_the_raiser_where_it_went(site, keeper, clerk):
    need = actions.refer_need(
        a_need(site=site, raised_by=keeper, status="submitted"), actor=clerk, remark="转儿童督导员"
    )

    assert told(keeper) == [(f"需求「{need.title}」已转介", "转儿童督导员", f"/desk/needs/{need.pk}/")]


@pytest.mark.parametrize("decide", [actions.return_need, actions.refer_need])
def test_decision_against_the_raiser_takes_words(site, keeper, clerk, decide):
    need = a_need(site=site, raised_by=keeper, status="submitted")

    with pytest.raises(Refused, match="请写明原因"):
        decide(need, actor=clerk, remark="  ")
    assert (Need.objects.get().status, Remark.objects.count(), told(keeper)) == ("submitted", 0, [])


def test_verify_need_says_who(site, keeper, clerk):
    need = actions.verify_need(a_need(site=site, raised_by=keeper, status="submitted"), actor=clerk)

    assert Need.objects.get().verified_by == clerk
    assert written(need) == [("need.verified", clerk.pk)]


def test_database_itself_refuses_that_the_raiser_verifies(site, keeper):
    need = a_need(site=site, raised_by=keeper)

    with pytest.raises(IntegrityError, match="need_verified_by_another"), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(verified_by=keeper)


def test_publish_need_makes_a_public_shift_of_each_window_to_come(site, keeper, clerk):
    need = a_need(
        site=site, raised_by=keeper, status="verified", windows=2, skills=("homework",), clearance_required=True
    )
    past, _ = hours(-24)
    NeedWindow.objects.create(need=need, starts_at=past, ends_at=past + timedelta(hours=1), places=1)
    actions.publish_need(need, actor=clerk)

    shifts = list(need.shifts.all())
    windows = list(need.windows.filter(starts_at__gt=timezone.now()))
    assert [(shift.starts_at, shift.ends_at, shift.places) for shift in shifts] == [
        (window.starts_at, window.ends_at, window.places) for window in windows
    ]
    assert [(shift.site, shift.program, shift.clearance_required, shift.status) for shift in shifts] == [
        (site, None, True, "open")
    ] * 2
    assert all(shift.published_at for shift in shifts)
    assert [list(shift.skills.all()) for shift in shifts] == [[a_skill()]] * 2
    assert told(keeper) == [(f"需求「{need.title}」已发布", "", f"/desk/needs/{need.pk}/")]


@pytest.mark.parametrize("is_home_visit", [True, False])
def test_shifts_ask_for_the_needs_languages_and_keep_home_visits_to_adults(site, keeper, clerk, is_home_visit):
    need = a_need(site=site, raised_by=keeper, status="verified", windows=2, is_home_visit=is_home_visit)
    need.languages.add(a_language())
    actions.publish_need(need, actor=clerk)

    assert [(shift.adults_only, list(shift.languages.all())) for shift in need.shifts.all()] == [
        (is_home_visit, [a_language()])
    ] * 2


def test_publish_need_twice_makes_no_second_shift(site, keeper, clerk):
    need = a_need(site=site, raised_by=keeper, status="verified")
    actions.publish_need(need, actor=clerk)

    with pytest.raises(Refused, match="现在的状态是「已发布」"):
        actions.publish_need(need, actor=clerk)
    assert Shift.objects.count() == 1


def test_publish_need_without_a_time_to_come_is_refused(site, keeper, clerk):
    need = a_need(site=site, raised_by=keeper, status="verified")

    with time_machine.travel(timezone.now() + timedelta(days=30)), pytest.raises(Refused, match="都已经过去"):
        actions.publish_need(need, actor=clerk)
    assert (Need.objects.get().status, Shift.objects.count()) == ("verified", 0)


def test_withdraw_need_cancels_its_own_shifts_and_tells_those_who_come(site, keeper):
    need = a_need(site=site, raised_by=keeper, status="published", windows=0)
    own, adopted = a_shift(need=need), a_shift(need=need, program=a_program(status="approved"))
    signup = a_signup(shift=own)
    actions.withdraw_need(need, actor=keeper, remark="已经找到人了")

    assert [Shift.objects.get(pk=shift.pk).status for shift in (own, adopted)] == ["cancelled", "open"]
    assert SignUp.objects.get(pk=signup.pk).status == "cancelled"
    assert [subject for subject, _body, _link in told(signup.volunteer.user)] == [f"活动取消：{need.title}"]


def test_withdraw_need_leaves_what_has_begun(site, keeper):
    need = a_need(site=site, raised_by=keeper, status="published", windows=0)
    running = a_shift(need=need, in_hours=-1)
    actions.withdraw_need(need, actor=keeper, remark="已经找到人了")

    assert Shift.objects.get(pk=running.pk).status == "open"


def test_fulfil_need_cancels_what_is_still_to_come_and_tells_those_who_signed_up(site, keeper):
    need = a_need(site=site, raised_by=keeper, status="published", windows=0)
    own, running = a_shift(need=need), a_shift(need=need, in_hours=-1)
    adopted = a_shift(need=need, program=a_program(status="approved"))
    signup, kept = a_signup(shift=own), a_signup(shift=adopted)
    actions.fulfil_need(need, actor=keeper)

    assert [Shift.objects.get(pk=shift.pk).status for shift in (own, running, adopted)] == ["cancelled", "open", "open"]
    assert [SignUp.objects.get(pk=one.pk).status for one in (signup, kept)] == ["cancelled", "confirmed"]
    [(subject, body, _link)] = told(signup.volunteer.user)
    assert subject == f"活动取消：{need.title}"
    assert "需求已经办完，不必再来，谢谢您" in body.splitlines()


def test_fulfil_need_is_written(site, keeper):
    need = actions.fulfil_need(a_need(site=site, raised_by=keeper, status="published"), actor=keeper)

    assert written(need) == [("need.fulfilled", keeper.pk)]


def test_published_need_expires_a_week_after_its_last_shift():
    need = a_need(status="published", windows=0)
    a_shift(need=need, in_hours=24)
    over = a_shift(need=need, in_hours=48).ends_at

    assert actions.expire_needs(over + timedelta(days=6)) == 0
    assert actions.expire_needs(over + timedelta(days=7)) == 1
    assert Need.objects.get().status == "expired"
    assert written(need) == [("need.expired", None)]


def test_cancelled_shifts_do_not_keep_a_need_alive():
    need = a_need(status="published", windows=0)
    a_shift(need=need, status="cancelled")

    assert actions.expire_needs(timezone.now()) == 1


def test_verified_need_expires_with_its_last_window():
    need = a_need(status="verified", windows=2)
    last = need.windows.last().starts_at

    assert actions.expire_needs(last - timedelta(minutes=1)) == 0
    assert actions.expire_needs(last) == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "fulfilled", "withdrawn", "referred"])
def test_clock_leaves_other_needs_alone(status):
    a_need(status=status, windows=0)

    assert expire_past_needs() == 0
    assert Need.objects.get().status == status


@pytest.mark.django_db
def test_need_whose_shift_is_still_to_come_does_not_expire():
    need = a_need(status="published", windows=0)
    shift = a_shift(need=need)
    with pytest.raises(Refused):
        actions.expire_need(need)
    Shift.objects.filter(pk=shift.pk).update(status="cancelled")
    assert actions.expire_need(need).status == "expired"
