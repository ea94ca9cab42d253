"""Where things are, and the environment that keeps every child process inside them."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .problems import Problem, disk_is_full, explain_os_error

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# What a person's shell may carry from another project, and would lead ours astray.
FOREIGN = (
    "PYTHONHOME",
    "PYTHONPATH",
    "__PYVENV_LAUNCHER__",
    "DJANGO_SETTINGS_MODULE",
    "GUNICORN_CMD_ARGS",
    "DATABASE_URL",
)
# A Unix socket's address is at most 107 bytes; Chromium makes one below TMPDIR.
LONGEST_TEMPORARY_FOLDER = 60
MEGABYTE = 1024 * 1024
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT)


def data_dir() -> Path:
    """The folder of all state: $DUIJIE_DATA, else var/ beside this project."""
    return Path(os.environ.get("DUIJIE_DATA") or ROOT / "var").expanduser().resolve()


def make_data_dir() -> Path:
    """The data directory, made where missing and proved writable."""
    data = data_dir()
    try:
        for folder in (data / "cache", data / "log", data / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        probe = data / "tmp" / f"probe.{os.getpid()}"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno in UNWRITABLE:
            raise Problem(
                f"数据目录 {data} 不可写：请换一个目录（环境变量 DUIJIE_DATA）或改正权限。",
                f"The data directory {data} cannot be written: choose another (DUIJIE_DATA) or mend its permissions.",
            ) from error
        raise explain_os_error(error, data) from error
    return data


def require_space(folder: Path, megabytes: int) -> None:
    """Refuses to begin what the disk below `folder` cannot hold."""
    if shutil.disk_usage(folder).free < megabytes * MEGABYTE:
        raise disk_is_full(folder)


def environment(settings: str, **extra: str) -> dict[str, str]:
    """The environment of a child process: Django's settings, the data directory, and every cache inside it."""
    data = data_dir()
    cache = data / "cache"
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    if len(os.fsencode(data / "tmp")) <= LONGEST_TEMPORARY_FOLDER:
        kept["TMPDIR"] = str(data / "tmp")
    return (
        kept
        | {
            "DUIJIE_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": f"marketplace.settings.{settings}",
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_CACHE_DIR": str(cache / "uv"),
            "PIP_CACHE_DIR": str(cache / "pip"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "XDG_CACHE_HOME": str(cache),
            "RUFF_CACHE_DIR": str(cache / "ruff"),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(cache / "hypothesis"),
        }
        | extra
    )


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds `path`, a file or folder, against other processes; BlockingIOError where it is held and we do not wait."""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
