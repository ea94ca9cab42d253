"""What a person writes when a step asks for words: reasons to tick, and their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .refusals import Refused
from .steps import Step, open_steps

LONGEST_REMARK = 400


class WordsForm(forms.Form):
    reasons = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    remark = forms.CharField(
        label=_("补充说明"),
        help_text=_("对方会看到。请不要写孩子或老人的姓名、电话、住址。"),
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


def offered_steps(record: models.Model, actor: Any, steps: Iterable[Step], *, url_name: str) -> list[dict[str, Any]]:
    """The open steps for templates/components/decision_bar.html; the address takes the record's number and the slug."""
    return [
        {
            "step": step,
            "url": reverse(url_name, args=[record.pk, step.slug]),
            "form": WordsForm(step) if step.asks else None,
        }
        for step in open_steps(record, actor, steps)
    ]


def words_for(step: Step, data: QueryDict) -> str:
    """What the person wrote with this step. Raises Refused where it can't be kept."""
    form = WordsForm(step, data)
    if not form.is_valid():
        raise Refused(gettext("说明最多 400 字，原因请在列出的里面勾选。"))
    return form.words
