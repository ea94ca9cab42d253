"""Reasons to stop that a person can act on."""

import errno
from pathlib import Path

DISK_FULL_WORDS = ("No space left on device", "database or disk is full", "Disk quota exceeded")


class Problem(Exception):
    """One sentence in Chinese and the same in English; `status` is the exit status of the command."""

    def __init__(self, chinese: str, english: str, status: int = 1) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.status = status


def disk_is_full(place: Path | str) -> Problem:
    return Problem(
        f"磁盘空间不足：请在 {place} 所在的磁盘腾出空间后再试。",
        f"The disk is full: free some space on the disk that holds {place} and try again.",
    )


def explain_os_error(error: OSError, data: Path) -> Problem:
    """The sentence for an error of the operating system; one that names no file was met in the data directory."""
    place = error.filename or data
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_is_full(place)
    return Problem(f"无法读写 {place}：{error.strerror}。", f"Cannot use {place}: {error.strerror}.")


def says_disk_is_full(output: str) -> bool:
    """Whether the output of a command that failed tells of a full disk."""
    return any(words in output for words in DISK_FULL_WORDS)
