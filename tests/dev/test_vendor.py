"""Third-party browser files are exactly what their manifest says."""

import hashlib
import json
from pathlib import Path

import pytest

from devtools.vendor import find_vendor_faults

CONTENT = b"window.map = {}"
ENTRY = {
    "name": "leaflet",
    "version": "1.9.4",
    "licence": "BSD-2-Clause",
    "files": {"leaflet/leaflet.js": hashlib.sha256(CONTENT).hexdigest()},
}


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    (tmp_path / "leaflet").mkdir()
    (tmp_path / "leaflet" / "leaflet.js").write_bytes(CONTENT)
    (tmp_path / "manifest.json").write_text(json.dumps([ENTRY]))
    return tmp_path


def test_our_vendor_files_are_what_the_manifest_says() -> None:
    assert list(find_vendor_faults()) == []


def test_true_manifest_has_no_fault(vendor: Path) -> None:
    assert list(find_vendor_faults(vendor)) == []


def test_changed_file_is_found(vendor: Path) -> None:
    (vendor / "leaflet" / "leaflet.js").write_bytes(CONTENT + b" ")
    assert list(find_vendor_faults(vendor)) == ["leaflet/leaflet.js: changed"]


def test_missing_and_undeclared_files_are_found(vendor: Path) -> None:
    (vendor / "leaflet" / "leaflet.js").rename(vendor / "leaflet" / "other.js")
    assert list(find_vendor_faults(vendor)) == [
        "leaflet/leaflet.js: missing",
        "leaflet/other.js: not in manifest.json",
    ]


@pytest.mark.parametrize("word", ["version", "licence"])
def test_entry_must_say_what_it_is(vendor: Path, word: str) -> None:
    (vendor / "manifest.json").write_text(json.dumps([ENTRY | {word: ""}]))
    assert list(find_vendor_faults(vendor)) == [f"leaflet: no {word}"]


def test_missing_manifest_is_a_fault(tmp_path: Path) -> None:
    (fault,) = find_vendor_faults(tmp_path)
    assert fault.startswith("manifest.json: ")
