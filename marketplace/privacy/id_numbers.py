"""Numbers of identity papers: the check digit and a real date of birth (GB 11643).

The region is never asked: people keep the number of a region that was renamed or joined to another since.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import IdType

EIGHTEEN = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
# The permanent residence card of a foreigner had letters first until 2023.
FOREIGN_OLD = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST = date(1900, 1, 1)


def plain_number(text: str) -> str:
    """One written form: no spaces, half-width, the X large."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def refuse_id_number(number: str, id_type: str = IdType.RESIDENT) -> str | None:
    """Why this can't be the number of such a paper, or None."""
    number = plain_number(number)
    if id_type == IdType.NONE:
        return None if not number else _("没有证件时，证件号码请留空。")
    if id_type == IdType.FOREIGN_PERMIT and FOREIGN_OLD.fullmatch(number):
        return None
    if not EIGHTEEN.fullmatch(number):
        return _("证件号码是 18 位，最后一位可以是 X，请照着证件再看一遍。")
    if check_digit(number) != number[-1]:
        return _("证件号码有一位不对，请照着证件再看一遍。")
    if born_on(number) is None:
        return _("证件号码里的出生日期不对，请照着证件再看一遍。")
    return None


def born_on(number: str) -> date | None:
    """The date of birth in an 18-digit number; None where there is none, or none that can be."""
    number = plain_number(number)
    if not EIGHTEEN.fullmatch(number):
        return None
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if EARLIEST <= day <= timezone.localdate() else None


def check_digit(number: str) -> str:
    """The last character that the first 17 digits ask for."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True)) % 11]
