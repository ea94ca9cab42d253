"""Wrong settings stop the start, with a hint that says what to set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, Warning, register
from django.db import connections


@register(Tags.security)
def check_sealing_key(**_: Any) -> list[Error]:
    """Identities are sealed with 32 bytes of their own, not with SECRET_KEY."""
    key = getattr(settings, "SEALING_KEY", "")
    try:
        usable = len(bytes.fromhex(key)) >= 32
    except ValueError:
        usable = False
    if usable:
        return []
    return [
        Error(
            "SEALING_KEY is not 64 hexadecimal characters.",
            hint='python -c "import secrets; print(secrets.token_hex(32))" makes one; keep it outside the database.',
            id="marketplace.E001",
        )
    ]


@register(Tags.database)
def check_demo_accounts(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """Demo accounts share a published password: outside the demo they must not exist."""
    table = get_user_model()._meta.db_table
    if settings.IS_DEMO or "default" not in (databases or []):
        return []
    if table not in connections["default"].introspection.table_names():
        return []
    if not get_user_model().objects.filter(email__endswith="@example.org", is_active=True).exists():
        return []
    return [
        Error(
            "Demo accounts (@example.org) exist and these are not the demo's settings.",
            hint="A real installation starts with an empty database; the demo's data stays with the demo.",
            id="marketplace.E002",
        )
    ]


@register(Tags.compatibility)
def check_search_backend(**_: Any) -> list[Warning | Error]:
    if settings.SEARCH_BACKEND in {"database"}:
        return []
    return [Error(f"SEARCH_BACKEND={settings.SEARCH_BACKEND} is unknown.", hint="Set database.", id="marketplace.E003")]
