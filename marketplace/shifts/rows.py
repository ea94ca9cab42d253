"""Rows of times in a form: a day, from when to when, how many people, for how many weeks. Needs and programs fill them in."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rules import refuse_times

ROWS = 3
LONGEST_SERIES = 26
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
USUAL_HOURS = {"begins": time(9, 0), "ends": time(11, 30), "places": 3, "weeks": 1}


class WindowForm(forms.Form):
    """One row: a day, from when to when, how many people, and for how many weeks in a row."""

    on = forms.DateField(
        label=_("日期"),
        widget=DAY,
        error_messages={
            "required": _("请选择日期；不要这一行就勾选「去掉」。"),
            "invalid": _("请按 2026-11-28 的样子填写日期。"),
        },
    )
    begins = forms.TimeField(label=_("从"), widget=HOUR)
    ends = forms.TimeField(label=_("到"), widget=HOUR)
    places = forms.IntegerField(label=_("需要几人"), min_value=1, max_value=200)
    weeks = forms.IntegerField(label=_("连续几周"), min_value=1, max_value=LONGEST_SERIES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"on", "begins", "ends"} <= cleaned.keys():
            start, end = moments(cleaned)
            if sentence := refuse_times(start, end, timezone.now()):
                raise forms.ValidationError(sentence)
        return cleaned

    @property
    def windows(self) -> list[tuple[datetime, datetime, int]]:
        """(start, end, places) for each week; none where the row was left alone. To be asked after is_valid()."""
        row = self.cleaned_data
        if not row.get("on") or row.get("DELETE"):
            return []
        return [(*moments(row, week=week), row["places"]) for week in range(row.get("weeks") or 1)]


def moments(row: dict[str, Any], *, week: int = 0) -> tuple[datetime, datetime]:
    """Start and end of what a row says, so many weeks later."""
    day = row["on"] + timedelta(weeks=week)
    begin, end = (timezone.make_aware(datetime.combine(day, row[name])) for name in ("begins", "ends"))
    return begin, end


class BaseWindowRows(forms.BaseFormSet):
    """All rows. What comes back from the page is taken as new each time, so an untouched row counts for nothing."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A row that was not filled in before shows the usual hours."""
        is_given = not self.is_bound and index is not None and index < self.initial_form_count()
        return {} if is_given else {"initial": USUAL_HOURS}

    @property
    def windows(self) -> list[tuple[datetime, datetime, int]]:
        """The windows of all rows, the earliest first."""
        return sorted(window for form in self.forms for window in form.windows)


class RowSheet:
    """A form and its rows, taken together. `anchor` is where the rows stand on the page, `row_words` names one of them."""

    anchor: str
    row_words: Any
    form: Any
    rows: Any

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def row_errors(self) -> list[dict[str, Any]]:
        """The refusals of the rows for the summary: each with its row's number and a link to it."""
        if not self.rows.is_bound:
            return []
        said = [{"text": text, "href": f"#{self.anchor}"} for text in self.rows.non_form_errors()]
        for number, form in enumerate(self.rows.forms, start=1):
            for name, texts in form.errors.items():
                href = f"#{form[name if name in form.fields else 'on'].id_for_label}"
                said += [{"text": self.row_words % {"number": number} + text, "href": href} for text in texts]
        return said

    @property
    def uses_more_rows(self) -> bool:
        """Whether a row behind the first has something to show."""
        return any(form["on"].value() or form.errors for form in self.rows.forms[1:])

    @property
    def typed_rows(self) -> list[dict[str, Any]]:
        """What stands in the rows that are not struck out, not yet judged."""
        return [typed(form) for form in self.rows.forms if not form["DELETE"].value()]


def typed(form: forms.BaseForm) -> dict[str, Any]:
    """What stands in the form, not yet judged."""
    return {name: form[name].value() for name in form.fields}
