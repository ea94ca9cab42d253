"""Child processes: each leads a process group of its own, and none outlives us."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from .places import ROOT

PATIENCE = 10.0
REMEMBERED = 16_384
# What a child says after this byte is for the log alone: a person gets a sentence instead of a traceback.
DETAILS = b"\x1e"
# macOS says PermissionError of a group of zombies.
GROUP_IS_GONE = (ProcessLookupError, PermissionError)


class Failed(Exception):
    """A child that ended with another status than 0; `output` is the end of what it said."""

    def __init__(self, output: str, status: int) -> None:
        super().__init__(output)
        self.output, self.status = output, status


def _end_with_parent() -> None:
    """Linux only: TERM when the parent is gone, should it be killed outright and have no time to end us."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start(arguments: Sequence[str | Path], env: Mapping[str, str], output: IO[bytes] | int) -> subprocess.Popen:
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        cwd=ROOT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def run(arguments: Sequence[str | Path], env: Mapping[str, str], *, show: bool = False, log: Path | None = None) -> str:
    """Runs a child to its end and returns the last of its output; `show` copies it to stderr, `log` keeps all of it."""
    child = start(arguments, env, subprocess.PIPE)
    try:
        output = _listen(child.stdout, show, log)
    except BaseException:
        end([child])
        raise
    status = child.wait()
    if status:
        raise Failed(output, status)
    return output


def _listen(pipe: IO[bytes] | None, show: bool, log: Path | None) -> str:
    heard = b""
    with pipe or open(os.devnull, "rb") as said, open(log or os.devnull, "wb") as kept:
        while piece := os.read(said.fileno(), 65_536):
            heard = (heard + piece)[-REMEMBERED:]
            kept.write(piece)
            if show:
                seen, details, _ = piece.partition(DETAILS)
                sys.stderr.buffer.write(seen)
                sys.stderr.flush()
                show = not details
    return heard.decode(errors="replace")


def end(children: Sequence[subprocess.Popen], patience: float = PATIENCE) -> None:
    """Ends each child with everything it started: TERM, and KILL for what is left after `patience` seconds."""
    for child in children:
        _tell(child, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(_lives(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        _tell(child, signal.SIGKILL)
        child.wait()


def _tell(child: subprocess.Popen, number: signal.Signals) -> None:
    with suppress(*GROUP_IS_GONE):
        os.killpg(child.pid, number)


def _lives(child: subprocess.Popen) -> bool:
    """Whether the child or anything in its group still runs."""
    child.poll()
    try:
        os.killpg(child.pid, 0)
    except GROUP_IS_GONE:
        return False
    return True
