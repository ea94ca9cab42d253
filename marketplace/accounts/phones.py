"""Mainland phone numbers: one written form for storing, one masked form for showing."""

from __future__ import annotations

import re

MOBILE = re.compile(r"^1[3-9]\d{9}$")


def normalize_phone(text: str) -> str | None:
    """`138 0013-8000` or `+8613800138000` as `13800138000`; None where it is no mainland mobile number."""
    digits = re.sub(r"[\s\-()（）]", "", text)
    digits = re.sub(r"^(\+|00)?86(?=1)", "", digits)
    return digits if digits.isascii() and MOBILE.match(digits) else None


def mask_phone(number: str) -> str:
    """`138****8000`."""
    return f"{number[:3]}****{number[-4:]}" if number else ""
