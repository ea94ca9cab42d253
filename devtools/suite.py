"""`dev.py test`: the whole suite, with the browser that is there."""

import os
from collections.abc import Sequence

from .chromium import find_chromium
from .installation import TEST, install
from .places import PYTHON, ROOT, environment, make_data_dir
from .problems import Problem
from .progress import say


def run_suite(arguments: Sequence[str]) -> None:
    """Becomes pytest. `--long` anywhere adds the long tests."""
    chosen, extra = _choose_browser()
    install(TEST)
    if "--long" in arguments:
        extra["DUIJIE_LONG"] = "1"
    rest = [argument for argument in arguments if argument != "--long"]
    cache = f"cache_dir={make_data_dir() / 'cache' / 'pytest'}"
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "pytest", "-o", cache, *chosen, *rest], environment("test", **extra))


def _choose_browser() -> tuple[list[str], dict[str, str]]:
    """pytest's choice of tests, and the environment that names the browser."""
    found = find_chromium()
    if found:
        return [], {"CHROMIUM": found}
    if is_continuous_integration():
        raise Problem(
            "没有找到 Chromium，浏览器测试无法运行：请安装 chromium，或用 CHROMIUM 指明路径。",
            "No Chromium was found, so the browser tests cannot run: install chromium or name it in CHROMIUM.",
        )
    say("没有找到 Chromium，浏览器测试不运行", "no Chromium found, browser tests are left out")
    return ["-m", "not browser"], {}


def is_continuous_integration() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")
