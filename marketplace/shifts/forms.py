"""Why a shift is called off."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.workflow.forms import LONGEST_REMARK

from .enums import CHOSEN_BY_PEOPLE


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
