"""`dev.py check`: everything that can be said about the product without running it."""

import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial

from . import children
from .installation import TEST, install
from .places import PYTHON, data_dir, environment
from .vendor import find_vendor_faults

Check = tuple[str, Callable[[], str]]


def run_checks() -> int:
    """Runs them all, says a line for each and the details of what fails; 0 when everything passed."""
    install(TEST)
    failures = 0
    for name, check in all_checks():
        began = time.monotonic()
        fault = check()
        failures += bool(fault)
        print(f"{'未通过 FAIL' if fault else '通过 pass'}  {name}  ({time.monotonic() - began:.1f}s)", flush=True)
        if fault:
            print(fault.rstrip(), flush=True)
    print(f"{failures} 项未通过 · {failures} failed" if failures else "全部通过 · all passed")
    return 1 if failures else 0


def all_checks() -> list[Check]:
    """Each by its name, and a function that answers with the faults, or with nothing."""
    cache = data_dir() / "cache"
    test = environment("test")
    database = {"DATABASE_URL": "sqlite://:memory:"}
    production = environment("production", **_production(), **database)
    migrations = environment("demo", **database)
    return [
        ("ruff check", partial(_python, test, "-m", "ruff", "check", "--output-format", "concise", ".")),
        ("ruff format", partial(_python, test, "-m", "ruff", "format", "--check", ".")),
        ("mypy", partial(_python, test, "-m", "mypy", "--cache-dir", str(cache / "mypy"))),
        (
            "import-linter",
            partial(_python, test, *LINT_IMPORTS, "--no-logo", "--cache-dir", str(cache / "import-linter")),
        ),
        ("djlint", partial(_python, test, "-m", "djlint", "templates", "--lint", "--quiet")),
        (
            "migrations",
            partial(_python, migrations, "manage.py", "makemigrations", "--check", "--dry-run"),
        ),
        ("check --deploy", partial(_python, production, "manage.py", "check", "--deploy", "--fail-level", "WARNING")),
        ("vendor files", lambda: "\n".join(find_vendor_faults())),
        ("catalogues", partial(_python, test, "-m", "devtools.catalogue")),
    ]


LINT_IMPORTS = ("-c", "from importlinter.cli import lint_imports_command as lint; lint()")


def _python(env: Mapping[str, str], *arguments: str) -> str:
    """What Python in `.venv` has to say when it ends with another status than 0."""
    try:
        children.run([PYTHON, *arguments], env)
    except children.Failed as failure:
        return failure.output or f"status {failure.status}"
    return ""


def _production() -> dict[str, str]:
    """The secrets and addresses of an installation that exists for this check only."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SEALING_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "duijie.example.org",
        "PUBLIC_URL": "https://duijie.example.org",
    }
