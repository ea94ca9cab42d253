"""What a person writes when a step asks for words: reasons to tick, and their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .steps import Step

LONGEST_REMARK = 400


class WordsForm(forms.Form):
    reasons = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    remark = forms.CharField(
        label=_("补充说明"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, step: Step, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"{step.slug}_%s")
        if step.reasons:
            self.fields["reasons"].label = step.asks
            self.fields["reasons"].choices = [(text, text) for text in step.reasons]  # type: ignore[attr-defined]
        else:
            del self.fields["reasons"]
            self.fields["remark"].label = step.asks

    @property
    def words(self) -> str:
        """All that was said, a line each; empty where nothing was. To be asked after is_valid()."""
        said: list[Any] = [*self.cleaned_data.get("reasons", []), self.cleaned_data["remark"]]
        return "\n".join(text for text in said if text)
