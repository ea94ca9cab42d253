"""The form in which an organization registers."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.geography.enums import AreaLevel
from marketplace.geography.models import AdminArea

from .enums import OrganizationForm
from .models import Organization
from .uscc import refuse_uscc

REGISTERING = (AreaLevel.CITY, AreaLevel.COUNTY)


class RegistrationForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = ("name", "short_name", "form", "uscc", "area", "categories", "about")
        widgets = {
            "form": forms.RadioSelect,
            "categories": forms.CheckboxSelectMultiple,
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "uscc": forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        }
        help_texts = {
            "name": _("与登记证书完全一致。"),
            "short_name": _("列表里用，不填就用全称。"),
            "uscc": _("18 位，在登记证书上。社会团体 51 开头，社会服务机构 52 开头，基金会 53 开头。"),
            "area": _("登记机关所在地，由那里的民政部门核验。"),
            "about": _("所有人都能看到：做什么、服务哪些人、在哪里做。请不要写个人电话。"),
        }
        error_messages = {
            "name": {"required": _("请填写登记证书上的名称。")},
            "form": {"required": _("请选择组织形式。")},
            "uscc": {
                "required": _("请填写统一社会信用代码。"),
                "unique": _("这个代码已经登记过了。请联系您单位的负责人把您加进来，不用再登记一次。"),
            },
            "area": {"required": _("请选择登记地区。")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["area"].queryset = AdminArea.objects.current().filter(level__in=REGISTERING)
        fields["area"].empty_label = _("请选择")
        fields["form"].choices = OrganizationForm.choices
        # Longer than the code itself, so that spaces copied along with it do no harm.
        fields["uscc"].max_length = fields["uscc"].widget.attrs["maxlength"] = 30
        fields["uscc"].validators = []

    def clean_uscc(self) -> str:
        """Full-width letters, spaces and small letters are what people copy; the standard has none of them."""
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["uscc"]).split()).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "uscc" in cleaned and "form" in cleaned and (sentence := refuse_uscc(cleaned["uscc"], cleaned["form"])):
            self.add_error("uscc", sentence)
        return cleaned
