"""Working days around the National Day of 2026.

10月1日 (周四) to 10月7日 (周三) are free; 9月20日 (周日) and 10月10日 (周六) are worked.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.workflow.calendar import due_after, exceptions_between, is_workday, workdays_left
from marketplace.workflow.models import WorkDay
from marketplace.workflow.reference import load_work_days

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "workdays", "due"),
    [
        pytest.param("2026-09-30 17:00", 1, "2026-10-08", id="over the holiday"),
        pytest.param("2026-09-30 17:00", 2, "2026-10-09", id="two days over the holiday"),
        pytest.param("2026-09-30 17:00", 3, "2026-10-10", id="a saturday that is worked"),
        pytest.param("2026-09-30 17:00", 4, "2026-10-12", id="the sunday after it is free"),
        pytest.param("2026-10-03 10:00", 1, "2026-10-08", id="handed in on a holiday"),
        pytest.param("2026-10-09 09:00", 1, "2026-10-10", id="friday to worked saturday"),
        pytest.param("2026-09-18 09:00", 1, "2026-09-20", id="worked sunday"),
        pytest.param("2026-11-06 09:00", 1, "2026-11-09", id="plain weekend"),
        pytest.param("2026-11-07 09:00", 3, "2026-11-11", id="handed in on a saturday"),
        pytest.param("2026-09-30 00:30", 1, "2026-10-08", id="shortly after midnight here, the day before in UTC"),
        pytest.param("2026-11-06 23:59", 5, "2026-11-13", id="a minute before midnight"),
    ],
)
def test_due_after_counts_from_the_next_day_to_the_end_of_a_working_day(start, workdays, due):
    assert due_after(local(start), workdays) == local(f"{due} 23:59:59")


def test_due_after_counts_days_of_this_zone_whatever_zone_it_is_given():
    moment = local("2026-11-07 00:30")

    assert due_after(moment.astimezone(ZoneInfo("UTC")), 1) == due_after(moment, 1) == local("2026-11-09 23:59:59")


@pytest.mark.parametrize(
    ("due", "now", "left"),
    [
        ("2026-10-08 23:59:59", "2026-09-30 17:00", 1),
        ("2026-10-08 23:59:59", "2026-10-08 00:01", 0),
        ("2026-10-08 23:59:59", "2026-10-08 23:59", 0),
        ("2026-10-08 23:59:59", "2026-10-09 08:00", -1),
        ("2026-10-09 23:59:59", "2026-10-12 08:00", -2),
        ("2026-09-30 23:59:59", "2026-10-05 08:00", 0),
        ("2026-11-13 23:59:59", "2026-11-06 09:00", 5),
    ],
)
def test_workdays_left_says_how_many_days_remain_or_were_missed(due, now, left):
    assert workdays_left(local(due), local(now)) == left


@settings(deadline=None)
@given(minutes=st.integers(0, 2 * 365 * 24 * 60), workdays=st.integers(1, 20))
def test_workdays_left_agrees_with_due_after(minutes, workdays):
    moment = local("2025-01-01") + timedelta(minutes=minutes)

    due = due_after(moment, workdays)

    assert workdays_left(due, moment) == workdays
    day = timezone.localtime(due).date()
    assert is_workday(day, exceptions_between(day, day))


def test_a_year_without_a_calendar_counts_monday_to_friday():
    assert due_after(local("2031-09-30 09:00"), 2) == local("2031-10-02 23:59:59")


def test_calendar_edited_by_staff_wins_and_survives_loading():
    WorkDay.objects.create(on=date(2026, 11, 9), is_workday=False, name="凝冻停工", source="市政府通知")

    load_work_days()

    assert due_after(local("2026-11-06 09:00"), 1) == local("2026-11-10 23:59:59")


def test_loading_twice_adds_nothing():
    before = WorkDay.objects.count()

    load_work_days()

    assert WorkDay.objects.count() == before > 0
