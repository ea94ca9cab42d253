"""Child processes end with everything they started, however unwilling."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devtools import children
from devtools.places import ROOT

# A child that ignores TERM, with a child of its own that ignores it too; it writes both numbers once they can.
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 2:
    other = subprocess.Popen([sys.executable, __file__, sys.argv[1], "younger"])
    time.sleep(0.3)
    pathlib.Path(sys.argv[1] + ".new").write_text(f"{os.getpid()} {other.pid}")
    os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""
WILLING = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))
print("up", flush=True)
time.sleep(60)
"""
PARENT = """
import os, subprocess, sys, time
from devtools import children
child = children.start([sys.executable, "-c", "import time; time.sleep(60)"], os.environ, subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(60)
"""


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_run_returns_what_was_said_on_both_streams() -> None:
    said = children.run([sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr)"], os.environ)
    assert sorted(said.splitlines()) == ["err", "out"]


def test_run_raises_with_status_and_output() -> None:
    with pytest.raises(children.Failed) as failed:
        children.run([sys.executable, "-c", "print('why'); raise SystemExit(7)"], os.environ)
    assert (failed.value.status, failed.value.output) == (7, "why\n")


def test_run_keeps_all_output_in_the_log_and_shows_it(tmp_path: Path, capfd) -> None:
    children.run([sys.executable, "-c", "print('x' * 20_000)"], os.environ, show=True, log=tmp_path / "log")
    assert (tmp_path / "log").read_text() == "x" * 20_000 + "\n"
    out, err = capfd.readouterr()
    assert (out, err) == ("", "x" * 20_000 + "\n")


def test_run_shows_no_details_but_keeps_them(tmp_path: Path, capfd) -> None:
    telling = "import sys; print('seen', flush=True); print('\\x1ewhy', flush=True); print('more')"
    said = children.run([sys.executable, "-c", telling], os.environ, show=True, log=tmp_path / "log")
    assert said == (tmp_path / "log").read_text() == "seen\n\x1ewhy\nmore\n"
    assert capfd.readouterr().err == "seen\n"


def test_run_gives_children_no_input() -> None:
    assert children.run([sys.executable, "-c", "print(repr(open(0).read()))"], os.environ) == "''\n"


def test_end_lets_a_willing_child_clear_up() -> None:
    child = children.start([sys.executable, "-c", WILLING], os.environ, subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout as said:
        said.readline()
        children.end([child])
    assert child.returncode == 3


def test_end_kills_the_whole_group_of_an_unwilling_child(tmp_path: Path) -> None:
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    numbers = tmp_path / "numbers"
    child = children.start([sys.executable, tmp_path / "stubborn.py", numbers], os.environ, subprocess.DEVNULL)
    wait_for(numbers.exists)
    older, younger = (int(number) for number in numbers.read_text().split())
    children.end([child], patience=0.5)
    assert child.returncode == -signal.SIGKILL
    wait_for(lambda: not lives(older) and not lives(younger))


def test_end_accepts_a_child_that_is_gone() -> None:
    child = children.start([sys.executable, "-c", ""], os.environ, subprocess.DEVNULL)
    child.wait()
    children.end([child])
    assert child.returncode == 0


def test_child_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert lives(child)
        parent.kill()
    wait_for(lambda: not lives(child))
