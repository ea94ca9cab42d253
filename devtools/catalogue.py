"""Runs inside `.venv`: are the committed message catalogues what their sources compile to?

`python -m devtools.catalogue` says which are not; with `--write` it compiles them.
"""

import sys
from pathlib import Path

import polib

from devtools.places import ROOT

LOCALE = ROOT / "marketplace" / "locale"


def find_stale_catalogues(locale: Path = LOCALE) -> list[Path]:
    """The sources whose .mo beside them is missing or differs from what they compile to."""
    return [source for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if not _is_fresh(source)]


def compile_catalogue(source: Path) -> None:
    source.with_suffix(".mo").write_bytes(polib.pofile(str(source)).to_binary())


def _is_fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.is_file() and compiled.read_bytes() == polib.pofile(str(source)).to_binary()


def main(arguments: list[str]) -> int:
    if not list(LOCALE.glob("*/LC_MESSAGES/*.po")):
        print(f"no catalogue below {LOCALE}")
        return 1
    stale = find_stale_catalogues()
    if arguments == ["--write"]:
        for source in stale:
            compile_catalogue(source)
        return 0
    for source in stale:
        print(f"{source.relative_to(ROOT)}: compile it with  python -m devtools.catalogue --write")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
