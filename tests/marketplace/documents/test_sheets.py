"""Spreadsheets in and out."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from marketplace.documents.sheets import CORRECTION, corrected_file, harmless, plain, read_rows

from .hostile import workbook

ROWS = [{"名称": "双水", "人数": "3"}, {"名称": "红岩", "人数": ""}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_however_it_was_saved(encoding, delimiter, end):
    text = end.join(delimiter.join(line) for line in (["名称", "人数"], ["双水", "3"], ["红岩", ""], []))
    assert read_rows(io.BytesIO(text.encode(encoding))) == ROWS


def test_a_workbook_is_read_as_a_person_sees_it():
    content = workbook(
        ("名称", "人数", "开始", "时间"),
        (" 双水 ", 3.0, date(2026, 11, 28), datetime.fromisoformat("2026-11-28 09:00")),
        ("红岩", None, 1.5, None),
    )
    assert read_rows(io.BytesIO(content)) == [
        {"名称": "双水", "人数": "3", "开始": "2026-11-28", "时间": "2026-11-28 09:00:00"},
        {"名称": "红岩", "人数": "", "开始": "1.5", "时间": ""},
    ]


def test_a_path_is_read_too(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("名称,人数\n双水,3\n红岩,\n", encoding="utf-8")
    assert read_rows(path) == ROWS


def test_blank_lines_keep_the_count_of_lines_and_end_with_the_sheet():
    assert read_rows(io.BytesIO(b"a,b\n1,2\n,\n3,4\n,\n,\n")) == [
        {"a": "1", "b": "2"},
        {"a": "", "b": ""},
        {"a": "3", "b": "4"},
    ]


def test_columns_without_a_heading_are_left_out_and_short_lines_are_filled():
    assert read_rows(io.BytesIO(b"a,,b\n1,x,2\n3\n1,2,3,4,5\n")) == [
        {"a": "1", "b": "2"},
        {"a": "3", "b": ""},
        {"a": "1", "b": "3"},
    ]


def test_a_corrected_file_says_where_what_is_wrong_and_comes_back_as_it_went():
    content = corrected_file(ROWS, {3: "请填写人数。"})
    sheet = load_workbook(io.BytesIO(content)).active
    assert [[cell.value or "" for cell in line] for line in sheet] == [
        [CORRECTION, "名称", "人数"],
        ["", "双水", "3"],
        ["请填写人数。", "红岩", ""],
    ]
    assert read_rows(io.BytesIO(content)) == ROWS


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 13800138000", "-1", "@SUM(A1)", "\t=1", " =1", "=cmd|'/C calc'!A0", "＝1+1", "|x", "%00=1"]
)
def test_what_a_spreadsheet_would_calculate_is_written_as_text(text):
    content = corrected_file([{"名称": text}], {})
    cell = load_workbook(io.BytesIO(content)).active["B2"]
    assert (cell.value[0], cell.data_type) == ("'", "s")
    assert read_rows(io.BytesIO(content)) == [{"名称": text.strip()}]


def test_a_formula_in_a_heading_is_text_too():
    content = corrected_file([{"=1+1": "x"}], {})
    assert load_workbook(io.BytesIO(content)).active["B1"].value == "'=1+1"


@given(st.text(max_size=40))
def test_harmless_is_undone_by_plain_and_starts_no_formula(text):
    marked = harmless(text)
    assert not marked.lstrip().startswith(("=", "+", "-", "@"))
    assert plain(marked) == (text if marked != text else plain(text))


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=8),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
def test_any_csv_is_read_or_refused(lines):
    out = io.StringIO()
    csv.writer(out).writerows([["甲", "乙"], *lines])
    rows = read_rows(io.BytesIO(out.getvalue().encode()))
    assert len(rows) <= len(lines)
