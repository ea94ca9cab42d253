"""The form of a need: how it came in, what is asked, and apart from that what only those who verify it may read."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.phones import normalize_phone
from marketplace.privacy.public_text import refuse_public_text
from marketplace.privacy.sealed import Person
from marketplace.sites.enums import SiteKind
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import sites_spoken_for_by

from ..enums import Audience, Channel
from ..models import Need
from ..queries import sites_to_ask_for

AUDIENCES = {SiteKind.CHILDRENS_HOME: Audience.CHILDREN, SiteKind.ELDER_POINT: Audience.ELDERS}
LANDLINE = re.compile(r"^0\d{2,3}-?\d{7,8}$")
TOO_LONG = {"max_length": _("请缩短到 %(limit_value)d 字以内。")}


class Ticks(forms.ModelMultipleChoiceField):
    """Several records by their numbers; one that no database could hold is no choice."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": ""}) from None


class PublicTextForm(forms.ModelForm):
    """Title, summary and risks are read by everybody: nothing in them may lead to a person."""

    def clean_title(self) -> str:
        return self._free_of_persons("title")

    def clean_summary(self) -> str:
        return self._free_of_persons("summary")

    def clean_risk_disclosure(self) -> str:
        return self._free_of_persons("risk_disclosure")

    def _free_of_persons(self, name: str) -> str:
        if sentence := refuse_public_text(self.cleaned_data[name]):
            raise forms.ValidationError(sentence)
        return self.cleaned_data[name]


class NeedForm(PublicTextForm):
    class Meta:
        model = Need
        fields = (
            "channel",
            "site",
            "title",
            "category",
            "audience",
            "summary",
            "clearance_required",
            "is_home_visit",
            "languages",
            "skills",
            "people_served",
            "urgency",
            "risk_disclosure",
        )
        labels = {
            "channel": _("这个需求是怎么来的"),
            "clearance_required": _("来的人要先通过未成年人保护审查"),
            "is_home_visit": _("要到老人或孩子家里去"),
        }
        widgets = {
            "channel": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 4}),
            "risk_disclosure": forms.Textarea(attrs={"rows": 3}),
            "audience": forms.RadioSelect,
            "urgency": forms.RadioSelect,
        }
        field_classes = {"languages": Ticks, "skills": Ticks}
        help_texts = {
            "channel": _("电话里记下的，提交前要念给对方听一遍。"),
            "site": _("老人的需求请选村（社区）或养老服务点：公开的是这个点，不是住处。"),
            "title": _("一句话，例如：周六上午课业辅导"),
            "summary": _("所有人都能看到。请不要写孩子或老人的姓名、学校班级、电话、住址。"),
            "clearance_required": _("会与儿童单独接触的活动应当勾选（未成年人保护法第六十二条）。"),
            "is_home_visit": _("只有年满 18 岁的志愿者能报名。公开的仍是村（社区）的点。"),
            "languages": _("不勾选表示说普通话就可以。"),
            "skills": _("不勾选表示谁都可以来。"),
            "risk_disclosure": _("例如：山路较多，请结伴前往；室内活动，无特别风险。志愿者报名时要确认看过。"),
        }
        error_messages = {
            "site": {"required": _("请选择地点。"), "invalid_choice": _("请在列出的地点里选择。")},
            "title": {"required": _("请用一句话写明需要什么。"), **TOO_LONG},
            "category": {"required": _("请选择服务类别。")},
            "audience": {"required": _("请选择为谁服务。")},
            "summary": {"required": _("请写明要来的人做什么。"), **TOO_LONG},
            "risk_disclosure": TOO_LONG,
        }

    def __init__(
        self,
        user: Any,
        *args: Any,
        initial: dict[str, Any] | None = None,
        places: tuple[set[int], list[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        own, sites = places or places_for(user)
        self.has_sites, self.takes_calls = bool(sites), bool(own)
        self.only_site = sites[0] if len(sites) == 1 else None
        if kwargs.get("instance") is None:
            initial = {**_usual_for(sites, own), **(initial or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self._offer(sites, own)

    def _offer(self, sites: list[Any], own: set[int]) -> None:
        """The choices of this person; a single site is no choice."""
        fields: Any = self.fields
        fields["site"].queryset = ServiceSite.objects.filter(pk__in=[site.pk for site in sites]).select_related("area")
        fields["site"].choices = [("", _("请选择")), *_grouped(sites, own)]
        fields["category"].empty_label = _("请选择")
        for name in ("audience", "urgency", "channel"):
            fields[name].choices = [(value, label) for value, label in fields[name].choices if value]
        fields["channel"].required = False
        if self.only_site:
            fields["site"].widget = forms.HiddenInput()
        if not own:
            del fields["channel"]
            fields["audience"].widget = forms.HiddenInput()

    def clean_channel(self) -> str:
        return self.cleaned_data["channel"] or Channel.SELF


def places_for(user: Any) -> tuple[set[int], list[Any]]:
    """Numbers of the sites the person speaks for, and all at which they may ask; whoever fills in many forms reads it once."""
    return set(sites_spoken_for_by(user).values_list("pk", flat=True)), list(sites_to_ask_for(user))


def _grouped(sites: list[Any], own: set[int]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Their own first, then by township."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for site in sorted(sites, key=lambda site: (site.pk not in own, site.area_code, site.name)):
        group = gettext("我负责的地点") if site.pk in own else str(site.area.parent or site.area)
        groups.setdefault(group, []).append((site.pk, f"{site.name}（{site.area.short_name}）"))
    return list(groups.items())


def _usual_for(sites: list[Any], own: set[int]) -> dict[str, Any]:
    """The kind of a person's one site tells for whom the help usually is, and whether those who come meet children."""
    likely = [site for site in sites if site.pk in own] if own else sites
    if len(likely) != 1:
        return {} if own else {"audience": Audience.ELDERS}
    return {
        "site": likely[0].pk,
        "audience": AUDIENCES.get(likely[0].kind, "") if own else Audience.ELDERS,
        "clearance_required": bool(own) and likely[0].kind == SiteKind.CHILDRENS_HOME,
    }


class PrivateForm(forms.Form):
    """「只有核实人员能看」: sealed at once, shown again to nobody without a reason."""

    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    address = forms.CharField(label=_("住在哪里"), max_length=120, required=False)
    notes = forms.CharField(
        label=_("还有什么要说明"),
        help_text=_("例如：行动不便、听力不好、家里有狗。"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )
    agreed = forms.BooleanField(
        label=_("本人或家属知道并同意登记这些内容，只用于核实和上门服务"),
        required=False,
    )

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if phone and not normalize_phone(phone) and not LANDLINE.match(phone):
            raise forms.ValidationError(gettext("请填 11 位手机号，或带区号的座机，例如 0858-8222222。"))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._is_filled(cleaned) and not cleaned.get("agreed"):
            self.add_error("agreed", gettext("登记姓名、电话、住址以前，要先得到本人或家属同意。"))
        return cleaned

    @staticmethod
    def _is_filled(cleaned: dict[str, Any]) -> bool:
        return any(cleaned.get(name) for name in ("name", "phone", "address", "notes"))

    @property
    def person(self) -> Person | None:
        """What was written here, or None where nothing was. To be asked after is_valid()."""
        if not self._is_filled(self.cleaned_data):
            return None
        return Person(**{name: self.cleaned_data[name] for name in ("name", "phone", "address", "notes")})


class FilterForm(forms.Form):
    """What the list of needs is kept to, beside the status."""

    urgency = forms.ChoiceField(label=_("紧急程度"), required=False)
    audience = forms.ChoiceField(label=_("为谁"), required=False)
    channel = forms.ChoiceField(label=_("怎么收到的"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            choices = Need._meta.get_field(name).flatchoices  # type: ignore[union-attr]
            field.choices = [("", _("不限")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """Field → value; what is no choice counts for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
