"""Skills as bits: given once, kept for ever."""

import pytest

from search.masks import bits_for, codes_in, mask_of, skill_bits
from search.models import SKILL_BITS, SkillBit

pytestmark = pytest.mark.django_db


def test_new_codes_get_the_lowest_free_bits():
    SkillBit.objects.create(code="music", bit=1)
    assert bits_for(["english", "reading", "music"]) == {"music": 1, "english": 0, "reading": 2}


def test_bits_are_never_given_again():
    first = bits_for(["english"])
    bits_for(["music", "sports"])
    assert skill_bits()["english"] == first["english"]


def test_the_codes_beyond_the_last_bit_have_none():
    bits = bits_for([f"skill-{number:02d}" for number in range(SKILL_BITS + 2)])
    assert sorted(bits.values()) == list(range(SKILL_BITS))


def test_mask_and_codes_tell_the_same():
    bits = {"english": 0, "music": 62}
    assert mask_of(["english", "music", "unknown"], bits) == (1 << 62) + 1
    assert codes_in((1 << 62) + 1, bits) == {"english", "music"}
    assert codes_in(0, bits) == frozenset()
