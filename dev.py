# -*- coding: utf-8 -*-  # noqa: UP009 - an old Python must get as far as the sentence below.
"""The two commands of this product, and two more for its developers: demo, test, check, manage. See devtools/."""

import os
import sys


def main():
    if os.name != "posix":
        sys.stderr.write("请在 Linux、macOS 或 WSL 中运行。\nRun this on Linux, macOS or in WSL.\n")
        return 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.stderr.write(
            "需要 Python 3.11、3.12 或 3.13，正在使用的是 {0}.{1}：请换一个版本，例如 python3.11 dev.py demo\n"
            "Python 3.11, 3.12 or 3.13 is needed, this is {0}.{1}: try for example python3.11 dev.py demo\n".format(
                *sys.version_info
            )
        )
        return 2
    from devtools.command import run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
