"""What a browser keeps of its own reports and complaints, and how often one address may tell us something."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from marketplace.accounts.limits import address_of, spend

from ..sealed import mark_of

RECEIPTS = "own_receipts"


def remember(request: HttpRequest, receipt: str) -> None:
    """This browser was given the receipt."""
    request.session[RECEIPTS] = [*request.session.get(RECEIPTS, []), mark_of(receipt)]


def remembers(request: HttpRequest, receipt: str) -> bool:
    return mark_of(receipt) in request.session.get(RECEIPTS, ())


def spend_telling(request: HttpRequest) -> None:
    """One report, complaint or look for an answer; far more than a school needs. Raises TooMany beyond the limit."""
    limit, window = settings.TELLINGS_PER_ADDRESS, settings.TELLING_WINDOW_SECONDS
    spend("telling", address_of(request), limit=limit, window=window)
