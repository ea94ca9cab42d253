"""A person is sealed for one record: changed, or moved to another, it opens no more."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag

from marketplace.privacy.models import Identity
from marketplace.privacy.sealed import open_sealed, seal_person

from .people import a_person, an_identity, id_number


def test_a_person_comes_out_as_they_went_in():
    person = a_person(born_on=date(1990, 5, 17))
    assert open_sealed(seal_person(person, 7), 7) == person


def test_nothing_of_a_person_can_be_read_in_the_sealed_value():
    sealed = seal_person(a_person(), 7)
    assert not [text for text in ("彭阿依", id_number(), "13985801234", "幸福小区", "name") if text.encode() in sealed]


@pytest.mark.parametrize("place", [0, 11, 12, 40, -1])
def test_a_changed_byte_is_noticed(place):
    sealed = bytearray(seal_person(a_person(), 7))
    sealed[place] ^= 1
    with pytest.raises(InvalidTag):
        open_sealed(bytes(sealed), 7)


def test_somebody_elses_value_does_not_open_in_ones_own_record(db):
    """Whoever can write the table but has no key learns nothing by copying a value next to their own name."""
    mine = an_identity(a_person())
    theirs = an_identity(replace(a_person(serial=9), name="岑小波"))
    Identity.objects.filter(pk=mine.pk).update(person_sealed=theirs.person_sealed)
    mine.refresh_from_db()
    with pytest.raises(InvalidTag):
        open_sealed(mine.person_sealed, mine.pk)
