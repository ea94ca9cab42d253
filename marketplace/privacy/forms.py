"""Why somebody looks, whom they look for, and what somebody wants corrected."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么要看完整资料"),
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写清要办什么事，例如「活动当天受伤，要联系家人」。不要写姓名、电话。"),
        error_messages={"required": _("请写明原因。"), "max_length": _("原因最多 120 字。")},
    )


class LookupForm(forms.Form):
    """Found only by the whole value: there is no list to leaf through."""

    value = forms.CharField(
        label=_("姓名、证件号码或手机号"),
        max_length=60,
        help_text=_("要写完整。只在您管辖的地区里找，查找会留下记录。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写姓名、证件号码或手机号。")},
    )


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("哪一项不对，应当是什么"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如「无犯罪记录查询的日期应当是 10 月 8 日」。这段话加密保存，只有办理的工作人员能看。"),
        error_messages={"required": _("请写明哪一项不对。"), "max_length": _("最多 600 字。")},
    )
