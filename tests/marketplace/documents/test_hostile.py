"""What people might hand in to do harm: each answered as it is declared, in bounded memory and time."""

import io
import resource
import time
import tracemalloc
import warnings
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from marketplace.documents.actions import keep_document
from marketplace.documents.cleaning import clean_paper
from marketplace.documents.models import Document
from marketplace.documents.sheets import read_rows
from marketplace.workflow.refusals import Refused
from tests.factories import a_user

from .hostile import (
    PAPERS,
    SCRIPT,
    SECRET,
    SHEET,
    SHEETS,
    Hostile,
    photo_with_place,
    picture,
    sheet_xml,
    workbook,
    workbook_with,
)

MOST_MEMORY, MOST_SECONDS = 200 * 2**20, 10
REFUSED = [one for one in PAPERS if one.answer]
TAKEN = [one for one in PAPERS if not one.answer]


def answer(act, *args) -> str:
    try:
        act(*args)
    except Refused as refusal:
        return refusal.sentence
    return ""


def test_there_are_as_many_as_were_asked_for():
    assert len(PAPERS) + len(SHEETS) >= 60
    assert len({str(one) for one in (*PAPERS, *SHEETS)}) == len(PAPERS) + len(SHEETS)


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_a_hostile_paper_is_answered_as_declared(paper: Hostile):
    content = paper.content()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert answer(clean_paper, content) == paper.answer
    assert time.monotonic() - started < MOST_SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_MEMORY


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_a_hostile_sheet_is_answered_as_declared(sheet: Hostile):
    content = sheet.content()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert answer(read_rows, io.BytesIO(content)) == sheet.answer
    assert time.monotonic() - started < MOST_SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_MEMORY


@pytest.mark.parametrize("paper", TAKEN, ids=str)
def test_what_is_taken_carries_nothing_along(paper: Hostile):
    content = clean_paper(paper.content()).content
    assert not [
        part for part in (SECRET.encode(), SCRIPT, b"<?php", b"EICAR", b"CanaryPhone", b"PK\x03\x04") if part in content
    ]


def test_a_photo_keeps_which_way_is_up_and_forgets_where_it_was_taken():
    """The picture was lying on its side; drawn anew, it stands."""
    with (
        Image.open(io.BytesIO(photo_with_place())) as before,
        Image.open(io.BytesIO(clean_paper(photo_with_place()).content)) as after,
    ):
        assert (before.size, after.size, dict(after.getexif())) == ((32, 24), (24, 32), {})


def test_a_picture_keeps_its_colours_and_its_holes():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(clean_paper(out.getvalue()).content)) as kept:
        assert (kept.mode, kept.getpixel((1, 1))) == ("RGBA", (255, 0, 0, 0))


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_pictures_of_every_kind_are_drawn_anew(mode):
    form = "JPEG" if mode in ("L", "CMYK") else "PNG"
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, form)
    with Image.open(io.BytesIO(clean_paper(out.getvalue()).content)) as kept:
        assert kept.mode == "RGB"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\windows\\system32\\a.exe",
        "/etc/shadow.jpg",
        "photo.jpg\0.php",
        "\u202egpj.exe",
        "a" * 300 + ".jpg",
        "con.jpg",
        "<script>.jpg",
        "身份证 张三 520203199005170078.jpg",
        "photo.php.jpg",
        ".htaccess",
    ],
)
def test_nothing_of_the_given_name_reaches_the_disk(name):
    """Not its folders, not its ending, not the name and number of a person."""
    upload = SimpleUploadedFile(name, picture(), content_type="text/html")
    document = keep_document(upload, title="登记证书", actor=a_user())
    folder, _, file = document.file.name.partition("/")
    assert (len(folder), len(file), file.startswith(folder)) == (2, 32, True)
    assert set(folder + file) <= set("0123456789abcdef")
    assert document.content_type == "image/jpeg"


@pytest.mark.django_db
def test_what_is_refused_leaves_no_row():
    for paper in REFUSED[:5]:
        with pytest.raises(Refused):
            keep_document(SimpleUploadedFile("a.jpg", paper.content()), title="证书", actor=a_user())
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_a_large_upload_is_refused_before_it_is_read():
    class Unread:
        size = 200 * 2**20

        def read(self) -> bytes:
            raise AssertionError("it was read")

    assert answer(lambda: keep_document(Unread(), title="证书", actor=None)).startswith("文件超过 10 MB")


def test_a_sheet_with_far_away_rows_costs_no_memory():
    """Row numbers are claims: one of a million must not make a million rows."""
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    content = workbook_with(SHEET, sheet_xml(rows + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    tracemalloc.start()
    try:
        assert read_rows(io.BytesIO(content)) == []
        assert tracemalloc.get_traced_memory()[1] < 50 * 2**20
    finally:
        tracemalloc.stop()


def test_formulas_of_a_workbook_are_never_read_as_formulas():
    content = workbook(("名称", "人数"), ("双水", "=1+1"), ("红岩", '=HYPERLINK("http://x","点我")'))
    assert [row["人数"] for row in read_rows(io.BytesIO(content))] == ["", ""]


def test_a_photo_with_a_damaged_note_about_itself_is_taken_or_refused():
    """Pillow, asked to write such a note again, raises more than one kind of error."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F], notes[0x829A] = 6, "x", 1.5
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=notes)

    for place in range(30, 80):
        for value in (0, 16, 26, 84, 152):
            damaged = bytearray(out.getvalue())
            damaged[place] = value
            with suppress(Refused), warnings.catch_warnings(action="ignore", category=UserWarning):
                clean_paper(bytes(damaged))
