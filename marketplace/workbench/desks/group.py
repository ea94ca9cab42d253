"""The desk of 志愿团队."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    return None
