"""统一社会信用代码: right by the standard's own check (GB 32100-2015) and fitting the form of registration."""

from __future__ import annotations

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

from .enums import OrganizationForm

# The standard leaves these out, because they are mixed up with 1, 0, 5, U and 2.
LEFT_OUT = "IOSVZ"
PREFIXES: dict[str, str] = {
    OrganizationForm.ASSOCIATION: "51",
    OrganizationForm.SERVICE_ORG: "52",
    OrganizationForm.FOUNDATION: "53",
}


def refuse_uscc(code: str, form: str) -> str | None:
    """What is wrong with the code of an organization of this form, in one sentence."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return _("统一社会信用代码是 18 位，现在填了 %(count)d 位。") % {"count": len(uscc.compact(code))}
    except InvalidFormat:
        return _refuse_characters(code)
    except InvalidChecksum:
        return _("代码的校验位对不上，多半有一位写错了，请对照登记证书再看一遍。")
    if not code.startswith(PREFIXES.get(form, "")):
        words = {"form": OrganizationForm(form).label, "prefix": PREFIXES[form]}
        return _("%(form)s的代码以 %(prefix)s 开头，请检查代码或组织形式。") % words
    return None


def _refuse_characters(code: str) -> str:
    foreign = sorted(one for one in set(code) if one in LEFT_OUT or not (one.isascii() and one.isalnum()))
    if foreign:
        return _("代码里不会出现「%(found)s」，请看看是不是把 0 写成了 O、把 1 写成了 I。") % {
            "found": "".join(foreign)
        }
    return _("社会组织的代码前 8 位都是数字，请对照登记证书再看一遍。")
