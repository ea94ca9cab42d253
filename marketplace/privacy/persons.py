"""What follows from what is told of a person: one written form, the hash of the number, the day of coming of age."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings

from marketplace.accounts.phones import normalize_phone
from marketplace.accounts.sealing import keyed_hash

from .enums import IdType
from .id_numbers import born_on, plain_number
from .sealed import Person


def plain_person(person: Person) -> Person:
    """As it is kept; the birth date is read from the number where it isn't told."""
    number = plain_number(person.id_number)
    told = born_on(number) if person.id_type != IdType.NONE else None
    return replace(
        person,
        name=person.name.strip(),
        id_number=number,
        born_on=person.born_on or told,
        phone=normalize_phone(person.phone) or person.phone.strip(),
    )


def number_hash(person: Person) -> str:
    """Empty where there is no number."""
    return hash_of_number(person.id_type, person.id_number) if person.id_number else ""


def hash_of_number(id_type: str, number: str) -> str:
    return keyed_hash(f"{id_type} {number}")


def adult_day(born: date) -> date:
    """The birthday on which somebody comes of age; for the 29th of February the day after, not the day before."""
    day = born + relativedelta(years=settings.ADULT_AGE)
    return day if day.day == born.day else day + timedelta(days=1)
