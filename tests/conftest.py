"""What every test stands on: a database of its own that costs nothing to make, and no way off this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches

from devtools.places import make_data_dir
from devtools.problems import Problem
from tests.databases import forget_abandoned, fresh_database
from tests.network import ATTEMPTS, forbid_network


def pytest_configure() -> None:
    make_data_dir()
    forget_abandoned()
    forbid_network()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests run only when asked for: `dev.py test --long`."""
    if os.environ.get("DUIJIE_LONG"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    """Nothing leaves this machine, and what was counted ends with the test that counted it."""
    ATTEMPTS.clear()
    caches["counters"].clear()
    yield
    if ATTEMPTS:
        pytest.fail(f"the test tried to reach {', '.join(ATTEMPTS)}")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[None]:
    """pytest-django would migrate for half a minute; this copies the template. The `db` fixture works as usual."""
    try:
        with fresh_database():
            yield
    except Problem as problem:
        pytest.exit(str(problem), returncode=1)


@pytest.fixture
def committed_db(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker) -> Iterator[Path]:
    """A database for this test alone where commits are real and other threads see them; yields its file.

    Instead of pytest-django's transactional_db, whose flush the append-only tables refuse. Close the connections that
    threads open: `connections.close_all()` as each thread's last act.
    """
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("committed_db replaces db: ask for one of them")
    with django_db_blocker.unblock(), fresh_database() as path:
        yield path
