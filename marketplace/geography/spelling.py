"""Everything a person may type to mean a division: names, former names, pinyin, initials."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from .enums import AreaLevel
from .models import spelled

PEOPLES = "(?:苗族|彝族|回族|布依族|白族)*"
ENDINGS = {
    AreaLevel.CITY: re.compile("市$"),
    AreaLevel.COUNTY: re.compile("(?:特区|区|县|市)$"),
    AreaLevel.TOWNSHIP: re.compile(f"{PEOPLES}(?:街道|镇|乡)$"),
    AreaLevel.VILLAGE: re.compile("(?:居民委员会|村民委员会)$"),
}
# A single character is no name people use alone: 盘县 stays 盘县.
SHORTEST_NAME = 2

# Readings used here that the general dictionary gives otherwise.
LOCAL_READINGS = {"戛": ["ga"], "都格": ["du", "ge"]}


def short_name(name: str, level: AreaLevel) -> str:
    """落别布依族彝族乡 → 落别; 幸福里社区居民委员会 → 幸福里社区."""
    stem = ENDINGS[level].sub("", name, count=1)
    return stem if len(stem) >= SHORTEST_NAME else name


def names_of(name: str, level: AreaLevel) -> list[str]:
    """The official name and what people say: 中寨苗族彝族布依族乡 → also 中寨 and 中寨乡."""
    short = short_name(name, level)
    said = [f"{short}乡"] if level == AreaLevel.TOWNSHIP and name.endswith("乡") else []
    return list(dict.fromkeys([name, short, *said]))


def pinyin_of(name: str) -> str:
    """双水街道 → shuangshuijiedao."""
    return "".join(_syllables(name))


def initials_of(name: str) -> str:
    """双水街道 → ssjd."""
    return "".join(syllable[0] for syllable in _syllables(name))


def spellings_of(names: Iterable[str]) -> str:
    """The names with their pinyin and initials as `AdminArea.spellings` keeps them: |双水|shuangshui|ss|."""
    found = dict.fromkeys(
        spelled(spelling) for name in names for spelling in (name, pinyin_of(name), initials_of(name))
    )
    return f"|{'|'.join(found)}|"


def _syllables(name: str) -> list[str]:
    parts = filter(None, re.split(f"({'|'.join(LOCAL_READINGS)})", name))
    return [syllable for part in parts for syllable in LOCAL_READINGS.get(part) or lazy_pinyin(part)]
