"""Where private files lie: outside of everything that a web server hands out by itself."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_storage() -> FileSystemStorage:
    """No base URL: such a file is reached through a view that asks for permission, or not at all."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None, file_permissions_mode=0o600)


def random_name(_record: Any, _given: str) -> str:
    """Nothing of the name that the person's own device gave."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"
