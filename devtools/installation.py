"""`.venv`: made with the running Python, filled from a lock file with hashes and wheels only, stamped when whole."""

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from . import children
from .places import PYTHON, ROOT, VENV, environment, locked, make_data_dir, require_space
from .problems import Problem, disk_is_full, says_disk_is_full
from .progress import say

RUNTIME, TEST = "requirements.lock", "requirements-test.lock"
INSTALLER = "requirements-uv.lock"
MEGABYTES = {RUNTIME: 700, TEST: 1100}
STRICT = ("--require-hashes", "--only-binary", ":all:")
NETWORK_WORDS = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "Could not fetch URL",
)
# pip's settings for a mirror, a certificate or a folder of wheels, by the names uv knows them under.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def install(lock: str) -> None:
    """Makes `.venv` hold what `lock` names. At once when it already does; what was interrupted is done again."""
    make_data_dir()
    if is_installed(lock):
        return
    with locked(ROOT):
        if is_installed(lock):
            return
        require_space(ROOT, MEGABYTES[lock])
        for name in (RUNTIME, TEST):
            _stamp(name).unlink(missing_ok=True)
        fits = _venv_fits()
        try:
            if not fits:
                _make_venv()
            _fill(lock)
        except BaseException:
            if not fits:
                shutil.rmtree(VENV, ignore_errors=True)
            raise
        _write_stamp(lock)


def is_installed(lock: str) -> bool:
    """Whether `.venv` is whole for `lock`; the test lock holds everything the other does."""
    return any(_stamp_is_right(name) for name in {lock, TEST})


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.installed"


def _stamp_text(lock: str) -> str:
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return f"{sys.version_info.major}.{sys.version_info.minor} {digest}"


def _stamp_is_right(lock: str) -> bool:
    stamp = _stamp(lock)
    return PYTHON.exists() and stamp.is_file() and stamp.read_text() == _stamp_text(lock)


def _write_stamp(lock: str) -> None:
    fresh = _stamp(lock).with_suffix(f".{os.getpid()}")
    fresh.write_text(_stamp_text(lock))
    os.replace(fresh, _stamp(lock))


def _make_venv() -> None:
    say("建立 .venv", "making .venv")
    running = getattr(sys, "_base_executable", sys.executable)
    try:
        children.run([running, "-m", "venv", "--clear", VENV], environment("demo"))
    except children.Failed as failure:
        if says_disk_is_full(failure.output):
            raise disk_is_full(ROOT) from failure
        raise Problem(
            f"无法建立 .venv：{running} 缺少 venv 模块（Debian、Ubuntu 请安装 python3-venv）。",
            f"Cannot make .venv: {running} lacks the venv module (on Debian and Ubuntu install python3-venv).",
        ) from failure


def _venv_fits() -> bool:
    """Whether `.venv` is of the running Python's version and has its pip."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    question = f"import pip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    if not PYTHON.exists():
        return False
    try:
        children.run([PYTHON, "-c", question], environment("demo"))
    except (children.Failed, OSError):
        return False
    return True


def _fill(lock: str) -> None:
    say("安装依赖", f"installing {lock}")
    log = make_data_dir() / "log" / "install.log"
    uv = _find_uv(log)
    wanted = (*STRICT, "-r", str(ROOT / lock))
    if uv and not _fails((uv, "pip", "install", "--python", str(PYTHON), *wanted), log, **_mirror_for_uv()):
        return
    # pip may know a mirror or a certificate that uv does not.
    if failure := _fails((str(PYTHON), "-m", "pip", "install", *wanted), log):
        raise _explain(failure, log) from failure


def _fails(arguments: Sequence[str], log: Path, **settings: str) -> children.Failed | None:
    try:
        children.run(arguments, environment("demo", **settings), log=log)
    except children.Failed as failure:
        return failure
    return None


def _find_uv(log: Path) -> str | None:
    """uv on PATH, or in `.venv`, where pip can bring it; it is ten times as fast."""
    if found := shutil.which("uv"):
        return found
    own = VENV / "bin" / "uv"
    bring = (str(PYTHON), "-m", "pip", "install", "--retries", "1", *STRICT, "-r", str(ROOT / INSTALLER))
    return str(own) if own.exists() or not _fails(bring, log) else None


def _mirror_for_uv() -> dict[str, str]:
    """pip's own settings, so that both ask the same index. pip lists them as section.name='value', one a line."""
    settings: dict[str, str] = {}
    said = children.run([str(PYTHON), "-m", "pip", "config", "list"], environment("demo"))
    for line in said.splitlines():
        key, _, value = line.partition("=")
        name = UV_NAMES.get(key.rpartition(".")[2])
        if name and name not in os.environ:
            settings[name] = value.strip("'\"").replace("\\n", " ").strip()
    return settings


def _explain(failure: children.Failed, log: Path) -> Problem:
    if says_disk_is_full(failure.output):
        return disk_is_full(ROOT)
    if "DO NOT MATCH THE HASHES" in failure.output:
        return Problem(
            "下载的依赖与锁定的校验值不符，已停止安装：请检查 pip 镜像。",
            "A downloaded package does not match its locked hash, so nothing was installed: check the pip mirror.",
        )
    if any(word in failure.output for word in NETWORK_WORDS):
        return Problem(
            f"无法下载依赖：请检查网络或 pip 镜像设置后再试（详见 {log}）。",
            f"The packages cannot be downloaded: check the network or pip's mirror and try again (see {log}).",
        )
    return Problem(
        f"依赖安装失败（详见 {log}）：{_last_line(failure.output)}",
        f"The packages cannot be installed (see {log}): {_last_line(failure.output)}",
    )


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "?"
