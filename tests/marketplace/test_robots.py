"""What a search engine is told."""

from urllib.robotparser import RobotFileParser

import pytest


@pytest.mark.parametrize(
    ("path", "may_read"),
    [
        ("/", True),
        ("/needs/1/", True),
        ("/programs/1/", True),
        ("/desk/", False),
        ("/search/?q=x", False),
        ("/cms/", False),
    ],
)
def test_robots_keeps_search_engines_to_public_pages(client, path, may_read):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    assert rules.can_fetch("*", path) is may_read
