"""Lines of progress on stderr, so that stdout keeps only what a command was asked for."""

import os
import sys
import time

# Child processes go on counting from the start of the command.
STARTED = float(os.environ.setdefault("DUIJIE_STARTED", str(time.time())))


def say(chinese: str, english: str) -> None:
    """One line of progress with the seconds since the command began."""
    print(f"[{time.time() - STARTED:5.1f}s] {chinese} · {english}", file=sys.stderr, flush=True)
