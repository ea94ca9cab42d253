"""What a prepared database depends on: when none of these files changed, it need not be made again."""

import hashlib
from collections.abc import Iterable

from .places import ROOT

SCHEMA = (
    "requirements.lock",
    "*/migrations/*.py",
    "marketplace/data/**/*",
    "marketplace/apps.py",
    "marketplace/geography/**/*.py",
    "marketplace/history/*.py",
    "marketplace/management/commands/load_reference_data.py",
    "marketplace/settings/base.py",
    "search/apps.py",
    "search/backends/database/**/*.py",
    "cms/apps.py",
    "devtools/prepare.py",
)
# Demo data comes about through the actions, so any line of the product may shape it.
DEMO = (*SCHEMA, "marketplace/**/*.py", "search/**/*.py", "cms/**/*.py")


def fingerprint(patterns: Iterable[str]) -> str:
    """A sha256 over the names and contents of all files that the patterns find."""
    digest = hashlib.sha256()
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(found):
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
