"""How dates, counts and sums are said, in Chinese and in English.

Pages and messages both use these, so a person reads the same words in the list and in the mail.
They are formats rather than sentences: each language has its own order and units, so they stand here and not in the
catalogue. Times are shown in Asia/Shanghai, money is integer fen.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEN_PER_YUAN = 100
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def in_english() -> bool:
    """Whether the person reads English; everything else falls back to Chinese."""
    return (get_language() or "").startswith("en")


def say_day(day: date | datetime, *, today: date | None = None) -> str:
    """「11月28日 周六」; the year is said only when it is not this year."""
    day = _local_day(day)
    today = today or timezone.localdate()
    if in_english():
        text = f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"
        return text if day.year == today.year else f"{text} {day.year}"
    text = f"{day.month}月{day.day}日 {WEEKDAYS[day.weekday()]}"
    return text if day.year == today.year else f"{day.year}年{text}"


def say_when(start: datetime, end: datetime | None = None, *, today: date | None = None) -> str:
    """「11月28日 周六 09:00–11:30」; over midnight both days are said."""
    first = _said_moment(start, today)
    if end is None:
        return first
    if _local_day(start) == _local_day(end):
        return f"{first}–{_clock_time(end)}"
    return f"{first} – {_said_moment(end, today)}"


def say_near_day(day: date | datetime, *, today: date | None = None) -> str:
    """「今天」「明天」「昨天」, or the day itself."""
    day = _local_day(day)
    today = today or timezone.localdate()
    names = ("yesterday", "today", "tomorrow") if in_english() else ("昨天", "今天", "明天")
    offset = (day - today).days
    return names[offset + 1] if -1 <= offset <= 1 else say_day(day, today=today)


def say_places_left(places: int) -> str:
    """「还差 3 人」, or 「已满，可候补」 when nobody more is needed."""
    if places <= 0:
        return "Full, waiting list open" if in_english() else "已满，可候补"
    if in_english():
        return f"{places} more {'person' if places == 1 else 'people'} needed"
    return f"还差 {places} 人"


def say_days_left(days: int) -> str:
    """「剩 2 个工作日」「今天到期」「已超期 1 个工作日」."""
    if days == 0:
        return "Due today" if in_english() else "今天到期"
    if in_english():
        unit = "working day" if abs(days) == 1 else "working days"
        return f"{days} {unit} left" if days > 0 else f"{-days} {unit} overdue"
    return f"剩 {days} 个工作日" if days > 0 else f"已超期 {-days} 个工作日"


def say_money(fen: int) -> str:
    """「1,234.50 元」 from integer fen."""
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    number = f"{sign}{fen // FEN_PER_YUAN:,}.{fen % FEN_PER_YUAN:02d}"
    return f"CNY {number}" if in_english() else f"{number} 元"


def say_money_in_capitals(fen: int) -> str:
    """「壹仟贰佰叁拾肆元伍角整」 as written on vouchers (支付结算办法 附一); the same in every language.

    Raises ValueError from 10^12 yuan on, which no voucher here reaches.
    """
    if abs(fen) >= 10**14:
        raise ValueError("sum too large to be written in capitals")
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    jiao, fen_digit = divmod(rest, 10)
    text = f"{_capital_number(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{CAPITALS[jiao]}角"
    elif fen_digit and yuan:
        text += "零"
    text += f"{CAPITALS[fen_digit]}分" if fen_digit else "整"
    return ("负" if fen < 0 else "") + text


def _capital_number(number: int) -> str:
    if number == 0:
        return CAPITALS[0]
    text, gap = "", False
    for position in range(11, -1, -1):
        digit = number // 10**position % 10
        group, unit = divmod(position, 4)
        if digit:
            text += (CAPITALS[0] if gap and text else "") + CAPITALS[digit] + UNITS[unit]
            gap = False
        else:
            gap = True
        if unit == 0 and number // 10**position % 10000:
            text += GROUPS[group]
    return text


def _said_moment(moment: datetime, today: date | None) -> str:
    comma = "," if in_english() else ""
    return f"{say_day(moment, today=today)}{comma} {_clock_time(moment)}"


def _clock_time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _local_day(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
