"""What is known of a person, as one value that is sealed for one record and opens in no other."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from marketplace.accounts.sealing import seal, unseal

from .enums import IdType


@dataclass(frozen=True)
class Person:
    """Texts are empty and `born_on` is None where nothing is known."""

    name: str
    id_type: str = IdType.NONE
    id_number: str = ""
    born_on: date | None = None
    phone: str = ""
    address: str = ""
    notes: str = ""


def seal_person(person: Person, number: int) -> bytes:
    """Sealed for the identity of this number (its primary key)."""
    text = json.dumps(asdict(person), default=date.isoformat, ensure_ascii=False)
    return seal(text, about=_about(number))


def open_sealed(sealed: bytes | memoryview, number: int) -> Person:
    """Raises cryptography.exceptions.InvalidTag where it was changed, or taken from another identity."""
    values = json.loads(unseal(sealed, about=_about(number)))
    born_on = values.pop("born_on")
    return Person(**values, born_on=date.fromisoformat(born_on) if born_on else None)


def _about(number: int) -> str:
    return f"identity {number}"
