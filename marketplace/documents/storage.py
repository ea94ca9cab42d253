"""Where private files lie: outside of everything that a web server hands out by itself."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """In the folder that the settings name at the moment, readable by the service alone."""

    @property
    def base_location(self) -> str:  # type: ignore[override]
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:  # type: ignore[override]
        return str(Path(settings.PRIVATE_ROOT).absolute())


def private_storage() -> FileSystemStorage:
    """No base URL: such a file is reached through a view that asks for permission, or not at all."""
    storage = PrivateStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)
    storage.base_url = None  # type: ignore[assignment]
    return storage


def random_name(_record: Any, _given: str) -> str:
    """Nothing of the name that the person's own device gave."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"
