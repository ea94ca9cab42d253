"""The sub-commands of dev.py, and one sentence for whatever stops them."""

import argparse
import io
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from .checks import run_checks
from .demo import run_demo
from .manage import run_manage
from .places import data_dir
from .problems import Problem, explain_os_error
from .suite import run_suite

USAGE = """python3 dev.py demo [--port N] [--fresh]   演示 · the product with demo data on this machine
       python3 dev.py test [--long] [pytest …]    测试 · the whole test suite
       python3 dev.py check                       检查 · style, types, layers, settings
       python3 dev.py manage …                    manage.py"""
STOPPED = 130
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_command(arguments: Sequence[str]) -> int:
    """Runs one sub-command and returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # A shell starts background jobs with SIGINT ignored, and yet somebody may send it; nohup means what it says.
    for number in STOPS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        return _dispatch(arguments)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return problem.status
    except OSError as error:
        print(explain_os_error(error, data_dir()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停止 · stopped", file=sys.stderr)
        return STOPPED


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Ends the command once; while it clears up, further signals have nothing to add."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _dispatch(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("--help", [])
    # What follows these two belongs to pytest and to manage.py, even --help.
    if name == "test":
        run_suite(rest)
    if name == "manage":
        run_manage(rest)
    return _parse_and_run([name, *rest])


def _parse_and_run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py", usage=USAGE)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", usage="dev.py demo [--port N] [--fresh]")
    demo.add_argument("--port", type=_port, default=8000, metavar="N", help="端口 · the port, 8000 unless told")
    demo.add_argument("--fresh", action="store_true", help="先清空数据（密钥除外）· begin with an empty database")
    commands.add_parser("check", usage="dev.py check")
    chosen = parser.parse_args(arguments)
    if chosen.command == "check":
        return run_checks()
    run_demo(chosen.port, fresh=chosen.fresh)
    return 0


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError(text)
    return number
