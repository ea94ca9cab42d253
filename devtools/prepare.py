"""Runs inside `.venv`: migrations, reference data and, asked with --demo, demo data, into the database of the settings.

`python -m devtools.prepare [--demo [options of load_demo]]`
"""

import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command

from devtools.children import DETAILS
from devtools.progress import say


def prepare_database(arguments: list[str]) -> None:
    """Each step may be run again on a database that has it already. Demo data comes only where nobody is yet."""
    django.setup()
    say("迁移数据库", "migrating the database")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    say("载入行政区划等基础数据", "loading reference data")
    call_command("load_reference_data")
    if arguments[:1] == ["--demo"] and not get_user_model().objects.exists():
        say("生成演示数据", "loading demo data")
        call_command("load_demo", *arguments[1:])


if __name__ == "__main__":
    try:
        prepare_database(sys.argv[1:])
    except Exception:
        sys.stderr.write(DETAILS.decode())
        raise
