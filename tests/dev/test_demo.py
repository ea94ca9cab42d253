"""The demo's life: it serves until it is told to stop, ends with its children, and takes none of them for granted."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from devtools.demo import ACCOUNTS, HOST, PASSWORD, is_healthy
from devtools.places import ROOT
from marketplace.accounts.demo import DEMO_PASSWORD
from tests.databases import demo_template
from tests.dev.test_children import lives, wait_for

# A web server and a worker that note their numbers; the worker has a child, and either may be told to end by a file.
WEB = """
import http.server, os, pathlib, sys
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
pathlib.Path("{notes}/web").write_text(str(os.getpid()))
http.server.ThreadingHTTPServer(("127.0.0.1", {port}), Healthy).serve_forever()
"""
WORKER = """
import os, pathlib, subprocess, sys, time
beat = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("{notes}/worker.new").write_text(f"{{os.getpid()}} {{beat.pid}}")
os.rename("{notes}/worker.new", "{notes}/worker")
while not pathlib.Path("{notes}/end").exists():
    time.sleep(0.02)
print("the worker's last words")
"""
# dev.py demo with everything in its place but the installation, the database and the two servers.
DEV = """
import sys
from devtools import command, demo
demo.install = lambda lock: None
demo.state.prepare = lambda data, demo: None
demo.web_command = lambda port: [sys.executable, "-c", {web!r}]
demo.worker_command = lambda: [sys.executable, "-c", {worker!r}]
sys.exit(command.run_command(["demo", "--port", "{port}"]))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Demo:
    """A started demo; `children` are the numbers of its processes, `said` its greeting."""

    def __init__(self, process: subprocess.Popen[str], notes: Path, port: int) -> None:
        self.process, self.notes, self.port = process, notes, port
        self.said = self._read_greeting()

    @property
    def children(self) -> list[int]:
        wait_for((self.notes / "worker").exists)
        return [int(number) for name in ("web", "worker") for number in (self.notes / name).read_text().split()]

    def _read_greeting(self) -> list[str]:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                return lines
        raise AssertionError(self.process.communicate()[1])


@contextmanager
def started(command: list[str], notes: Path, port: int) -> Iterator[Demo]:
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"DUIJIE_DATA": str(notes / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Demo(process, notes, port)
        finally:
            process.kill()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    port = free_port()
    web, worker = WEB.format(notes=tmp_path, port=port), WORKER.format(notes=tmp_path)
    with started(["-c", DEV.format(web=web, worker=worker, port=port)], tmp_path, port) as running:
        yield running


def test_demo_says_its_address_and_who_can_sign_in(demo: Demo) -> None:
    assert f"对接演示 · Duijie demo:  http://127.0.0.1:{demo.port}/" in demo.said
    text = "\n".join(demo.said)
    assert [address for address, _ in ACCOUNTS if address not in text] == []
    assert "duijie-demo-2026" in text


def test_demo_accounts_have_the_password_that_is_said() -> None:
    assert DEMO_PASSWORD == PASSWORD


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_demo_ends_with_all_children_when_told_to(demo: Demo, number: signal.Signals) -> None:
    family = demo.children
    assert len(family) == 3
    demo.process.send_signal(number)
    assert demo.process.wait(timeout=15) == 0
    wait_for(lambda: not any(lives(pid) for pid in family))
    assert not is_healthy(demo.port)


def test_demo_ends_when_one_child_dies(demo: Demo) -> None:
    family = demo.children
    (demo.notes / "end").touch()
    _, said = demo.process.communicate(timeout=15)
    assert demo.process.returncode == 1
    assert "the worker's last words\n后台任务意外退出，演示已停止" in said
    assert "The worker ended unexpectedly, so the demo was stopped" in said
    wait_for(lambda: not any(lives(pid) for pid in family))


def test_demo_killed_outright_leaves_no_child(demo: Demo) -> None:
    web, worker, _beat = demo.children
    demo.process.kill()
    wait_for(lambda: not lives(web) and not lives(worker))


def test_second_demo_on_the_same_data_is_refused(demo: Demo) -> None:
    second = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), "demo", "--port", str(free_port())],
        env=os.environ | {"DUIJIE_DATA": str(demo.notes / "data")},
        capture_output=True,
        text=True,
        timeout=15,
    )
    assert second.returncode == 1
    assert "正被另一个 dev.py 使用" in second.stderr
    assert demo.process.poll() is None


def test_second_start_of_the_real_demo_prepares_nothing_and_serves(tmp_path: Path) -> None:
    copytree(demo_template(), tmp_path / "data")
    port = free_port()
    with started(["dev.py", "demo", "--port", str(port)], tmp_path, port) as running:
        with urllib.request.urlopen(f"http://{HOST}:{port}/") as home:
            assert home.status == 200
        running.process.send_signal(signal.SIGINT)
        _, said = running.process.communicate(timeout=15)
        assert running.process.returncode == 0
    assert [line.partition(" · ")[2] for line in said.splitlines()] == [
        "starting the web server and the worker",
        "ready",
        "stopping",
    ]
    assert not is_healthy(port)
