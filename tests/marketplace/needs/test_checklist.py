"""What the house says by itself before a need is verified."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.needs.checklist import checks
from marketplace.needs.models import Need
from tests.factories import a_need, a_site

pytestmark = pytest.mark.django_db


def lines(need, now=None):
    return [(check.label, check.is_fine) for check in checks(need, now or timezone.now())]


def test_complete_need_has_nothing_against_it():
    need = a_need(windows=2, clearance_required=True, risk_disclosure="请结伴前往。")

    assert lines(need) == [
        ("公开文字里没有号码、班级、门牌和登记过的姓名", True),
        ("2 个时间段在以后", True),
        ("来的人要先通过审查", True),
        ("写了风险提示", True),
        ("地点有位置，能按距离找到", True),
    ]
    assert checks(need, timezone.now())[1].note == "一共需要 6 人次。"


def test_missing_parts_ask_for_a_look():
    need = a_need(site=a_site(lng=None, lat=None))
    Need.objects.filter(pk=need.pk).update(summary="打 13800138000")

    assert lines(Need.objects.get(), timezone.now() + timedelta(days=30)) == [
        ("公开文字里没有号码、班级、门牌和登记过的姓名", False),
        ("0 个时间段在以后", False),
        ("没有要求审查", False),
        ("没有风险提示", False),
        ("地点的位置待核实", False),
    ]


def test_elders_take_no_clearance():
    assert ("不是儿童服务，不必审查", True) in lines(a_need(audience="elders"))


def test_home_visit_asks_for_a_look():
    assert lines(a_need(is_home_visit=True))[0] == ("要到家里去，只招年满 18 岁的人", False)


def test_emergency_asks_for_a_call_and_for_no_times():
    assert lines(a_need(urgency="emergency", windows=0)) == [
        ("危急：请现在打电话核实", False),
        ("公开文字里没有号码、班级、门牌和登记过的姓名", True),
    ]


def test_windows_partly_past_are_counted():
    need = a_need(windows=2)
    check = checks(need, need.windows.first().starts_at)[1]

    assert (check.label, check.is_fine, check.note) == ("1 个时间段在以后", False, "有 1 个已经过去，发布时会跳过。")
