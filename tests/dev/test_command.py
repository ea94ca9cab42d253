"""dev.py from outside: one clear sentence, another exit status than 0, and nothing half-made."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.command import run_command
from devtools.places import ROOT


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of this test's own, not yet made."""
    monkeypatch.setenv("DUIJIE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def run_dev(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), *arguments],
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_version_check_names_the_versions_that_would_do(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    import dev

    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    assert dev.main() == 2
    chinese, english = capsys.readouterr().err.splitlines()
    assert chinese.startswith("需要 Python 3.11、3.12 或 3.13，正在使用的是 3.10")
    assert english.startswith("Python 3.11, 3.12 or 3.13 is needed, this is 3.10")


def test_version_check_is_understood_by_every_python_three() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_no_command_shows_the_usage(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command([])
    assert ended.value.code == 0
    assert "dev.py demo [--port N] [--fresh]" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["0", "65536", "eighty"])
def test_demo_refuses_what_is_no_port(port: str, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(["demo", "--port", port])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_demo_refuses_a_busy_port_before_anything_else(elsewhere: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run_dev("demo", "--port", str(port))
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.splitlines() == [
        f"端口 {port} 已被占用：请先停止占用它的程序，或用 --port 换一个端口。",
        f"Port {port} is in use: stop the program that has it, or choose another with --port.",
    ]
    assert not elsewhere.exists()


@pytest.mark.parametrize("command", [["manage", "check"], ["check"], ["test"], ["demo", "--port", "49151"]])
def test_data_directory_that_cannot_be_written_is_refused(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = run_dev(*command, DUIJIE_DATA=str(tmp_path / "file" / "data"))
    assert ended.returncode == 1
    assert ended.stdout == ""
    chinese, english = ended.stderr.splitlines()
    assert chinese == f"数据目录 {tmp_path}/file/data 不可写：请换一个目录（环境变量 DUIJIE_DATA）或改正权限。"
    assert english.startswith(f"The data directory {tmp_path}/file/data cannot be written")


def test_sentence_survives_a_terminal_without_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = run_dev("check", DUIJIE_DATA=str(tmp_path / "file"), PYTHONIOENCODING="ascii")
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_continuous_integration_without_chromium_fails(elsewhere: Path) -> None:
    ended = run_dev("test", CI="true", CHROMIUM="no-such-browser")
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1].startswith("No Chromium was found")
