"""The English catalogue: complete, and its sentences keep the places that are filled in."""

import re

import polib
import pytest
from django.utils import translation

from devtools.catalogue import LOCALE

PLACES = re.compile(r"%\(\w+\)[.\d]*[sdf]|\{\w+\}")


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(LOCALE / "en" / "LC_MESSAGES" / "django.po"))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_sentence_has_an_english_one(english):
    assert [entry.msgid for entry in english if not all(texts(entry))] == []


def test_no_sentence_is_only_guessed_or_left_over(english):
    assert [entry.msgid for entry in english if "fuzzy" in entry.flags or entry.obsolete] == []


def test_english_sentences_keep_their_places(english):
    wrong = [
        entry.msgid
        for entry in english
        for text in texts(entry)
        if sorted(PLACES.findall(text)) != sorted(PLACES.findall(entry.msgid))
    ]
    assert wrong == []


def test_english_is_english(english):
    chinese = re.compile(r"[\u4e00-\u9fff]")
    # Words to type in Chinese: what is searched for, and what the headings of a spreadsheet are called.
    allowed = ("例如：课业辅导", "例如：双水街道", "地点写名称或编号；「每周」")
    said = {entry.msgid for entry in english for text in texts(entry) if chinese.search(text)}
    assert [text for text in said if not text.startswith(allowed)] == []


def test_chosen_language_is_spoken():
    with translation.override("en"):
        assert translation.gettext("找活动") == "Find activities"
    with translation.override("zh-hans"):
        assert translation.gettext("找活动") == "找活动"
