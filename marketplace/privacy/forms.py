"""Who somebody says they are, why somebody looks, whom they look for, and what somebody wants corrected."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.phones import normalize_phone

from .enums import IdType
from .persons import plain_person
from .rules import refuse_person
from .sealed import Person


class IdentityForm(forms.Form):
    """A volunteer's own identity; its clean value is `person`. The birth date is asked for only where the number tells none."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=40,
        help_text=_("和证件上一样。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请填写姓名。")},
    )
    id_type = forms.ChoiceField(
        label=_("证件"),
        choices=[(kind.value, kind.label) for kind in IdType if kind != IdType.NONE],
        initial=IdType.RESIDENT,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择证件。"), "invalid_choice": _("请在列出的几种里选择。")},
    )
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写证件号码。"), "max_length": _("证件号码太长，请照着证件再看一遍。")},
    )
    born_on = forms.DateField(
        label=_("出生日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
        help_text=_("18 位的号码里已经有，可以不填。"),
        error_messages={"invalid": _("请按 1990-11-28 的样子填写日期。")},
    )
    phone = forms.CharField(
        label=_("联系手机"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("活动当天出了急事才用。"),
        error_messages={"required": _("请填写联系手机。")},
    )
    address = forms.CharField(label=_("住址"), max_length=120, required=False)
    agreed = forms.BooleanField(
        label=_("我单独同意平台加密保存上面的真实身份信息，用于实名登记和紧急联系"),
        error_messages={"required": _("要您同意以后才能保存。不同意也可以继续使用平台的其他功能。")},
    )

    person: Person

    def __init__(self, *args: Any, person: Person | None = None, has_agreed: bool = False, **kwargs: Any) -> None:
        kwargs["initial"] = asdict(person) if person else None
        super().__init__(*args, **kwargs)
        if has_agreed:
            del self.fields["agreed"]

    def clean_phone(self) -> str:
        number = normalize_phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("请填写 11 位手机号码，例如 13800138000。"))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        names = ("name", "id_type", "id_number", "born_on", "phone", "address")
        self.person = plain_person(Person(**{name: cleaned[name] for name in names}))
        if sentence := refuse_person(self.person):
            self.add_error("id_number", sentence)
        elif self.person.born_on is None:
            self.add_error("born_on", _("请填写出生日期，这种号码里没有。"))
        elif self.person.born_on > timezone.localdate() - relativedelta(years=settings.VOLUNTEER_AGE):
            self.add_error("born_on", _("还没到可以自己登记的年龄，请由监护人带着参加。"))
        return cleaned


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
