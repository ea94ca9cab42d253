"""The times in the form of a need: a row for each single one, and one part for what repeats weekly."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.shifts.rows import LONGEST_SERIES, USUAL_HOURS, BaseWindowRows, WindowForm
from marketplace.shifts.rules import refuse_times

from ..rules import MOST_WINDOWS, refuse_times_asked
from ..series import Weekly, dates_of, weekly

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
SAID_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?!\d)")
BETWEEN_DAYS = re.compile(r"[\s,，、;；。和]*")
DAY_INPUT: Any = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
TIME_INPUT: Any = {"format": "%H:%M", "attrs": {"type": "time"}}
FURTHEST = timedelta(days=366)
# What stands in the part from the beginning; the others tell that it is used.
TELLING = ("days", "first_on", "until_on", "times", "left_out")


class OneTimeForm(WindowForm):
    """One row, one time; what comes back each week has a part of its own."""

    weeks = None  # type: ignore[assignment]


class BaseTimeRows(BaseWindowRows):
    def clean(self) -> None:
        if any(self.errors):
            return
        windows = self.windows
        if len(windows) > MOST_WINDOWS:
            raise forms.ValidationError(gettext("一个需求最多 60 个时间段，请分成几个需求。"))
        if windows and Counter(start for start, _end, _places in windows).most_common(1)[0][1] > 1:
            raise forms.ValidationError(gettext("有两行是同一天同一时间，请合并成一行，把人数加起来。"))


TimeRows = forms.formset_factory(OneTimeForm, BaseTimeRows, can_delete=True, max_num=MOST_WINDOWS)


class WeeklyForm(forms.Form):
    """Weekdays to tick, every or every second week, until a day or so many times, days left out."""

    days = forms.MultipleChoiceField(
        label=_("每周哪几天"),
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    every = forms.ChoiceField(
        label=_("隔多久"),
        choices=[("1", _("每周都来")), ("2", _("隔一周来一次"))],
        initial="1",
        widget=forms.RadioSelect,
    )
    first_on = forms.DateField(
        label=_("从哪天开始"),
        widget=forms.DateInput(**DAY_INPUT),
        error_messages={"invalid": _("请按 2026-11-28 的样子填写日期。")},
        required=False,
    )
    begins = forms.TimeField(label=_("从"), widget=forms.TimeInput(**TIME_INPUT))
    ends = forms.TimeField(label=_("到"), widget=forms.TimeInput(**TIME_INPUT))
    places = forms.IntegerField(label=_("每次需要几人"), min_value=1, max_value=200)
    times = forms.IntegerField(
        label=_("一共几次"),
        help_text=_("去掉的那次也算在内，不补。"),
        min_value=1,
        max_value=LONGEST_SERIES,
        required=False,
    )
    until_on = forms.DateField(
        label=_("或者到哪天为止"),
        widget=forms.DateInput(**DAY_INPUT),
        error_messages={"invalid": _("请按 2026-11-28 的样子填写日期。")},
        required=False,
    )
    left_out = forms.CharField(
        label=_("去掉的日子"),
        help_text=_("例如：1月1日、2月6日。"),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, prefix: str | None = None) -> None:
        usual = {name: USUAL_HOURS[name] for name in ("begins", "ends", "places")}
        super().__init__(data, initial={**usual, **(initial or {})}, prefix=prefix)

    @property
    def is_used(self) -> bool:
        """Whether anything was said about weeks: the hours stand there from the beginning and tell nothing."""
        return any(self[name].value() for name in TELLING)

    def full_clean(self) -> None:
        """An untouched part is no mistake."""
        if self.is_bound and not self.is_used:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, sentence in (
            ("days", gettext("请勾选每周哪几天。")),
            ("first_on", gettext("请选择从哪天开始。")),
        ):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, sentence)
        self._clean_days(cleaned)
        if not self.errors and bool(cleaned["times"]) == bool(cleaned["until_on"]):
            self.add_error("times", gettext("一共几次、到哪天为止，请填其中一项。"))
        if not self.errors:
            self._clean_series(cleaned)
        return cleaned

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        """Within a year: what lies further ahead is asked for when it comes nearer."""
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        today = timezone.localdate()
        if first and not today <= first <= today + FURTHEST:
            self.add_error("first_on", gettext("请选择今天起一年以内的日期。"))
        elif first and last and not first <= last <= first + FURTHEST:
            self.add_error("until_on", gettext("结束日期要在开始日期以后的一年以内。"))

    def _clean_series(self, cleaned: dict[str, Any]) -> None:
        left_out, unclear = days_said(cleaned["left_out"], after=cleaned["first_on"])
        if unclear:
            self.add_error("left_out", gettext("看不懂「%(said)s」，请写成 1月1日 或 2027-01-01。") % {"said": unclear})
            return
        whole, kept = self._weekly(cleaned, []), self._weekly(cleaned, left_out)
        if sentence := refuse_times(kept.starts_at, kept.ends_at, timezone.now()) or refuse_times_asked([], [kept]):
            self.add_error("first_on", sentence)
        elif stray := sorted(set(left_out) - set(dates_of(whole))):
            self.add_error("left_out", gettext("%(day)s 本来就没有安排，请核对。") % {"day": stray[0].isoformat()})
        else:
            cleaned["weekly"] = kept

    @staticmethod
    def _weekly(cleaned: dict[str, Any], left_out: list[date]) -> Weekly:
        plain = {name: cleaned[name] for name in ("first_on", "begins", "ends", "places", "until_on", "times")}
        days = [int(day) for day in cleaned["days"]]
        return weekly(days=days, every=int(cleaned["every"]), left_out=left_out, **plain)

    @property
    def series(self) -> list[Weekly]:
        """One, or none where the part was left alone. To be asked after is_valid()."""
        return [self.cleaned_data["weekly"]] if "weekly" in self.cleaned_data else []


def days_said(text: str, *, after: date) -> tuple[list[date], str]:
    """The days in a person's own writing, and what of it is not understood; without a year, the next such day from `after`."""
    plain, days, at = unicodedata.normalize("NFKC", text), [], 0
    for found in SAID_DAY.finditer(plain):
        if unclear := BETWEEN_DAYS.sub("", plain[at : found.start()], count=1):
            return [], unclear
        year, month, day = (int(part) if part else 0 for part in found.groups())
        said = _day(year, month, day) if year else _next_day(month, day, after)
        if said is None:
            return [], found[0]
        days.append(said)
        at = found.end()
    return days, BETWEEN_DAYS.sub("", plain[at:], count=1).strip()


def _next_day(month: int, day: int, after: date) -> date | None:
    """The 29th of February may take some years."""
    years = (_day(after.year + more, month, day) for more in range(9))
    return next((found for found in years if found and found >= after), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
