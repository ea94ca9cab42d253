"""A small demo in a database of the test's own, to be visited without a browser."""

import shutil
from collections.abc import Iterator

import pytest

from tests.databases import demo_template, fresh_database


@pytest.fixture
def demo(django_db_setup: None, django_db_blocker, settings, tmp_path) -> Iterator[None]:
    """The demo accounts and what is around them; what a test does there is real and gone afterwards."""
    template = demo_template()
    settings.SEALING_KEY = (template / "keys" / "sealing").read_text().strip()
    settings.PRIVATE_ROOT = shutil.copytree(template / "private", tmp_path / "private")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with django_db_blocker.unblock(), fresh_database(template):
        yield
