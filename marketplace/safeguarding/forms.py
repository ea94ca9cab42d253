"""What the button sends, what a reporter adds, a complaint, an answer, a number to call."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.geography.models import AdminArea
from marketplace.sites.models import ServiceSite

from .enums import ComplaintKind, ReportChannel, Situation
from .models import Hotline

LONGEST_WORDS = 600


class TapForm(forms.Form):
    """Nothing of it is demanded: what can't be read is left out, and the report is kept all the same."""

    key = forms.CharField(min_length=16, max_length=64)
    site = forms.ModelChoiceField(ServiceSite.objects.select_related("area"), required=False)
    area = forms.ModelChoiceField(AdminArea.objects.current(), to_field_name="code", required=False)
    channel = forms.ChoiceField(choices=ReportChannel.choices)
    tapped_at = forms.DateTimeField(required=False)

    @property
    def readable(self) -> dict[str, Any]:
        """What of it made sense, with a key of our own where none came."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {"key": secrets.token_urlsafe(24), **said}


class DescriptionForm(forms.Form):
    situation = forms.ChoiceField(
        label=_("看到的情况"), choices=[("", _("不确定")), *Situation.choices], required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("发生了什么"),
        help_text=_("在哪里、什么时候、看到什么。不用猜测，也不用先去查证。只有处理的人能看到。"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    phone = forms.CharField(
        label=_("怎么联系您"),
        help_text=_("处理的人可能要问您几句。身份保密，不填也可以。"),
        max_length=40,
        required=False,
    )


class ComplaintForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("投诉什么"),
        choices=ComplaintKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一类，方便转给合适的人。")},
    )
    words = forms.CharField(
        label=_("发生了什么"),
        help_text=_("什么时候、在哪里、谁做了什么。只有处理投诉的民政工作人员能看到，被投诉的一方看不到。"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写几句发生了什么，工作人员才能核实。")},
    )
    contact = forms.CharField(
        label=_("怎么联系您"),
        help_text=_("电话或邮箱，只用于核实这件事。不填也可以，凭回执号和查询码查答复。"),
        max_length=80,
        required=False,
    )


class LookupForm(forms.Form):
    receipt = forms.CharField(label=_("回执号"), max_length=20)
    secret = forms.CharField(
        label=_("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def clean_receipt(self) -> str:
        return self.cleaned_data["receipt"].strip().upper()


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"),
        help_text=_("投诉人会看到。请写明核实的结果和怎么处理的，不要写别人的姓名、电话、住址。"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写明核实的结果和怎么处理的。")},
    )


class HotlineForm(forms.ModelForm):
    class Meta:
        model = Hotline
        fields = ("name", "name_en", "number", "use", "source", "for_children", "for_emergencies")
        labels = {
            "name_en": _("英文名称"),
            "for_children": _("涉及孩子时显示"),
            "for_emergencies": _("紧急情况时显示"),
        }
        help_texts = {"source": _("号码从哪里来、什么时候核对过。")}
        widgets = {"number": forms.TextInput(attrs={"inputmode": "tel"})}

    def clean_number(self) -> str:
        """Digits, with a dash after an area code: it becomes a link that dials."""
        number = self.cleaned_data["number"].strip()
        if not number.replace("-", "").isdecimal() or not number.isascii():
            raise forms.ValidationError(_("只写数字，区号后面可以有一个短横线。"))
        return number
