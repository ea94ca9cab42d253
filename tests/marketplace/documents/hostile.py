"""Files that somebody might hand in to do harm, made here byte by byte; each says how it is to be answered."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = "CANARY-双水街道-26.540N"
SCRIPT = b"<script>alert(document.domain)</script>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
KINDS = "只收 JPEG、PNG 图片和 PDF 文件。请拍照或另存为 PDF 再上传。"
BROKEN = "这张图片打不开，可能已经损坏，请重新拍一张。"
HUGE = "这张图片的尺寸太大，请用手机重新拍一张。"
ACTIVE = "这个 PDF 里有脚本或附件，请打印成普通 PDF 再上传。"
CUT = "这个 PDF 不完整，请重新保存一份再上传。"
EMPTY = "这个文件是空的，请重新选择。"
LARGE = "文件超过 10 MB，请拍小一点或者分开上传。"
NO_SHEET = "这不是能读的表格。请用 Excel 另存为 .xlsx 或 CSV 再上传。"
MACROS = "表格里有宏或外部链接，请另存为普通的 .xlsx 再上传。"
SWOLLEN = "表格解开以后太大，请分成几份。"


@dataclass(frozen=True)
class Hostile:
    """`answer` is the sentence it is refused with; empty where it is taken and comes out harmless."""

    label: str
    content: Callable[[], bytes]
    answer: str

    def __str__(self) -> str:
        return self.label


def picture(form: str = "JPEG", size: tuple[int, int] = (32, 24), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG whose EXIF says where and with what it was taken, and which way is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = 6, "CanaryPhone", SECRET
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (26.0, 32.0, 24.0), "E", (104.0, 57.0, 25.0)
    return picture(exif=exif.tobytes(), comment=SECRET.encode())


def png_with_texts() -> bytes:
    texts = PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_itxt("Comment", SECRET, zip=True)
    exif = Image.Exif()
    exif[0x010E] = SECRET
    return picture("PNG", pnginfo=texts, exif=exif.tobytes())


def png_claiming(width: int, height: int, body: bytes = b"\0") -> bytes:
    """A small file whose head says it is a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    """A compressed comment of many megabytes."""
    plain = picture("PNG")
    text = b"Comment\0\0" + zlib.compress(b"A" * 80_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    return plain[:33] + chunk + plain[33:]


def jpeg_claiming(width: int, height: int) -> bytes:
    content = bytearray(picture())
    place = content.index(b"\xff\xc0")
    content[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def pdf(inside: bytes = b"", after: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n" + after
    )


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def workbook(*rows: tuple, **extra: bytes) -> bytes:
    """A real xlsx of these rows, with parts added to it."""
    book = Workbook()
    for row in rows or (("名称", "人数"), ("双水", 3)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in extra.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def workbook_with(part: str, content: bytes) -> bytes:
    """A real xlsx, one part of it replaced."""
    source, out = zipfile.ZipFile(io.BytesIO(workbook())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, content if name == part else source.read(name))
    return out.getvalue()


def workbook_with_strings(content: bytes) -> bytes:
    """A real xlsx with a table of shared strings."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = zipfile.ZipFile(io.BytesIO(workbook())).read("[Content_Types].xml").decode()
    declared = types.replace("</Types>", f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>')
    out = io.BytesIO(workbook_with("[Content_Types].xml", declared.encode()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(STRINGS, content)
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">'.encode().replace(b"lol0", b"lol") for n in range(1, 10))
    + b']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&lol9;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = LAUGHS.replace(b'<!ENTITY lol "lol">', b'<!ENTITY lol SYSTEM "file:///etc/passwd">')
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def sheet_xml(rows: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{head}{rows}</sheetData></worksheet>".encode()


PAPERS = (
    Hostile("empty", bytes, EMPTY),
    Hostile("html", lambda: b"<!DOCTYPE html>" + SCRIPT, KINDS),
    Hostile("html that begins with blanks", lambda: b" " * 600 + SCRIPT, KINDS),
    Hostile("svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", KINDS),
    Hostile("svg after an xml head", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>', KINDS),
    Hostile("eicar", lambda: EICAR, KINDS),
    Hostile("a program", lambda: b"MZ" + b"\0" * 200, KINDS),
    Hostile("an elf program", lambda: b"\x7fELF" + b"\0" * 200, KINDS),
    Hostile("a shell script", lambda: b"#!/bin/sh\nrm -rf /\n", KINDS),
    Hostile("php", lambda: b"<?php system($_GET['c']); ?>", KINDS),
    Hostile("a gif", lambda: picture("GIF"), KINDS),
    Hostile("a gif that is a script", lambda: b"GIF89a/*" + SCRIPT + b"*/", KINDS),
    Hostile("a webp", lambda: picture("WEBP"), KINDS),
    Hostile("a tiff", lambda: picture("TIFF"), KINDS),
    Hostile("a bmp", lambda: picture("BMP"), KINDS),
    Hostile("an eps", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", KINDS),
    Hostile("a zip", lambda: zipped(a=b"b"), KINDS),
    Hostile("a word file with a macro", lambda: zipped(word__vbaProject="x" * 99, word__document=b"<w/>"), KINDS),
    Hostile("an old word file", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, KINDS),
    Hostile("rtf", lambda: rb"{\rtf1\ansi{\object\objdata}}", KINDS),
    Hostile("a spreadsheet", workbook, KINDS),
    Hostile("video", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 100, KINDS),
    Hostile("zero bytes", lambda: b"\0" * 4096, KINDS),
    Hostile("a picture after other bytes", lambda: b"junk" + picture(), KINDS),
    Hostile("a pdf after other bytes", lambda: SCRIPT + pdf(), KINDS),
    Hostile("only the head of a jpeg", lambda: picture()[:24], BROKEN),
    Hostile("a jpeg cut in the middle", lambda: picture(size=(400, 400))[:-900], BROKEN),
    Hostile("a jpeg with noise for a body", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, BROKEN),
    Hostile("only the head of a png", lambda: picture("PNG")[:20], BROKEN),
    Hostile("a png with a wrong checksum", lambda: picture("PNG").replace(b"IHDR", b"IHDX"), BROKEN),
    Hostile("a png of 50,000 by 50,000", lambda: png_claiming(50_000, 50_000), BROKEN),
    Hostile("a png of 12,000 by 12,000", lambda: png_claiming(12_000, 12_000), BROKEN),
    Hostile("a png of 7,000 by 7,000", lambda: png_claiming(7_000, 7_000), HUGE),
    Hostile("a png of 1 by 2 billion", lambda: png_claiming(1, 2**31 - 1), BROKEN),
    Hostile("a png of no width", lambda: png_claiming(0, 10), BROKEN),
    Hostile("a jpeg of 65,000 by 65,000", lambda: jpeg_claiming(65_000, 65_000), BROKEN),
    Hostile("a jpeg of 9,000 by 9,000", lambda: jpeg_claiming(9_000, 9_000), HUGE),
    Hostile("a comment that unpacks to 80 MB", png_text_bomb, BROKEN),
    Hostile("a picture beyond the limit", lambda: picture() + b"\0" * (10 * 2**20), LARGE),
    Hostile("a jpeg with a place", photo_with_place, ""),
    Hostile("a png with texts", png_with_texts, ""),
    Hostile("a jpeg followed by a page", lambda: picture() + SCRIPT, ""),
    Hostile("a jpeg with a page in its comment", lambda: picture(comment=SCRIPT), ""),
    Hostile("a jpeg that is a zip too", lambda: picture() + zipped(secret=SECRET.encode()), ""),
    Hostile("a png that is a zip too", lambda: picture("PNG") + zipped(secret=SECRET.encode()), ""),
    Hostile("a png followed by php", lambda: picture("PNG") + b"<?php system('id'); ?>", ""),
    Hostile("a png followed by eicar", lambda: picture("PNG") + EICAR, ""),
    Hostile("a pdf", pdf, ""),
    Hostile("a pdf with a script", lambda: pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), ACTIVE),
    Hostile("a pdf that starts a program", lambda: pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), ACTIVE),
    Hostile("a pdf with a file inside", lambda: pdf(b"/Names << /EmbeddedFiles 2 0 R >>"), ACTIVE),
    Hostile("a pdf with a form that sends", lambda: pdf(b"/A << /S /SubmitForm /F (http://x) >>"), ACTIVE),
    Hostile("a pdf with moving pictures", lambda: pdf(b"/RichMedia 3 0 R"), ACTIVE),
    Hostile("a pdf whose script is spelled", lambda: pdf(b"/OpenAction << /S /J#61vaScript >>"), ACTIVE),
    Hostile("a pdf followed by a zip", lambda: pdf(after=zipped(secret=b"x")), CUT),
    Hostile("a pdf followed by a page", lambda: pdf(after=SCRIPT), CUT),
    Hostile("only the head of a pdf", lambda: b"%PDF-1.7\n", CUT),
)

SHEETS = (
    Hostile("an empty sheet", bytes, "表格是空的。第一行应当是各列的名称。"),
    Hostile("a page for a sheet", lambda: b"<table><tr><td>1</td></tr></table>", NO_SHEET),
    Hostile("a picture for a sheet", picture, NO_SHEET),
    Hostile("a pdf for a sheet", pdf, NO_SHEET),
    Hostile("noise for a sheet", lambda: bytes(range(256)) * 4, NO_SHEET),
    Hostile("an old excel file", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, NO_SHEET),
    Hostile("a csv with a zero byte", lambda: "名称,人数\n双\0水,3".encode(), NO_SHEET),
    Hostile("a csv with a quote that never ends", lambda: '名称,人数\n"双水,3\n'.encode() * 3, NO_SHEET),
    Hostile("a csv with a cell of 200,000", lambda: b"a,b\n" + b"x" * 200_000 + b",1\n", NO_SHEET),
    Hostile("a csv of 6,000 rows", lambda: b"a,b\n" + b"1,2\n" * 6000, "表格超过 5000 行，请分成几份。"),
    Hostile("a csv of 6 MB", lambda: b"a,b\n" + b"1,2\n" * 1_600_000, "表格超过 5 MB，请分成几份。"),
    Hostile(
        "a csv with the same heading twice", lambda: "名称,名称\n1,2".encode(), "有两列的名称一样，请改成不同的名称。"
    ),
    Hostile("a zip that is no workbook", lambda: zipped(a=b"b"), NO_SHEET),
    Hostile("a cut workbook", lambda: workbook()[:-200], NO_SHEET),
    Hostile("a workbook with a macro", lambda: workbook(xl__vbaProject_bin=b"x").replace(b"_bin", b".bin"), MACROS),
    Hostile("a workbook with a link outside", lambda: workbook(xl__externalLinks__externalLink1=b"<x/>"), MACROS),
    Hostile("a workbook with a file inside", lambda: workbook(xl__embeddings__oleObject1=b"x"), MACROS),
    Hostile("a zip bomb", lambda: workbook(xl__media__zero=b"\0" * (30 * 2**20)), SWOLLEN),
    Hostile("a dense part", lambda: workbook(xl__media__zero=b"\0" * (3 * 2**20)), SWOLLEN),
    Hostile("300 parts", lambda: workbook(**{f"xl__media__{n}": b"" for n in range(300)}), SWOLLEN),
    Hostile("a part that stands twice", lambda: workbook_with_twice(SHEET), NO_SHEET),
    Hostile("billion laughs in the sheet", lambda: workbook_with(SHEET, LAUGHS), NO_SHEET),
    Hostile("billion laughs in the strings", lambda: workbook_with_strings(LAUGHS), NO_SHEET),
    Hostile("billion laughs in the book", lambda: workbook_with("xl/workbook.xml", LAUGHS), NO_SHEET),
    Hostile("billion laughs in utf-16", lambda: workbook_with(SHEET, LAUGHS.decode().encode("utf-16")), NO_SHEET),
    Hostile("a file of the server", lambda: workbook_with(SHEET, OUTSIDE), NO_SHEET),
    Hostile("a sheet that is no xml", lambda: workbook_with(SHEET, b"\0\1\2"), NO_SHEET),
)


def workbook_with_twice(part: str) -> bytes:
    """Two parts of one name: readers disagree on which counts."""
    content = workbook()
    out = io.BytesIO(content)
    source = zipfile.ZipFile(io.BytesIO(content))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as package:
        warnings.simplefilter("ignore", UserWarning)
        package.writestr(part, source.read(part))
    return out.getvalue()
