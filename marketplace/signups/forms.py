"""What a person sends to sign up, or to say who was there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.volunteers.models import Volunteer


class SignUpForm(forms.Form):
    """`key` is made with the page, so that a second tap on the same button is recognised."""

    acknowledged_risks = forms.BooleanField(label=_("我已了解以上风险"), required=False)
    key = forms.CharField(max_length=64, required=False)


class GroupSignUpForm(forms.Form):
    """Whom of the team the leader chose."""

    members = forms.ModelMultipleChoiceField(Volunteer.objects.none())
    acknowledged_risks = forms.BooleanField(required=False)
    # The key of each member's sign-up ends in the member's number.
    key = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, members: QuerySet[Volunteer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = members  # type: ignore[attr-defined]


class AttendanceForm(forms.Form):
    """The button that was pressed on the roster."""

    was_there = forms.TypedChoiceField(
        choices=[("yes", _("到场")), ("no", _("未到"))], coerce=lambda value: value == "yes"
    )
