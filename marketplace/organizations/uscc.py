"""统一社会信用代码: right by the standard's own check (GB 32100-2015) and fitting the form of registration."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .enums import OrganizationForm

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(3**place % 31 for place in range(17))
PREFIXES: dict[str, str] = {
    OrganizationForm.ASSOCIATION: "51",
    OrganizationForm.SERVICE_ORG: "52",
    OrganizationForm.FOUNDATION: "53",
}


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17."""
    return ALPHABET[-sum(ALPHABET.index(one) * weight for one, weight in zip(body, WEIGHTS, strict=True)) % 31]


def refuse_uscc(code: str, form: str) -> str | None:
    """What is wrong with the code of an organization of this form, in one sentence."""
    if len(code) != 18:
        return _("统一社会信用代码是 18 位，现在填了 %(count)d 位。") % {"count": len(code)}
    if foreign := sorted(set(code) - set(ALPHABET)):
        return _("代码里不会出现「%(found)s」，请看看是不是把 0 写成了 O、把 1 写成了 I。") % {
            "found": "".join(foreign)
        }
    if check_character(code[:17]) != code[17]:
        return _("代码的校验位对不上，多半有一位写错了，请对照登记证书再看一遍。")
    if not code.startswith(PREFIXES.get(form, "")):
        words = {"form": OrganizationForm(form).label, "prefix": PREFIXES[form]}
        return _("%(form)s的代码以 %(prefix)s 开头，请检查代码或组织形式。") % words
    return None
