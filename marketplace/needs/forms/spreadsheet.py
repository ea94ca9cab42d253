"""Rows of a spreadsheet as the form of a need reads them: the same fields, the same refusals, said with the column's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.documents.sheets import Row
from marketplace.organizations.models import ServiceCategory
from marketplace.sites.queries import sites_spoken_for_by
from marketplace.volunteers.models import Language, Skill
from marketplace.workflow.refusals import refuse_if

from ..enums import Audience, Urgency
from .sheet import ROWS_PREFIX, WEEKLY_PREFIX, NeedSheet
from .texts import places_for

MOST_ROWS = 100
YES = ("是", "要", "√", "1", "yes", "y")
WEEKDAYS = "一二三四五六日"
# Heading → the field that its refusals come from. A heading is the same in every language: it is a format.
FIELDS = {
    "地点": "site",
    "需要什么": "title",
    "服务类别": "category",
    "为谁": "audience",
    "公开说明": "summary",
    "日期": "on",
    "从": "begins",
    "到": "ends",
    "需要几人": "places",
    "每周": "days",
    "隔周": "every",
    "一共几次": "times",
    "到哪天为止": "until_on",
    "去掉的日子": "left_out",
    "需要会说": "languages",
    "需要会什么": "skills",
    "要审查": "clearance_required",
    "要上门": "is_home_visit",
    "紧急程度": "urgency",
    "受益人数": "people_served",
    "风险提示": "risk_disclosure",
}
HEADINGS = {name: heading for heading, name in FIELDS.items()} | {"first_on": "日期"}
REQUIRED = ("地点", "需要什么", "服务类别", "为谁", "公开说明")


@dataclass
class RowRead:
    """Line `number` of the sheet: what the action takes, or what to correct."""

    number: int
    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    error: str = ""


def read_needs(rows: list[Row], user: Any) -> list[RowRead]:
    """Every row judged, nothing written. Raises Refused where the sheet is not one of needs, or too long."""
    refuse_if(refuse_sheet(rows))
    names, places = _known_names(user), places_for(user)
    read = [_judged(number, row, user, names, places) for number, row in enumerate(rows, start=2) if any(row.values())]
    return _without_doubles(read)


def refuse_sheet(rows: list[Row]) -> str | None:
    """Whether it is a sheet of needs at all, and one that can be looked over."""
    if len(rows) > MOST_ROWS:
        return _("一次最多导入 %(rows)s 行，请分成几份。") % {"rows": MOST_ROWS}
    if missing := [heading for heading in REQUIRED if rows and heading not in rows[0]]:
        return _("缺少这几列：%(columns)s。请用模板填写。") % {"columns": "、".join(missing)}
    return None


def _judged(number: int, row: Row, user: Any, names: dict[str, dict[str, Any]], places: Any) -> RowRead:
    data, unknown = _as_form(row, names)
    if unknown:
        return RowRead(number, row, error="；".join(unknown))
    sheet = NeedSheet(user, data=data, places=places)
    if not sheet.is_valid():
        return RowRead(number, row, error="；".join(_said(sheet)))
    values = {name: value for name, value in sheet.values.items() if name != "person"}
    return RowRead(number, row, values=values)


def _without_doubles(read: list[RowRead]) -> list[RowRead]:
    """A need is known by its place and title: the same twice in one sheet would be one need."""
    first: dict[tuple[int, str], int] = {}
    for one in read:
        if not one.error:
            key = (one.values["site"].pk, one.values["title"])
            if key in first:
                one.error = _("与第 %(number)s 行的地点、需要什么相同，请合并，或改一个标题。") % {"number": first[key]}
            first.setdefault(key, one.number)
    return read


def _known_names(user: Any) -> dict[str, dict[str, Any]]:
    """For each column of choices: what may stand there → the value of the form."""
    sites = sites_spoken_for_by(user)
    return {
        "site": {site.name: site.pk for site in sites} | {site.code: site.pk for site in sites if site.code},
        "category": {one.name: one.pk for one in ServiceCategory.objects.all()},
        "languages": {one.name: one.pk for one in Language.objects.all()},
        "skills": {one.name: one.pk for one in Skill.objects.all()},
        "audience": {str(label): value for value, label in Audience.choices},
        # An emergency is told to people, not written into a list.
        "urgency": {str(label): value for value, label in Urgency.choices if value != Urgency.EMERGENCY},
    }


def _as_form(row: Row, names: dict[str, dict[str, Any]]) -> tuple[QueryDict, list[str]]:
    """What a browser would send, and the words that stand for nothing."""
    typed = {name: row.get(heading, "").strip() for heading, name in FIELDS.items()}
    data, unknown = QueryDict(mutable=True), []
    for name, known in names.items():
        for word in _words(typed[name]) if name in ("languages", "skills") else filter(None, [typed[name]]):
            if word in known:
                data.appendlist(name, str(known[word]))
            else:
                unknown.append(_("%(column)s：没有「%(word)s」") % {"column": HEADINGS[name], "word": word[:40]})
    for name in ("title", "summary", "people_served", "risk_disclosure"):
        data[name] = typed[name]
    for name in ("clearance_required", "is_home_visit"):
        if typed[name].lower() in YES:
            data[name] = "on"
    data.setdefault("urgency", Urgency.NORMAL)
    _add_times(data, typed)
    return data, unknown


def _words(text: str) -> Iterator[str]:
    for mark in "，,；;/ ":
        text = text.replace(mark, "、")
    yield from filter(None, text.split("、"))


def _add_times(data: QueryDict, typed: dict[str, str]) -> None:
    """One time, or a series where weekdays are given."""
    hours = {name: typed[name] for name in ("begins", "ends", "places")}
    is_weekly = any(typed[name] for name in ("days", "times", "until_on", "left_out"))
    is_single = not is_weekly and any([typed["on"], *hours.values()])
    data[f"{ROWS_PREFIX}-TOTAL_FORMS"], data[f"{ROWS_PREFIX}-INITIAL_FORMS"] = str(int(is_single)), "0"
    if is_single:
        data.update({f"{ROWS_PREFIX}-0-{name}": text for name, text in {"on": typed["on"], **hours}.items()})
    if is_weekly:
        every = "2" if typed["every"].lower() in YES else "1"
        plain = {name: typed[name] for name in ("times", "until_on", "left_out")}
        said = {"first_on": typed["on"], "every": every, **hours, **plain}
        data.update({f"{WEEKLY_PREFIX}-{name}": text for name, text in said.items()})
        days = typed["days"].replace("天", "日")
        data.setlist(f"{WEEKLY_PREFIX}-days", [str(n) for n, name in enumerate(WEEKDAYS) if name in days])


def _said(sheet: NeedSheet) -> list[str]:
    """The refusals with the columns' names."""
    said: list[str] = []
    for form in (sheet.form, *sheet.rows.forms, sheet.weekly):
        said += _said_of(form, lambda name: HEADINGS.get(name, ""))
    return [*said, *sheet.rows.non_form_errors()]


def _said_of(form: Any, heading: Callable[[str], str]) -> Iterable[str]:
    for name, texts in form.errors.items():
        for text in texts:
            yield f"{heading(name)}：{text}" if heading(name) else str(text)
