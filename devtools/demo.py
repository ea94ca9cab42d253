"""`dev.py demo`: the product on this machine, the web server and the worker, until somebody stops it."""

import errno
import http.client
import socket
import subprocess
import time
from pathlib import Path

from . import children, state
from .installation import RUNTIME, install
from .places import PYTHON, environment, make_data_dir
from .problems import Problem
from .progress import say

HOST = "127.0.0.1"
PASSWORD = "duijie-demo-2026"
ACCOUNTS = (
    ("bureau@example.org", "市民政局 · municipal bureau"),
    ("county@example.org", "县级民政局 · county bureau"),
    ("township@example.org", "乡镇社工站 · township social work station"),
    ("ngo@example.org", "社会组织 · NGO"),
    ("ngo2@example.org", "另一家社会组织 · another NGO"),
    ("site@example.org", "儿童之家 · children's home"),
    ("village@example.org", "村（居）委会 · village committee"),
    ("volunteer@example.org", "志愿者 · volunteer"),
    ("group@example.org", "志愿团队负责人 · leader of a volunteer group"),
    ("volunteer001@example.org … volunteer300@example.org", "更多志愿者 · more volunteers"),
)
START_SECONDS = 90
LAST_LINES = 8

Child = tuple[str, str, subprocess.Popen, Path]


def run_demo(port: int, *, fresh: bool) -> None:
    """Prepares whatever is missing and serves on the loopback address until somebody stops it."""
    require_free_port(port)
    data = make_data_dir()
    with state.in_use(data):
        install(RUNTIME)
        if fresh:
            state.clear(data)
        state.prepare(data, demo=True)
        require_free_port(port)
        serve(data, port)


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise _explain_port(error, port) from error


def _explain_port(error: OSError, port: int) -> Problem:
    if error.errno == errno.EACCES:
        return Problem(
            f"没有权限使用端口 {port}：请用 --port 选 1024 以上的端口。",
            f"Port {port} is not ours to use: choose one above 1024 with --port.",
        )
    return Problem(
        f"端口 {port} 已被占用：请先停止占用它的程序，或用 --port 换一个端口。",
        f"Port {port} is in use: stop the program that has it, or choose another with --port.",
    )


def serve(data: Path, port: int) -> None:
    say("启动网站与后台任务", "starting the web server and the worker")
    for folder in ("broker/queue", "broker/control", "static"):
        (data / folder).mkdir(parents=True, exist_ok=True)
    env = environment("demo", PUBLIC_URL=f"http://{HOST}:{port}")
    running: list[Child] = []
    try:
        running.append(_start("网站", "web server", web_command(port), env, data))
        running.append(_start("后台任务", "worker", worker_command(), env, data))
        _wait_until_ready(port, running)
        try:
            _greet(port, data)
            _watch(running)
        except KeyboardInterrupt:
            say("正在停止", "stopping")
    finally:
        children.end([child for _, _, child, _ in running])


def _watch(running: list[Child]) -> None:
    while True:
        _require_alive(running)
        time.sleep(0.3)


def web_command(port: int, *, workers: int = 2) -> list[str]:
    return [
        *(str(PYTHON), "-m", "gunicorn", "marketplace.wsgi"),
        *("--bind", f"{HOST}:{port}", "--worker-class", "gthread", "--workers", str(workers), "--threads", "8"),
        *("--preload", "--graceful-timeout", "2", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    return [
        *(str(PYTHON), "-m", "celery", "-A", "marketplace.celery", "worker", "-B", "-P", "threads", "-c", "2"),
        *("-l", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def _start(chinese: str, english: str, command: list[str], env: dict[str, str], data: Path) -> Child:
    log = data / "log" / f"{english.replace(' ', '-')}.log"
    with log.open("wb") as output:
        return chinese, english, children.start(command, env, output), log


def is_healthy(port: int) -> bool:
    """Whether /healthz answers 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _wait_until_ready(port: int, running: list[Child]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_healthy(port):
        _require_alive(running)
        if time.monotonic() > deadline:
            raise Problem(
                f"网站在 {START_SECONDS} 秒内没有就绪；详见 {running[0][3]}。",
                f"The web server was not ready within {START_SECONDS} seconds; see {running[0][3]}.",
            )
        time.sleep(0.2)


def _require_alive(running: list[Child]) -> None:
    for chinese, english, child, log in running:
        if child.poll() is not None:
            last = "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:])
            raise Problem(
                f"{last}\n{chinese}意外退出，演示已停止；详见 {log}。",
                f"The {english} ended unexpectedly, so the demo was stopped; see {log}.",
            )


def _greet(port: int, data: Path) -> None:
    say("就绪", "ready")
    accounts = "\n".join(f"  {address:<24} {role}" for address, role in ACCOUNTS)
    print(
        f"\n对接演示 · Duijie demo:  http://{HOST}:{port}/\n\n"
        f"演示账号，口令都是 {PASSWORD} · demo accounts, all with this password\n{accounts}\n\n"
        f"数据与日志 · data and logs:  {data}\n按 Ctrl-C 停止 · press Ctrl-C to stop\n",
        flush=True,
    )
