"""How often one address may tell us something: far more than a school needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from marketplace.accounts.limits import address_of, spend


def spend_telling(request: HttpRequest) -> None:
    """One report, complaint or look for an answer. Raises TooMany beyond the limit."""
    limit, window = settings.TELLINGS_PER_ADDRESS, settings.TELLING_WINDOW_SECONDS
    spend("telling", address_of(request), limit=limit, window=window)
