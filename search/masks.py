"""Skills as bits of one integer: a filter that asks any number of skills is one comparison."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from .models import SKILL_BITS, SkillBit

Bits = dict[str, int]


def skill_bits() -> Bits:
    """Code → bit of every skill that any slot ever asked for."""
    return dict(SkillBit.objects.values_list("code", "bit"))


def bits_for(codes: Iterable[str]) -> Bits:
    """The same, with bits for new codes as long as there are any; what finds none is left to the system check."""
    asked = set(codes)
    bits = skill_bits() if asked else {}
    new = sorted(asked - set(bits))
    free = (bit for bit in range(SKILL_BITS) if bit not in bits.values())
    SkillBit.objects.bulk_create([SkillBit(code=code, bit=bit) for code, bit in zip(new, free, strict=False)])
    return skill_bits() if new else bits


def mask_of(codes: Iterable[str], bits: Bits) -> int:
    return reduce(or_, (1 << bits[code] for code in codes if code in bits), 0)


def codes_in(mask: int, bits: Bits) -> frozenset[str]:
    return frozenset(code for code, bit in bits.items() if mask >> bit & 1)
