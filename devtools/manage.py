"""`dev.py manage …`: manage.py on the data directory, made ready first where it is empty."""

import os
from collections.abc import Sequence

from . import state
from .installation import RUNTIME, install
from .places import PYTHON, ROOT, environment, make_data_dir


def run_manage(arguments: Sequence[str]) -> None:
    """Becomes manage.py. Whoever names DATABASE_URL or DJANGO_SETTINGS_MODULE looks after that database alone."""
    install(RUNTIME)
    data = make_data_dir()
    own = {name: os.environ[name] for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE") if os.environ.get(name)}
    if not own and not state.is_prepared(data, demo=False):
        with state.in_use(data):
            state.prepare(data, demo=False)
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", *arguments], environment("demo") | own)
