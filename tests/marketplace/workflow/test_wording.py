"""The exact words for dates, distances, counts and sums, in both languages."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from marketplace.workflow import wording

TODAY = date(2026, 11, 23)
SHANGHAI = timezone.get_default_timezone()


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        (at(28, 9), at(28, 11, 30), "11月28日 周六 09:00–11:30", "Sat 28 Nov, 09:00–11:30"),
        (at(28, 9), None, "11月28日 周六 09:00", "Sat 28 Nov, 09:00"),
        (at(28, 22), at(29, 6), "11月28日 周六 22:00 – 11月29日 周日 06:00", "Sat 28 Nov, 22:00 – Sun 29 Nov, 06:00"),
        (
            at(3, 9, month=1, year=2027),
            at(3, 10, month=1, year=2027),
            "2027年1月3日 周日 09:00–10:00",
            "Sun 3 Jan 2027, 09:00–10:00",
        ),
    ],
)
def test_when_says_day_weekday_and_times(start: datetime, end: datetime | None, chinese: str, english: str) -> None:
    assert wording.say_when(start, end, today=TODAY) == chinese
    with translation.override("en"):
        assert wording.say_when(start, end, today=TODAY) == english


def test_when_says_the_time_in_shanghai_whatever_zone_it_came_in() -> None:
    in_utc = at(28, 9).astimezone(timezone.get_fixed_timezone(0))
    assert wording.say_when(in_utc, today=TODAY) == "11月28日 周六 09:00"


def test_when_near_midnight_is_the_day_in_shanghai() -> None:
    late = datetime(2026, 11, 27, 17, 0, tzinfo=timezone.get_fixed_timezone(0))
    assert wording.say_when(late, today=TODAY) == "11月28日 周六 01:00"


def test_day_takes_dates_and_times_alike() -> None:
    assert wording.say_day(date(2026, 11, 28), today=TODAY) == "11月28日 周六"
    assert wording.say_day(at(28, 9), today=TODAY) == "11月28日 周六"
    assert wording.say_day(date(2025, 11, 28), today=TODAY) == "2025年11月28日 周五"


@pytest.mark.parametrize(
    ("offset", "chinese", "english"),
    [
        (-2, "11月21日 周六", "Sat 21 Nov"),
        (-1, "昨天", "yesterday"),
        (0, "今天", "today"),
        (1, "明天", "tomorrow"),
        (2, "11月25日 周三", "Wed 25 Nov"),
    ],
)
def test_near_day_has_a_name_only_next_to_today(offset: int, chinese: str, english: str) -> None:
    day = TODAY + timedelta(days=offset)
    assert wording.say_near_day(day, today=TODAY) == chinese
    with translation.override("en"):
        assert wording.say_near_day(day, today=TODAY) == english


@pytest.mark.parametrize(
    ("places", "chinese", "english"),
    [
        (3, "还差 3 人", "3 more people needed"),
        (1, "还差 1 人", "1 more person needed"),
        (0, "已满，可候补", "Full, waiting list open"),
        (-1, "已满，可候补", "Full, waiting list open"),
    ],
)
def test_places_left_say_what_a_person_can_do(places: int, chinese: str, english: str) -> None:
    assert wording.say_places_left(places) == chinese
    with translation.override("en"):
        assert wording.say_places_left(places) == english


@pytest.mark.parametrize(
    ("days", "chinese", "english"),
    [
        (2, "剩 2 个工作日", "2 working days left"),
        (1, "剩 1 个工作日", "1 working day left"),
        (0, "今天到期", "Due today"),
        (-1, "已超期 1 个工作日", "1 working day overdue"),
        (-4, "已超期 4 个工作日", "4 working days overdue"),
    ],
)
def test_days_left_name_the_working_day(days: int, chinese: str, english: str) -> None:
    assert wording.say_days_left(days) == chinese
    with translation.override("en"):
        assert wording.say_days_left(days) == english


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (123_450, "1,234.50 元", "CNY 1,234.50"),
        (5, "0.05 元", "CNY 0.05"),
        (-123_450, "-1,234.50 元", "CNY -1,234.50"),
    ],
)
def test_money_has_separators_and_two_decimals(fen: int, chinese: str, english: str) -> None:
    assert wording.say_money(fen) == chinese
    with translation.override("en"):
        assert wording.say_money(fen) == english


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (55, "伍角伍分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (1_000, "壹拾元整"),
        (123_450, "壹仟贰佰叁拾肆元伍角整"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (1_000_100, "壹万零壹元整"),
        (10_700_053, "壹拾万零柒仟元伍角叁分"),
        (1_000_000_000, "壹仟万元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (100_010_000_000, "壹拾亿零壹拾万元整"),
        (-2_000, "负贰拾元整"),
    ],
)
def test_money_in_capitals_is_written_as_on_vouchers(fen: int, capitals: str) -> None:
    assert wording.say_money_in_capitals(fen) == capitals


def test_money_in_capitals_refuses_what_no_voucher_holds() -> None:
    with pytest.raises(ValueError, match="too large"):
        wording.say_money_in_capitals(10**14)


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_money_in_capitals_can_be_read_back(fen: int) -> None:
    assert read_capitals(wording.say_money_in_capitals(fen)) == fen


def read_capitals(text: str) -> int:
    """The sum in fen, read digit by digit: a second opinion on the writer."""
    values = {"亿": 10**8, "万": 10**4, "仟": 1000, "佰": 100, "拾": 10}
    total = section = digit = 0
    for mark in text.rstrip("整"):
        if mark in wording.CAPITALS:
            digit = wording.CAPITALS.index(mark)
        elif mark in "仟佰拾":
            section, digit = section + digit * values[mark], 0
        elif mark in "亿万":
            total, section, digit = total + (section + digit) * values[mark], 0, 0
        elif mark == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[mark], 0
    return total
