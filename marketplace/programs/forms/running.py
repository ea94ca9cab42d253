"""Small forms beside the program's own: cells of a week to tick, an insurance, risks in new words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.documents.forms import PaperField
from marketplace.privacy.public_text import refuse_public_text
from marketplace.shifts.rows import DAY, USUAL_HOURS, moments
from marketplace.shifts.rules import refuse_times
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Language, Skill

from ..actions import OwnShift
from ..models import InsurancePolicy, Program
from .offering import TOO_LONG, RoleForm


class WeekForm(RoleForm):
    """The same hours and the same role for every ticked cell, a cell being a site on a day."""

    on = None  # type: ignore[assignment]
    cells = forms.MultipleChoiceField(
        error_messages={
            "required": _("还没有勾选日期，请在表里勾选要加的日子。"),
            "invalid_choice": _("勾选的格子不在这一周的表里，请重新勾选。"),
        }
    )

    def __init__(self, *args: Any, sites: Iterable[ServiceSite], days: Sequence[date], **kwargs: Any) -> None:
        lists = {"skills": Skill.objects.all(), "languages": Language.objects.all()}
        super().__init__(*args, initial=USUAL_HOURS, **lists, **kwargs)
        self.places_and_days = {cell_of(site, day): (site, day) for site in sites for day in days}
        fields: Any = self.fields
        fields["cells"].choices = [(cell, cell) for cell in self.places_and_days]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for own in self.own_shifts:
                if sentence := refuse_times(own.starts_at, own.ends_at, timezone.now()):
                    raise forms.ValidationError(sentence)
        return cleaned

    @property
    def ticked(self) -> list[str]:
        """The cells as they stand on the page."""
        return list(self["cells"].value() or [])

    @property
    def own_shifts(self) -> list[OwnShift]:
        """One for each cell and week. To be asked after is_valid()."""
        row = self.cleaned_data
        chosen = [self.places_and_days[cell] for cell in row["cells"]]
        spans = [(site, moments({**row, "on": day}, week=week)) for site, day in chosen for week in range(row["weeks"])]
        return [
            OwnShift(site=site, starts_at=start, ends_at=end, places=row["places"], **self.role)
            for site, (start, end) in spans
        ]


def cell_of(site: ServiceSite, day: date | datetime) -> str:
    """The value of the cell of this site on this day."""
    return f"{site.pk}:{day:%Y-%m-%d}"


class InsuranceForm(forms.ModelForm):
    paper = PaperField(label=_("保险单（照片或 PDF）"), required=False)

    class Meta:
        model = InsurancePolicy
        fields = ("insurer", "number", "starts_on", "ends_on")
        widgets = {"starts_on": DAY, "ends_on": DAY}
        error_messages = {
            "insurer": {"required": _("请写保险公司。"), **TOO_LONG},
            "number": {"required": _("请写保单号。"), **TOO_LONG},
            "starts_on": {"required": _("请写保险从哪天起。"), "invalid": _("请按 2026-11-28 的样子填写日期。")},
            "ends_on": {"required": _("请写保险到哪天止。"), "invalid": _("请按 2026-11-28 的样子填写日期。")},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"starts_on", "ends_on"} <= cleaned.keys() and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("结束日期要不早于开始日期。"))
        return cleaned


class RisksForm(forms.Form):
    """Other words for risks that people already agreed to."""

    risk_disclosure = forms.CharField(
        label=_("新的风险提示"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("保存后马上公开；已经报名的人都会收到消息，请他们再看一遍。"),
        error_messages={"required": _("请写风险提示；没有特别风险也请写明「无特别风险」和原因。"), **TOO_LONG},
    )

    def __init__(self, program: Program, data: Any = None) -> None:
        super().__init__(data, initial={"risk_disclosure": program.risk_disclosure})

    def clean_risk_disclosure(self) -> str:
        if sentence := refuse_public_text(self.cleaned_data["risk_disclosure"]):
            raise forms.ValidationError(sentence)
        return self.cleaned_data["risk_disclosure"]
