"""Continuous integration installs what a machine lacks, runs both commands, and fails when either does."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.places import ROOT

# Takes notes and ends with 1 for the commands that are to fail.
DEV = """
import os, sys
with open("notes", "a") as notes:
    print(*sys.argv[1:], "CI=" + os.environ["CI"], "input=" + repr(sys.stdin.read()), file=notes)
sys.exit(sys.argv[1] in {failing!r})
"""
NEEDED = ("bash", "dirname", "sh")


class Machine:
    """A folder with our .ci/run, a dev.py that takes notes, and a PATH of its own."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / "bin"
        self.path.mkdir()
        (root / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "run", root / ".ci" / "run")
        for name in NEEDED:
            (self.path / name).symlink_to(shutil.which(name) or name)
        self.has("python3", f'exec {sys.executable} "$@"')
        self.has("id", "echo 0")
        self.has("apt-get", f'echo apt-get "$*" >> {root}/notes')

    def has(self, name: str, script: str) -> None:
        (self.path / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.path / name).chmod(0o755)

    def run(self, *failing: str) -> tuple[int, list[str]]:
        """The exit status, and what was noted."""
        (self.root / "dev.py").write_text(DEV.format(failing=failing))
        command = [str(self.root / ".ci" / "run")]
        ended = subprocess.run(command, env={"PATH": str(self.path)}, input="not for tests", text=True, timeout=30)
        return ended.returncode, (self.root / "notes").read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(("failing", "status"), [((), 0), (("check",), 1), (("test",), 1), (("check", "test"), 1)])
def test_both_commands_run_whatever_comes_of_the_first(machine: Machine, failing: tuple[str, ...], status: int) -> None:
    machine.has("chromium", "")
    machine.has("fc-list", "echo a font")
    assert machine.run(*failing) == (status, ["check CI=true input=''", "test CI=true input=''"])


def test_machine_without_browser_and_font_gets_them(machine: Machine) -> None:
    status, notes = machine.run()
    assert status == 0
    assert notes[0].endswith("update -q")
    assert notes[1].endswith("--no-install-recommends chromium fontconfig fonts-noto-cjk")
    assert len(notes) == 4


def test_machine_with_fonts_but_no_chinese_one_gets_one(machine: Machine) -> None:
    machine.has("google-chrome", "")
    machine.has("fc-list", "")
    _, notes = machine.run()
    assert notes[1].endswith("--no-install-recommends fontconfig fonts-noto-cjk")
