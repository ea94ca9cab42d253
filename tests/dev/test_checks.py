"""`dev.py check` says a line for each check, the details of what fails, and fails when one does."""

import re

import pytest

from devtools import checks
from devtools.checks import all_checks, run_checks


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everything were installed."""
    monkeypatch.setattr(checks, "install", lambda _: None)


def said(capsys) -> list[str]:
    return re.sub(r"\([\d.]+s\)", "(…)", capsys.readouterr().out).splitlines()


def test_check_passes_when_nothing_is_found(ready: None, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(checks, "all_checks", lambda: [("one", lambda: ""), ("two", lambda: "")])
    assert run_checks() == 0
    assert said(capsys) == ["通过 pass  one  (…)", "通过 pass  two  (…)", "全部通过 · all passed"]


def test_check_goes_on_after_a_fault_and_fails(ready: None, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(checks, "all_checks", lambda: [("one", lambda: "line 3: wrong\n"), ("two", lambda: "")])
    assert run_checks() == 1
    assert said(capsys) == [
        "未通过 FAIL  one  (…)",
        "line 3: wrong",
        "通过 pass  two  (…)",
        "1 项未通过 · 1 failed",
    ]


def test_check_looks_at_everything_that_was_promised() -> None:
    assert [name for name, _ in all_checks()] == [
        "ruff check",
        "ruff format",
        "mypy",
        "import-linter",
        "djlint",
        "migrations",
        "check --deploy",
        "vendor files",
        "catalogues",
    ]


@pytest.mark.parametrize(("code", "fault"), [("", ""), ("print('why'); exit(2)", "why\n"), ("exit(3)", "status 3")])
def test_fault_is_what_the_tool_said_when_it_failed(code: str, fault: str) -> None:
    assert checks._python({}, "-c", code) == fault
