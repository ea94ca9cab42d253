"""Keeping and deleting papers; writing down what a spreadsheet changed."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import Refused

from .cleaning import clean_paper, too_large
from .models import Document, SheetImport, SheetImportRow

LONGEST_TITLE = 60
# Control and direction marks: a title must not be able to read as another one.
MARKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@transaction.atomic
def keep_document(upload: Any, *, title: str, actor: Any) -> Document:
    """The paper, cleaned, under a random name. Raises Refused with a sentence for whatever is not taken."""
    if upload.size > settings.DOCUMENT_BYTES:
        raise Refused(too_large())
    clean = clean_paper(upload.read())
    document = Document(
        title=plain_title(title),
        content_type=clean.content_type,
        size=len(clean.content),
        sha256=hashlib.sha256(clean.content).hexdigest(),
        uploaded_by=actor,
    )
    document.file.save("", ContentFile(clean.content), save=True)
    record("document.kept", document, actor=actor, content_type=str(clean.content_type), size=document.size)
    return document


def plain_title(title: str) -> str:
    """What can be shown and made a file's name of."""
    plain = re.sub(r"[\\/]", "-", MARKS.sub("", title)).strip(". ")
    return plain[:LONGEST_TITLE] or _("材料")


@transaction.atomic
def delete_document(document: Document, *, actor: Any) -> None:
    """The paper is gone; the file goes when that is certain."""
    record("document.deleted", document, actor=actor)
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def start_import(kind: str, sha256: str, *, actor: Any) -> SheetImport:
    """A spreadsheet is taken in; its rows are written down as they are done."""
    sheet_import = SheetImport.objects.create(kind=kind, sha256=sha256, imported_by=actor)
    record("sheetimport.started", sheet_import, actor=actor, kind=kind)
    return sheet_import


def add_import_row(
    sheet_import: SheetImport, *, number: int, subject: Any, before: dict[str, Any] | None = None
) -> SheetImportRow:
    """Line `number` made this record, or changed it from `before`."""
    return SheetImportRow.objects.create(sheet_import=sheet_import, number=number, subject_id=subject.pk, before=before)


@transaction.atomic
def end_import(sheet_import: SheetImport, *, actor: Any) -> SheetImport:
    """What it made and changed was taken back by the package whose records they are."""
    fresh = lock(sheet_import)
    if fresh.is_undone:
        raise Refused(_("这次导入已经撤销过了。"))
    fresh.undone_at = timezone.now()
    fresh.save(update_fields=["undone_at"])
    record("sheetimport.undone", fresh, actor=actor, kind=fresh.kind)
    return fresh
