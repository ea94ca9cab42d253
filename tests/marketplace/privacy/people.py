"""People whose identity is kept, with numbers that pass every check and belong to nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from marketplace.privacy.actions import keep_identity
from marketplace.privacy.enums import IdType, Whose
from marketplace.privacy.id_numbers import check_digit
from marketplace.privacy.models import Identity
from marketplace.privacy.sealed import Person
from tests.factories import an_area

REASON = "活动当天受伤，要联系家人"


def id_number(born: date = date(1990, 5, 17), serial: int = 7, area: str = "520203") -> str:
    """An 18-digit number with a good check digit."""
    first = f"{area}{born:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


def a_person(born: date = date(1990, 5, 17), serial: int = 7, **values: Any) -> Person:
    given = {
        "name": "彭阿依",
        "id_type": IdType.RESIDENT,
        "id_number": id_number(born, serial),
        "phone": "13985801234",
        "address": "双水街道幸福小区 3 栋 2 单元 501",
        "notes": "夜里怕黑",
    }
    return Person(**given | values)


def an_identity(
    person: Person | None = None, *, whose: str = Whose.BENEFICIARY, area: str = "", actor: Any = None, **values: Any
) -> Identity:
    return keep_identity(
        person or a_person(), whose=whose, area=an_area(area) if area else an_area(), actor=actor, **values
    )
