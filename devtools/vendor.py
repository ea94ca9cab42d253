"""Third-party browser files are kept in the tree; their manifest says what each is and what it must contain."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from .places import ROOT

VENDOR = ROOT / "marketplace" / "static" / "marketplace" / "vendor"
MANIFEST = "manifest.json"
SAID = ("name", "version", "licence")


def find_vendor_faults(folder: Path = VENDOR) -> Iterator[str]:
    """A sentence for each entry that says too little, each file that is missing, changed, or named by no entry."""
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"{MANIFEST}: {error}"
        return
    expected: dict[str, str] = {}
    for entry in entries:
        yield from (f"{entry.get('name')}: no {word}" for word in SAID if not entry.get(word))
        expected |= entry["files"]
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    found.pop(MANIFEST)
    yield from (f"{name}: missing" for name in sorted(expected.keys() - found.keys()))
    yield from (f"{name}: not in {MANIFEST}" for name in sorted(found.keys() - expected.keys()))
    for name in sorted(expected.keys() & found.keys()):
        if hashlib.sha256(found[name].read_bytes()).hexdigest() != expected[name]:
            yield f"{name}: changed"
