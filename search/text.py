"""Chinese analysis, the same for every backend: texts become words, a question becomes groups of words.

NFKC → lower case → simplified characters → words. The segmenter's own dictionary gets proper names only: longer
compounds would hide the words inside them from whoever asks for less.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from opencc import OpenCC
from rjieba import Jieba

from marketplace.geography.enums import AreaLevel
from marketplace.geography.spelling import names_of

DATA = Path(__file__).resolve().parents[1] / "marketplace" / "data"
DICTIONARY = ("dictionary.txt", "divisions.csv", "divisions_former.csv", "divisions_former_names.csv")
SYNONYMS = DATA / "synonyms.csv"

# All of these words; any of these; each of these.
Words = tuple[str, ...]
Group = tuple[Words, ...]
Groups = tuple[Group, ...]

TITLE_WEIGHT = 3
# A synonym may be a phrase that the segmenter cuts into as many words.
LONGEST_PHRASE = 4


def words_of(text: str) -> list[str]:
    """Every word of a text as the index keeps it, the words inside long words too."""
    return _spoken(_segmenter().cut_for_search(normalise(text)))


def tokens_of(title: str, body: Iterable[str]) -> str:
    """The one searchable field: the title counts three times."""
    return " ".join([*words_of(title) * TITLE_WEIGHT, *words_of("\n".join(body))])


def groups_of(text: str) -> Groups:
    """What was asked, word by word with its synonyms: a text matches where every group does. Empty without a word."""
    words = _spoken(_segmenter().cut(normalise(text)))
    meant = _without_fillers(words) or words
    return tuple(dict.fromkeys(_grouped(meant)))


def parts_of(text: str) -> Words:
    """Every word that would make a text at least remotely an answer."""
    asked = [word for group in groups_of(text) for words in group for word in words]
    return tuple(dict.fromkeys([*asked, *_without_fillers(words_of(text))]))


def is_in(group: Group, words: frozenset[str]) -> bool:
    """Whether a text of these words says what the group asks."""
    return any(words.issuperset(alternative) for alternative in group)


def normalise(text: str) -> str:
    """Full width, upper case and traditional characters as their plain forms; halves of characters are dropped."""
    whole = text.encode("utf-8", "ignore").decode()
    return _simplifier().convert(unicodedata.normalize("NFKC", whole).lower().replace("\0", " "))


@lru_cache(maxsize=1)
def analysis_version() -> str:
    """Changes with whatever decides how a text is cut; rows of another version have to be written anew."""
    digest = sha256(f"{version('rjieba')} {version('opencc')} {TITLE_WEIGHT}".encode())
    for name in DICTIONARY:
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()[:12]


def _spoken(words: Iterable[str]) -> list[str]:
    return [word for word in words if any(character.isalnum() for character in word)]


def _grouped(words: list[str]) -> Iterator[Group]:
    """Each word as a group; a run of words that has synonyms is one group together with them."""
    synonyms = _synonyms()
    start = 0
    while start < len(words):
        lengths = range(min(LONGEST_PHRASE, len(words) - start), 0, -1)
        length = next((n for n in lengths if "".join(words[start : start + n]) in synonyms), 1)
        said = tuple(words[start : start + length])
        yield tuple(dict.fromkeys([said, *synonyms.get("".join(said), ())]))
        start += length


def _without_fillers(words: list[str]) -> list[str]:
    return [word for word in words if word not in _fillers()]


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return frozenset(word for line in _lines(DATA / "fillers.txt") for word in line.split())


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[Words, ...]]:
    """Each phrase of the table → all phrases of its row, cut into words."""
    found: dict[str, tuple[Words, ...]] = {}
    with SYNONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            phrases = [normalise(phrase) for phrase in row["words"].split()]
            cut = tuple(tuple(_segmenter().cut(phrase)) for phrase in phrases)
            for phrase in phrases:
                found[phrase] = tuple(dict.fromkeys([*found.get(phrase, ()), *cut]))
    return found


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _segmenter() -> Jieba:
    segmenter = Jieba()
    for name in dict.fromkeys(_proper_names()):
        segmenter.add_word(name, segmenter.suggest_freq(name), "nz")
    return segmenter


def _proper_names() -> Iterator[str]:
    yield from _lines(DATA / "dictionary.txt")
    for file in ("divisions.csv", "divisions_former.csv"):
        for row in _rows(file):
            yield from (normalise(name) for name in names_of(row["name"], AreaLevel(row["level"])))
    for row in _rows("divisions_former_names.csv"):
        yield normalise(row["former_name"])


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield normalise(line.strip())


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
