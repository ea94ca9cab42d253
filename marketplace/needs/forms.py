"""The form of a need: what is asked, and a row for each time when help is wanted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.shifts.rules import refuse_times
from marketplace.sites.enums import SiteKind
from marketplace.sites.queries import sites_spoken_for_by

from .enums import Audience
from .models import Need
from .rules import refuse_public_text

ROWS = 3
ROWS_PREFIX = "windows"
EXTRAS = ("skills", "people_served", "risk_disclosure")
LONGEST_SERIES = 26
MOST_WINDOWS = 60
USUAL_HOURS = {"begins": time(9, 0), "ends": time(11, 30), "places": 3, "weeks": 1}
AUDIENCES = {SiteKind.CHILDRENS_HOME: Audience.CHILDREN, SiteKind.ELDER_POINT: Audience.ELDERS}


class NeedForm(forms.ModelForm):
    class Meta:
        model = Need
        fields = (
            "site",
            "title",
            "category",
            "audience",
            "summary",
            "clearance_required",
            "skills",
            "people_served",
            "urgency",
            "risk_disclosure",
        )
        labels = {"clearance_required": _("来的人要先通过未成年人保护审查")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "risk_disclosure": forms.Textarea(attrs={"rows": 3}),
            "audience": forms.RadioSelect,
            "urgency": forms.RadioSelect,
            "skills": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "site": _("老人的需求请选村（社区）或养老服务点：公开的是这个点，不是住处。"),
            "title": _("一句话，例如：周六上午课业辅导"),
            "summary": _("所有人都能看到。请不要写孩子或老人的姓名、学校班级、电话、住址。"),
            "clearance_required": _("会与儿童单独接触的活动应当勾选（未成年人保护法第六十二条）。"),
            "skills": _("不勾选表示谁都可以来。"),
            "risk_disclosure": _("例如：山路较多，请结伴前往；室内活动，无特别风险。志愿者报名时要确认看过。"),
        }
        error_messages = {
            "site": {"required": _("请选择地点。"), "invalid_choice": _("请在列出的地点里选择。")},
            "title": {"required": _("请用一句话写明需要什么。"), "max_length": _("请缩短到 %(limit_value)d 字以内。")},
            "category": {"required": _("请选择服务类别。")},
            "audience": {"required": _("请选择为谁服务。")},
            "summary": {"required": _("请写明要来的人做什么。"), "max_length": _("请缩短到 %(limit_value)d 字以内。")},
            "risk_disclosure": {"max_length": _("请缩短到 %(limit_value)d 字以内。")},
        }

    def __init__(self, user: Any, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        sites = sites_spoken_for_by(user)
        self.has_sites, self.only_site = bool(sites), sites[0] if len(sites) == 1 else None
        if self.only_site and kwargs.get("instance") is None:
            initial = {**_usual_for(self.only_site), **(initial or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self._offer(sites)

    def _offer(self, sites: Any) -> None:
        """The choices of this person; a single site is no choice."""
        fields: Any = self.fields
        fields["site"].queryset = sites
        fields["site"].label_from_instance = lambda site: f"{site.name}（{site.area.short_name}）"
        fields["site"].empty_label = fields["category"].empty_label = _("请选择")
        for name in ("audience", "urgency"):
            fields[name].choices = [(value, label) for value, label in fields[name].choices if value]
        if self.only_site:
            fields["site"].widget = forms.HiddenInput()

    def clean_title(self) -> str:
        return self._free_of_numbers("title")

    def clean_summary(self) -> str:
        return self._free_of_numbers("summary")

    def clean_risk_disclosure(self) -> str:
        return self._free_of_numbers("risk_disclosure")

    def _free_of_numbers(self, name: str) -> str:
        if sentence := refuse_public_text(self.cleaned_data[name]):
            raise forms.ValidationError(sentence)
        return self.cleaned_data[name]


def _usual_for(site: Any) -> dict[str, Any]:
    """The kind of a site tells for whom the help usually is, and whether those who come meet children."""
    return {
        "site": site.pk,
        "audience": AUDIENCES.get(site.kind, ""),
        "clearance_required": site.kind == SiteKind.CHILDRENS_HOME,
    }


class WindowForm(forms.Form):
    """One row: a day, from when to when, how many people, and for how many weeks in a row."""

    on = forms.DateField(
        label=_("日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("请选择日期；不要这一行就勾选「去掉」。"),
            "invalid": _("请按 2026-11-28 的样子填写日期。"),
        },
    )
    begins = forms.TimeField(label=_("从"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label=_("到"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    places = forms.IntegerField(label=_("需要几人"), min_value=1, max_value=200)
    weeks = forms.IntegerField(label=_("连续几周"), min_value=1, max_value=LONGEST_SERIES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"on", "begins", "ends"} <= cleaned.keys():
            start, end = _moments(cleaned, week=0)
            if sentence := refuse_times(start, end, timezone.now()):
                raise forms.ValidationError(sentence)
        return cleaned

    @property
    def windows(self) -> list[tuple[datetime, datetime, int]]:
        """(start, end, places) for each week; none where the row was left alone. To be asked after is_valid()."""
        row = self.cleaned_data
        if not row.get("on") or row.get("DELETE"):
            return []
        return [(*_moments(row, week=week), row["places"]) for week in range(row["weeks"])]


def _moments(row: dict[str, Any], *, week: int) -> tuple[datetime, datetime]:
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

    def clean(self) -> None:
        if any(self.errors):
            return
        windows = self.windows
        if len(windows) > MOST_WINDOWS:
            raise forms.ValidationError(_("一个需求最多 60 个时间段，请分成几个需求。"))
        if windows and Counter(start for start, _end, _places in windows).most_common(1)[0][1] > 1:
            raise forms.ValidationError(_("有两行是同一天同一时间，请合并成一行，把人数加起来。"))


WindowRows = forms.formset_factory(WindowForm, BaseWindowRows, can_delete=True, max_num=MOST_WINDOWS)


class NeedSheet:
    """The form and its rows, taken together."""

    def __init__(self, user: Any, *, need: Need | None = None, data: QueryDict | None = None) -> None:
        self.user, self.need = user, need
        self.form = NeedForm(user, data, instance=need)
        self.rows: Any = WindowRows(data, prefix=ROWS_PREFIX) if data else _rows(_rows_of(need) if need else [])

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes. To be asked after is_valid()."""
        return {**self.form.cleaned_data, "windows": self.rows.windows}

    @property
    def row_errors(self) -> list[dict[str, Any]]:
        """The refusals of the rows for the summary: each with its row's number and a link to it."""
        said = (
            [{"text": text, "href": "#windows"} for text in self.rows.non_form_errors()] if self.rows.is_bound else []
        )
        for number, form in enumerate(self.rows.forms, start=1):
            for name, texts in form.errors.items():
                href = f"#{form[name].id_for_label}" if name in form.fields else f"#{form['on'].id_for_label}"
                said += [{"text": _("时间段 %(number)d：") % {"number": number} + text, "href": href} for text in texts]
        return said

    @property
    def uses_more_rows(self) -> bool:
        """Whether a row behind the first has something to show."""
        return any(form["on"].value() or form.errors for form in self.rows.forms[1:])

    @property
    def uses_extras(self) -> bool:
        """Whether one of the optional fields has something to show."""
        return any(self.form[name].value() or self.form[name].errors for name in EXTRAS)

    def with_another_row(self) -> NeedSheet:
        """The same text and rows, unchecked, with one row more."""
        sheet = NeedSheet(self.user, need=self.need)
        sheet.form = NeedForm(self.user, instance=self.need, initial=_typed(self.form))
        sheet.rows = _rows([row for row in map(_typed, self.rows.forms) if not row["DELETE"]], at_least=0)
        return sheet


def _rows(given: list[dict[str, Any]], *, at_least: int = ROWS) -> Any:
    rows = WindowRows(initial=given, prefix=ROWS_PREFIX)
    rows.extra = max(at_least - len(given), 1)
    return rows


def _typed(form: forms.BaseForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


def _rows_of(need: Need) -> list[dict[str, Any]]:
    spans = [
        (timezone.localtime(row.starts_at), timezone.localtime(row.ends_at), row.places) for row in need.windows.all()
    ]
    return [
        {"on": begin.date(), "begins": begin.time(), "ends": end.time(), "places": places, "weeks": 1}
        for begin, end, places in spans
    ]
