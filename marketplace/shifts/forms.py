"""Why a shift is called off, and when and where it takes place instead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.sites.models import ServiceSite
from marketplace.workflow.forms import LONGEST_REMARK

from .enums import CHOSEN_BY_PEOPLE
from .models import Shift
from .rows import DAY, HOUR, moments
from .rules import refuse_times


class CancellationForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("为什么取消？"),
        choices=[(reason, reason.label) for reason in CHOSEN_BY_PEOPLE],
        widget=forms.RadioSelect,
        help_text=_("报名的人会看到这一项。"),
        error_messages={"required": _("请选择原因，报名的人会看到。"), "invalid_choice": _("请在列出的原因里选择。")},
    )
    remark = forms.CharField(
        label=_("补充说明"),
        required=False,
        max_length=LONGEST_REMARK,
        help_text=_("只留在这里的记录里，同事和民政部门能看到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(forms.Form):
    """The new time, as it stands at first; the place only where there is a choice."""

    on = forms.DateField(label=_("日期"), widget=DAY, error_messages={"required": _("请选择日期。")})
    begins = forms.TimeField(label=_("从"), widget=HOUR)
    ends = forms.TimeField(label=_("到"), widget=HOUR)
    site = forms.ModelChoiceField(
        ServiceSite.objects.none(),
        label=_("地点"),
        empty_label=None,
        error_messages={"required": _("请选择地点。"), "invalid_choice": _("请在列出的地点里选择。")},
    )
    remark = forms.CharField(
        label=_("为什么改？"),
        max_length=LONGEST_REMARK,
        help_text=_("报名的人会看到新旧时间；这句话留在记录里，同事和民政部门能看到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一句为什么改。")},
    )

    def __init__(self, shift: Shift, data: QueryDict | None, *, sites: Any) -> None:
        begins, ends = (timezone.localtime(moment) for moment in (shift.starts_at, shift.ends_at))
        initial = {"on": begins.date(), "begins": begins.time(), "ends": ends.time(), "site": shift.site_id}
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["site"].queryset = sites
        if len(sites) < 2:
            del fields["site"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"on", "begins", "ends"} <= cleaned.keys() and (sentence := refuse_times(*self.times, timezone.now())):
            raise forms.ValidationError(sentence)
        return cleaned

    @property
    def times(self) -> tuple[datetime, datetime]:
        """The new start and end. To be asked after is_valid()."""
        return moments(self.cleaned_data)
