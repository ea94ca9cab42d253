"""Spreadsheets in and out: rows of plain text from CSV or xlsx, and the same rows with what must be corrected.

A workbook is a zip of XML, so it is measured before anything of it is unpacked; formulas are never kept and never written.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import filetype  # type: ignore[import-untyped]
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

from marketplace.workflow.refusals import Refused

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 2000
MOST_UNPACKED, MOST_RATIO, MOST_PARTS = 20 * 2**20, 200, 200
ACTIVE_PARTS = re.compile(r"vbaproject|/activex/|/externallinks/|/embeddings/|\.bin$", re.IGNORECASE)
# What a spreadsheet would calculate (OWASP: CSV injection).
FORMULA = re.compile(r"^[\s]*[=+\-@\t\r|％%＝＋－＠]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CORRECTION = "需要修改"

Row = dict[str, str]


def read_rows(source: Any) -> list[Row]:
    """The rows of an upload, an open file, or a path: heading → text, blank rows left out of the end.

    The row at index n stood in line n + 2 of the sheet. Raises Refused for whatever is no spreadsheet or too large a one.
    """
    content = Path(source).read_bytes() if isinstance(source, str | Path) else source.read(settings.SHEET_BYTES + 1)
    if len(content) > settings.SHEET_BYTES:
        raise Refused(_("表格超过 %(size)s MB，请分成几份。") % {"size": settings.SHEET_BYTES // 2**20})
    lines = _workbook_lines(content) if content.startswith(b"PK") else _text_lines(content)
    return _rows(list(islice(lines, MOST_ROWS + 2)))


def corrected_file(rows: Sequence[Row], errors: Mapping[int, str]) -> bytes:
    """An xlsx of the rows, their first column saying what to correct. `errors`: line of the sheet (the heading is 1) → sentence.

    The column is left out again when the corrected file is read.
    """
    headings = list(rows[0]) if rows else []
    book = Workbook()
    sheet = book.active
    _write(sheet, 1, [CORRECTION, *headings])
    for line, row in enumerate(rows, start=2):
        _write(sheet, line, [errors.get(line, ""), *(row.get(heading, "") for heading in headings)])
    for cell in sheet["A"]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(text: str) -> str:
    """The text so that no spreadsheet calculates it; `plain` takes the mark away again."""
    return f"'{text}" if FORMULA.match(text) else text


def plain(text: str) -> str:
    """What stood in the cell before `harmless` marked it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _write(sheet: Any, line: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(line, column)
        cell.value = CONTROL.sub("", harmless(text))
        cell.data_type = "s"


# Reading


def _rows(lines: list[list[str]]) -> list[Row]:
    while lines and not any(lines[-1]):
        lines.pop()
    if len(lines) > MOST_ROWS + 1:
        raise Refused(_("表格超过 %(rows)s 行，请分成几份。") % {"rows": MOST_ROWS})
    if not lines or not any(lines[0]):
        raise Refused(_("表格是空的。第一行应当是各列的名称。"))
    headings = ["" if heading == CORRECTION else heading for heading in lines[0]]
    named = [heading for heading in headings if heading]
    if len(named) != len(set(named)):
        raise Refused(_("有两列的名称一样，请改成不同的名称。"))
    return [
        {heading: text for heading, text in zip(headings, _filled(line, len(headings)), strict=True) if heading}
        for line in lines[1:]
    ]


def _filled(line: list[str], width: int) -> list[str]:
    return [*line[:width], *[""] * (width - len(line))]


def _text_lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield _cells(line)
    except csv.Error:
        raise Refused(_not_a_sheet()) from None


def _decoded(content: bytes) -> str:
    if filetype.guess(content) is not None:
        raise Refused(_not_a_sheet())
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text) or text.lstrip().startswith(("<", "%PDF", "{")):
            break
        return text
    raise Refused(_not_a_sheet())


def _workbook_lines(content: bytes) -> Iterator[list[str]]:
    try:
        _refuse_hostile_zip(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        # The library fills gaps between row numbers with rows of its own, so the limit is told to it.
        for values in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True):
            yield _cells(values)
    except Refused:
        raise
    except Exception:  # a lying workbook makes the library fail in as many ways as it has lines
        raise Refused(_not_a_sheet()) from None


def _refuse_hostile_zip(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= names or len(names) != len(parts):
            raise Refused(_not_a_sheet())
        if any(ACTIVE_PARTS.search(f"/{name}") for name in names):
            raise Refused(_("表格里有宏或外部链接，请另存为普通的 .xlsx 再上传。"))
        if len(parts) > MOST_PARTS or _unpacks_too_far(package, parts):
            raise Refused(_("表格解开以后太大，请分成几份。"))


def _unpacks_too_far(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """What the zip says of itself, and then what really comes out: the first can lie."""
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return True
    left = MOST_UNPACKED
    for part in parts:
        if part.file_size > 2**20 and part.file_size > part.compress_size * MOST_RATIO:
            return True
        with package.open(part) as opened:
            while chunk := opened.read(2**16):
                left -= len(chunk)
                if left < 0:
                    return True
    return False


def _cells(values: Iterable[Any]) -> list[str]:
    return [_text(value) for value in islice(values, MOST_COLUMNS)]


def _text(value: Any) -> str:
    """A cell as a person reads it: 12.0 is 12, a day has no midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    elif isinstance(value, datetime):
        value = value.date() if value.time() == time() else value.replace(microsecond=0)
    text = plain(CONTROL.sub("", str(value)).strip()).strip()
    if len(text) > LONGEST_CELL:
        raise Refused(_("有一格超过 %(length)s 个字，请缩短。") % {"length": LONGEST_CELL})
    return text


def _not_a_sheet() -> str:
    return _("这不是能读的表格。请用 Excel 另存为 .xlsx 或 CSV 再上传。")
