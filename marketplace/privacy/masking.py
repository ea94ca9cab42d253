"""As much of what identifies somebody as a list may show. Masking happens here, before anything leaves the server."""

from __future__ import annotations

from marketplace.accounts.phones import mask_phone

__all__ = ["mask_account", "mask_email", "mask_id_number", "mask_id_number_for_public", "mask_name", "mask_phone"]


def mask_name(name: str) -> str:
    """`张**`: the first character alone, also of a compound surname; the stars don't tell how long the rest is."""
    return f"{name[:1]}**" if name else ""


def mask_id_number(number: str) -> str:
    """`110105********002X`, for staff: where and which, not when born."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_id_number_for_public(number: str) -> str:
    """`1****************X`, as on a certificate that anybody may check."""
    return f"{number[:1]}{'*' * (len(number) - 2)}{number[-1:]}" if len(number) > 2 else "*" * len(number)


def mask_email(address: str) -> str:
    """`z***@example.org`."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if at else ""


def mask_account(number: str) -> str:
    """`****1234`, of a bank account."""
    return f"****{number[-4:]}" if len(number) > 4 else "*" * len(number)
