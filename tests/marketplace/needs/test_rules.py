"""The rules of needs, asked without HTTP and without an action."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.needs import rules
from marketplace.needs.models import NeedWindow
from tests.factories import a_county_clerk, a_keeper, a_need, a_site, a_township_clerk, a_user, a_village_worker

pytest_db = pytest.mark.django_db


@pytest_db
def test_need_is_stated_for_ones_own_site_only():
    site = a_site()

    assert rules.refuse_creation(site, a_keeper(site)) is None
    assert rules.refuse_creation(site, a_village_worker()) is None
    assert rules.refuse_creation(site, a_township_clerk()) is None
    assert (
        rules.refuse_creation(site, a_keeper())
        == "只能为自己负责的地点提出需求；为老人提出需求，请选村（社区）或养老服务点。"
    )
    assert (
        rules.refuse_creation(site, a_county_clerk())
        == "只能为自己负责的地点提出需求；为老人提出需求，请选村（社区）或养老服务点。"
    )


@pytest_db
def test_closed_site_states_no_need_but_may_take_one_back():
    site = a_site(name="木果儿童之家", status="closed")
    keeper = a_keeper(site)
    need = a_need(site=site, raised_by=keeper)

    closed = "木果儿童之家已经关闭，重新开放以后才能提出需求。"
    assert rules.refuse_creation(site, keeper) == closed
    assert rules.refuse_submission(need, keeper, timezone.now()) == closed
    assert rules.refuse_withdrawal(need, keeper, "") is None


@pytest_db
def test_keeper_whose_time_ended_no_longer_speaks():
    site = a_site()
    keeper = a_keeper(site)
    site.keepers.update(ended_on=timezone.localdate())

    assert rules.refuse_speaking(a_need(site=site, raised_by=keeper), keeper) == (
        "由这个地点的负责人或所在村、乡镇的工作人员办理。"
    )


@pytest_db
def test_submission_takes_a_window():
    need = a_need(windows=0)

    assert rules.refuse_submission(need, need.raised_by, timezone.now()) == "还差一项：至少填写一个时间段。"


@pytest_db
@pytest.mark.parametrize(
    ("starts_in", "lasts", "sentence"),
    [
        (-1, 2, "开始时间已经过去，请选择以后的时间。"),
        (1, 25, "一个场次不能超过 24 小时，请分成几个场次。"),
        (1, 2, None),
    ],
)
def test_submission_looks_at_every_window(starts_in, lasts, sentence):
    need, now = a_need(), timezone.now()
    start = now + timedelta(hours=starts_in)
    NeedWindow.objects.create(need=need, starts_at=start, ends_at=start + timedelta(hours=lasts), places=1)

    assert rules.refuse_submission(need, need.raised_by, now) == sentence


@pytest_db
@pytest.mark.parametrize(
    "status", ["submitted", "verified", "published", "fulfilled", "expired", "withdrawn", "referred"]
)
def test_edit_is_for_drafts_and_returned_needs(status):
    need = a_need(status=status)

    assert rules.refuse_edit(need, need.raised_by) == "提交后不能修改；需要改动时请联系核实人员退回。"


@pytest_db
@pytest.mark.parametrize("status", ["draft", "returned"])
def test_edit_is_for_those_who_speak(status):
    need = a_need(status=status)

    assert rules.refuse_edit(need, need.raised_by) is None
    assert rules.refuse_edit(need, a_county_clerk()) is not None


@pytest_db
def test_publication_needs_a_time_to_come_and_an_open_door():
    clerk, now = a_township_clerk(), timezone.now()
    need = a_need(status="verified")

    assert rules.refuse_publication_now(need, clerk, now) is None
    assert rules.refuse_publication_now(need, clerk, now + timedelta(days=30)) == (
        "所有时间段都已经过去，不能再发布。请提出人重新提一个需求。"
    )
    closed = a_need(status="verified", site=a_site(name="旧址", status="closed"))
    assert rules.refuse_publication_now(closed, clerk, now) == "旧址已经关闭，重新开放以后才能提出需求。"


@pytest_db
def test_withdrawing_a_published_need_takes_a_reason():
    need, draft = a_need(status="published"), a_need()

    assert rules.refuse_withdrawal(need, need.raised_by, " ") == "请写明原因，对方才知道为什么、接下来怎么办。"
    assert rules.refuse_withdrawal(need, need.raised_by, "找到人了") is None
    assert rules.refuse_withdrawal(draft, draft.raised_by, "") is None
    assert rules.refuse_withdrawal(need, a_user(), "") == "由这个地点的负责人或所在村、乡镇的工作人员办理。"
