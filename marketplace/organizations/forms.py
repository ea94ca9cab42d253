"""The form in which an organization registers."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from marketplace.documents.forms import PaperField
from marketplace.geography.enums import AreaLevel
from marketplace.geography.models import AdminArea
from marketplace.privacy.public_text import refuse_public_text

from .enums import MemberRole, OrganizationForm, PaperKind
from .models import CreditFlag, Organization, OrganizationPaper, Rating
from .uscc import refuse_uscc

REGISTERING = (AreaLevel.CITY, AreaLevel.COUNTY)


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RegistrationForm(forms.ModelForm):
    certificate = PaperField(label=_("登记证书"), required=False)

    class Meta:
        model = Organization
        fields = ("name", "short_name", "form", "uscc", "area", "categories", "service_areas", "about", "is_charity")
        widgets = {
            "form": forms.RadioSelect,
            "categories": forms.CheckboxSelectMultiple,
            "service_areas": forms.CheckboxSelectMultiple,
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "uscc": forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        }
        help_texts = {
            "name": _("与登记证书完全一致。"),
            "short_name": _("列表里用，不填就用全称。"),
            "uscc": _("18 位，在登记证书上。社会团体 51 开头，社会服务机构 52 开头，基金会 53 开头。"),
            "area": _("登记机关所在地，由那里的民政部门核验。"),
            "service_areas": _("在哪些县区开展活动。"),
            "is_charity": _("已由民政部门认定为慈善组织的才勾选，核验时会核对。"),
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
        fields["service_areas"].queryset = AdminArea.objects.current().counties()
        fields["area"].empty_label = _("请选择")
        fields["form"].choices = OrganizationForm.choices
        # Longer than the code itself, so that spaces copied along with it do no harm.
        fields["uscc"].max_length = fields["uscc"].widget.attrs["maxlength"] = 30
        fields["uscc"].validators = []
        certificate = fields["certificate"]
        certificate.help_text = format_lazy("{}{}", _("提交核验时要有，存草稿可以先不传。"), certificate.help_text)

    def clean_uscc(self) -> str:
        """Full-width letters, spaces and small letters are what people copy; the standard has none of them."""
        return uscc.compact("".join(unicodedata.normalize("NFKC", self.cleaned_data["uscc"]).split()))

    def clean_about(self) -> str:
        if sentence := refuse_public_text(self.cleaned_data["about"]):
            raise forms.ValidationError(sentence)
        return self.cleaned_data["about"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "uscc" in cleaned and "form" in cleaned and (sentence := refuse_uscc(cleaned["uscc"], cleaned["form"])):
            self.add_error("uscc", sentence)
        return cleaned


class PaperForm(forms.ModelForm):
    upload = PaperField(label=_("文件"))

    class Meta:
        model = OrganizationPaper
        fields = ("kind", "valid_until")
        widgets = {"kind": forms.RadioSelect, "valid_until": DAY}
        help_texts = {"valid_until": _("写在材料上的截止日期，没有就不填。快到期时会提醒您。")}
        error_messages = {"kind": {"required": _("请选择这是什么材料。")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = PaperKind.choices

    def clean_valid_until(self) -> date | None:
        last = self.cleaned_data["valid_until"]
        if last and last < timezone.localdate():
            raise forms.ValidationError(_("这份材料已经过期，请上传有效的。"))
        return last


class ColleagueForm(forms.Form):
    login = forms.CharField(
        label=_("同事的手机号或电子邮箱"),
        help_text=_("要和同事登录时用的一样。"),
        max_length=120,
        error_messages={"required": _("请填写同事登录用的手机号或电子邮箱。")},
    )
    role = forms.ChoiceField(label=_("角色"), choices=MemberRole.choices, initial=MemberRole.STAFF)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=MemberRole.choices)


class DatedForm(forms.ModelForm):
    """Something that holds from a day on, which has come, to a day."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and starts_on > timezone.localdate():
            self.add_error("starts_on", _("日期还没有到，请核对。"))
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("截止日期不能早于开始日期。"))
        return cleaned


class RatingForm(DatedForm):
    class Meta:
        model = Rating
        fields = ("grade", "starts_on", "ends_on", "source")
        widgets = {"starts_on": DAY, "ends_on": DAY}
        help_texts = {
            "ends_on": _("按评估通知书填写。"),
            "source": _("文号，或评估结果公告的名称。"),
        }


class FlagForm(DatedForm):
    class Meta:
        model = CreditFlag
        fields = ("list", "starts_on", "source")
        widgets = {"starts_on": DAY}
        help_texts = {
            "list": _("列入严重违法失信名单的，马上暂停这个组织。"),
            "source": _("决定书文号，或公示平台的链接。"),
        }


class LiftForm(forms.Form):
    ends_on = forms.DateField(label=_("移出日期"), widget=DAY)
