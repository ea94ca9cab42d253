"""What a person sends to sign up, or to say who was there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    """`key` is made with the page, so that a second tap on the same button is recognised."""

    acknowledged_risks = forms.BooleanField(label=_("我已了解以上风险"), required=False)
    key = forms.CharField(max_length=64, required=False)


class AttendanceForm(forms.Form):
    """The button that was pressed on the roster."""

    was_there = forms.TypedChoiceField(
        choices=[("yes", _("到场")), ("no", _("未到"))], coerce=lambda value: value == "yes"
    )
