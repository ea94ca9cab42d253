"""The field in which a paper or a sheet is handed in: it says what is taken before anything is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class PaperField(forms.FileField):
    """A picture or a PDF. What it really is, `documents.actions.keep_document` sees."""

    default_error_messages = {
        "required": _("请选择要上传的文件。"),
        "empty": _("这个文件是空的，请重新选择。"),
        "too_large": _("文件太大，请看上面的说明。"),
    }
    accepts = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"
    hint = _("JPEG、PNG 图片或 PDF，不超过 {megabytes} MB。照片里的拍摄地点会被去掉。")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", format_lazy(self.hint, megabytes=self.most_bytes() // 2**20))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": self.accepts}

    def most_bytes(self) -> int:
        return settings.DOCUMENT_BYTES

    def to_python(self, data: Any) -> Any:
        """The upload as it came; its own name is only for saying which file a mistake is in."""
        upload = super().to_python(data)
        if upload and (upload.size or 0) > self.most_bytes():
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large")
        return upload


class SheetField(PaperField):
    """A spreadsheet, read by `documents.sheets.read_rows`."""

    accepts = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    hint = _("Excel（.xlsx）或 CSV，不超过 {megabytes} MB。第一行是各列的名称。")

    def most_bytes(self) -> int:
        return settings.SHEET_BYTES
