"""今天要做: oldest first, with the working days that are left."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from marketplace.workbench.today import TodayItem, today_lines

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_lines_come_oldest_first_and_count_working_days():
    items = [
        TodayItem("新的", "/new/", moment(22), note="刚提交"),
        TodayItem("旧的", "/old/", moment(18), clock_due=moment(20)),
        TodayItem("中间的", "/between/", moment(20), clock_due=moment(27)),
    ]

    assert today_lines(items, MONDAY) == [
        {"title": "旧的", "url": "/old/", "detail": "", "days_left": -1},
        {"title": "中间的", "url": "/between/", "detail": "", "days_left": 4},
        {"title": "新的", "url": "/new/", "detail": "刚提交", "days_left": None},
    ]


def test_lines_of_one_moment_keep_one_order():
    items = [TodayItem(title, "/", moment(20)) for title in "乙甲丙"]

    assert [line["title"] for line in today_lines(items, MONDAY)] == sorted("乙甲丙")


def test_nothing_to_do_is_an_empty_list():
    assert today_lines([], MONDAY) == []
