"""What stands sealed beside a report or a complaint, and the numbers people are given to ask about it."""

from __future__ import annotations

import json
import secrets
from datetime import date
from typing import Any

from django.utils.crypto import constant_time_compare

from marketplace.accounts.sealing import keyed_hash, seal, unseal

# Without the letters and digits that are mixed up when read out on the phone.
SPOKEN = "23456789ABCDEFGHJKMNPQRTUVWXY"
SECRET_LENGTH = 10


def new_receipt(letter: str, day: date) -> str:
    """`B261124-7KQ2MX`: which kind, which day, and six characters nobody can count through."""
    return f"{letter}{day:%y%m%d}-{''.join(secrets.choice(SPOKEN) for _ in range(6))}"


def seal_details(details: dict[str, Any], receipt: str) -> bytes:
    return seal(json.dumps(details, ensure_ascii=False), about=receipt)


def details_of(record: Any) -> dict[str, Any]:
    """The sealed part, open. Whoever shows it to somebody writes an event."""
    return json.loads(unseal(record.details_sealed, about=record.receipt))


def mark_of(receipt: str) -> str:
    """How a session remembers whose receipt it is: without our key nobody reads from it which one."""
    return keyed_hash(f"receipt {receipt}")


def secret_of(complaint: Any) -> str:
    """The word that opens the answer together with the receipt; made from it, kept nowhere."""
    return keyed_hash(f"complaint {complaint.receipt}")[:SECRET_LENGTH].upper()


def is_secret_of(complaint: Any, typed: str) -> bool:
    return constant_time_compare(secret_of(complaint), "".join(typed.split()).upper())
