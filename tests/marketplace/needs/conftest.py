"""A site and its keeper, for the tests of needs."""

from __future__ import annotations

import pytest

from tests.factories import a_keeper, a_site


@pytest.fixture
def site():
    return a_site(name="双水社区儿童之家")


@pytest.fixture
def keeper(site):
    return a_keeper(site)
