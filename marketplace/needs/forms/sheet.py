"""All parts of the form of a need, taken together: what is asked, when, and who is meant."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.shifts.rows import ROWS, RowSheet, typed
from marketplace.workflow.wording import say_when

from ..models import Need
from ..rules import refuse_times_asked, refused_texts
from ..series import typed_again, windows_of
from .texts import NeedForm, PrivateForm
from .times import TimeRows, WeeklyForm

ROWS_PREFIX, WEEKLY_PREFIX, PRIVATE_PREFIX = "windows", "weekly", "private"
EXTRAS = ("skills", "languages", "people_served", "risk_disclosure")


class NeedSheet(RowSheet):
    """The need, its single times, what repeats weekly, and the part that is sealed."""

    anchor = "windows"
    row_words = _("时间段 %(number)d：")

    def __init__(
        self, user: Any, *, need: Need | None = None, data: QueryDict | None = None, places: Any = None
    ) -> None:
        self.user, self.need = user, need
        self.form = NeedForm(user, data, instance=need, places=places)
        self.rows = TimeRows(data, prefix=ROWS_PREFIX) if data else _rows(_rows_of(need) if need else [])
        self.weekly = WeeklyForm(data, prefix=WEEKLY_PREFIX, initial=_weekly_of(need))
        self.private = PrivateForm(data, prefix=PRIVATE_PREFIX)

    @property
    def parts(self) -> tuple[Any, ...]:
        return self.form, self.rows, self.weekly, self.private

    def is_valid(self) -> bool:
        if not all([part.is_valid() for part in self.parts]):
            return False
        person = self.private.person
        area_code = self.form.cleaned_data["site"].area_code
        refused = refused_texts(self.form.cleaned_data, area_code, names=[person.name] if person else [])
        for name, said in refused.items():
            self.form.add_error(name, said)
        if sentence := self._refuse_times():
            self.weekly.add_error(None, sentence)
        return self.form.is_valid() and self.weekly.is_valid()

    def _refuse_times(self) -> str | None:
        taken = {start for start, _end, _places in self.rows.windows}
        for start, end, _places in (window for one in self.weekly.series for window in windows_of(one)):
            if start in taken:
                return gettext("%(when)s 在上面已经单独填了，请去掉一处。") % {"when": say_when(start, end)}
        return refuse_times_asked(self.rows.windows, self.weekly.series)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes. To be asked after is_valid()."""
        return {
            **self.form.cleaned_data,
            "windows": self.rows.windows,
            "series": self.weekly.series,
            "person": self.private.person,
        }

    @property
    def row_errors(self) -> list[dict[str, Any]]:
        """Those of the rows, and of the two parts that the summary does not know."""
        return super().row_errors + _said(self.weekly, "weekly") + _said(self.private, "private")

    @property
    def uses_extras(self) -> bool:
        """Whether one of the optional fields has something to show."""
        return any(self.form[name].value() or self.form[name].errors for name in EXTRAS)

    @property
    def uses_weekly(self) -> bool:
        return self.weekly.is_used or bool(self.weekly.errors)

    @property
    def uses_private(self) -> bool:
        return bool(self.private.errors) or any(self.private[name].value() for name in self.private.fields)

    def with_another_row(self) -> NeedSheet:
        """The same text and rows, unchecked, with one row more."""
        sheet = NeedSheet(self.user, need=self.need)
        sheet.form = NeedForm(self.user, instance=self.need, initial=typed(self.form))
        sheet.rows = _rows(self.typed_rows, at_least=0)
        sheet.weekly = WeeklyForm(prefix=WEEKLY_PREFIX, initial=typed(self.weekly))
        sheet.private = PrivateForm(prefix=PRIVATE_PREFIX, initial=typed(self.private))
        return sheet


def _said(form: Any, anchor: str) -> list[dict[str, Any]]:
    """Each refusal with the field's own label and a link to it."""
    said = []
    for name, texts in form.errors.items() if form.is_bound else ():
        field = form[name] if name in form.fields else None
        href = f"#{field.id_for_label}" if field and field.id_for_label else f"#{anchor}"
        said += [{"text": f"{field.label}：{text}" if field else text, "href": href} for text in texts]
    return said


def _rows(given: list[dict[str, Any]], *, at_least: int = ROWS) -> Any:
    rows = TimeRows(initial=given, prefix=ROWS_PREFIX)
    rows.extra = max(at_least - len(given), 1)
    return rows


def _rows_of(need: Need) -> list[dict[str, Any]]:
    """The single times; those of a series come back with it."""
    spans = [
        (timezone.localtime(row.starts_at), timezone.localtime(row.ends_at), row.places)
        for row in need.windows.all()
        if row.series_id is None
    ]
    return [
        {"on": begin.date(), "begins": begin.time(), "ends": end.time(), "places": places}
        for begin, end, places in spans
    ]


def _weekly_of(need: Need | None) -> dict[str, Any] | None:
    series = need.series.first() if need else None
    return typed_again(series) if series else None
