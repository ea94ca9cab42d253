"""Names as they are found again without being kept: a keyed hash for each, and the pieces of a text that could be one."""

from __future__ import annotations

import re
import unicodedata

from marketplace.accounts.sealing import keyed_hash

SHORTEST, LONGEST = 2, 4
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")
# 阿依古丽·买买提: where such a name begins and ends in a text nobody can see, only where its dots are.
DOTS, LONGEST_PART = "·•‧・∙⋅", 8
DOTTED = re.compile(rf"[\u3400-\u9fff]{{1,{LONGEST_PART}}}(?:[{DOTS}][\u3400-\u9fff]{{1,{LONGEST_PART}}})+")
WORD = re.compile(r"[a-z]{2,}(?:['-][a-z]+)*")
BETWEEN = re.compile(rf"[\s.{DOTS}]+")


def plain_name(name: str) -> str:
    """One written form: half-width, small letters, nothing between the parts."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", name).lower())


def name_hash(name: str) -> str:
    """Empty for an empty name."""
    plain = plain_name(name)
    return keyed_hash(f"name {plain}") if plain else ""


def pieces(text: str) -> set[str]:
    """Whatever in the text could be somebody's name: 2 to 4 Han characters in a row, parted names, Latin words and pairs."""
    text = unicodedata.normalize("NFKC", text).lower()
    found = {name for run in DOTTED.findall(text) for name in _dotted(run)}
    words = WORD.findall(text)
    found |= {*words, *map("".join, zip(words, words[1:], strict=False))}
    # Blanks set between the characters of a name hide it from no reader, so they don't here.
    for run in HAN.findall(re.sub(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", text)) + HAN.findall(text):
        for size in range(SHORTEST, LONGEST + 1):
            found |= {run[start : start + size] for start in range(len(run) - size + 1)}
    return found


def _dotted(run: str) -> set[str]:
    """Every name that ends and begins somewhere in the outer parts."""
    first, *middle, last = re.split(f"[{DOTS}]", run)
    return {
        first[start:] + "".join(middle) + last[:end] for start in range(len(first)) for end in range(1, len(last) + 1)
    }
