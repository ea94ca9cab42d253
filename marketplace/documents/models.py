"""Document: a private file under a random name. What it is about is said by the table that points to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import ContentType
from .storage import private_storage, random_name

__all__ = ["Document", "SheetImport", "SheetImportRow"]


class Document(models.Model):
    file = models.FileField(storage=private_storage, upload_to=random_name)
    title = models.CharField(_("名称"), max_length=60)
    content_type = models.CharField(max_length=30, choices=ContentType.choices)
    size = models.PositiveIntegerField(help_text="Bytes, after cleaning.")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class SheetImport(models.Model):
    """One spreadsheet that was taken in: what it made and what it changed can be undone."""

    kind = models.CharField(max_length=20, help_text="What the rows are: sites, needs.")
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.imported_at:%Y-%m-%d %H:%M}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class SheetImportRow(models.Model):
    """One record of an import; `before` holds what stood in its fields, null where the import made it."""

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="The line of the sheet, its heading being line 1.")
    subject_id = models.BigIntegerField()
    before = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.sheet_import_id} {self.number}"
