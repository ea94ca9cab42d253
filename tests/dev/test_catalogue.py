"""Compiled message catalogues are what their sources compile to."""

from pathlib import Path

import polib
import pytest

from devtools.catalogue import LOCALE, compile_catalogue, find_stale_catalogues


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="报名", msgstr="Sign up"))
    catalogue.save(str(path))
    return path


def test_our_catalogues_are_compiled_from_their_sources() -> None:
    assert list(LOCALE.glob("*/LC_MESSAGES/*.po")) != []
    assert find_stale_catalogues() == []


def test_catalogue_never_compiled_is_stale(source: Path) -> None:
    assert find_stale_catalogues(source.parents[2]) == [source]


def test_compiled_catalogue_is_fresh_until_its_source_changes(source: Path) -> None:
    compile_catalogue(source)
    assert find_stale_catalogues(source.parents[2]) == []
    source.write_text(source.read_text().replace("Sign up", "Join"))
    assert find_stale_catalogues(source.parents[2]) == [source]
