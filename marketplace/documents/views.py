"""Handing a paper to somebody who may read it. Whoever calls this has decided that; the page's own view asks each time."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import FileResponse

from marketplace.history.actions import record

from .enums import ContentType
from .models import Document

ENDINGS = {ContentType.JPEG: ".jpg", ContentType.PNG: ".png", ContentType.PDF: ".pdf"}


def stream(document: Document, *, actor: Any, subject: models.Model) -> FileResponse:
    """The file to be saved, never shown inside the site; that it was read is an event of `subject`."""
    with transaction.atomic():
        record("document.read", subject, actor=actor, document=document.pk)
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.title + ENDINGS[ContentType(document.content_type)],
        content_type=document.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
