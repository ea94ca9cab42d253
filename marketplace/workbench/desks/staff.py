"""The desk of 民政工作人员."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def build(user: Any, now: datetime) -> dict[str, Any] | None:
    return None
