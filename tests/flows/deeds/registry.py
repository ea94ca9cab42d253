"""Where the deeds are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Act = Callable[[], Any]
DEEDS: dict[str, Callable[[], Act]] = {}


def deed(make: Callable[[], Act]) -> Callable[[], Act]:
    """`package__action` is kept as `package.action`."""
    DEEDS[make.__name__.replace("__", ".", 1)] = make
    return make
