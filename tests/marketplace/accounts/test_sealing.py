"""Sealed values: nobody reads or changes them without the key, and a keyed hash finds them."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.sealing import keyed_hash, seal, unseal

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(text)
def test_unseal_gives_the_text_back(plain):
    assert unseal(seal(plain)) == plain


def test_unseal_reads_what_a_database_gives():
    assert unseal(memoryview(seal("13800138000"))) == "13800138000"


def test_seal_twice_gives_two_values():
    assert seal("13800138000") != seal("13800138000")


def test_seal_hides_the_text():
    assert b"13800138000" not in seal("13800138000")


@given(st.integers(0, 38), st.integers(1, 255))
def test_unseal_refuses_a_value_with_any_byte_changed(place, change):
    sealed = bytearray(seal("13800138000"))
    assert len(sealed) == 39
    sealed[place] ^= change
    with pytest.raises(InvalidTag):
        unseal(bytes(sealed))


def test_unseal_refuses_another_key(settings):
    sealed = seal("13800138000")
    settings.SEALING_KEY = "1" * 64
    with pytest.raises(InvalidTag):
        unseal(sealed)


def test_keyed_hash_is_the_same_for_the_same_text_and_key(settings):
    found = keyed_hash("13800138000")
    assert (len(found), found == keyed_hash("13800138000"), found == keyed_hash("13800138001")) == (64, True, False)
    settings.SEALING_KEY = "1" * 64
    assert keyed_hash("13800138000") != found
