"""CSV and XLSX files that people and programs get."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from govmedia.common import exports

HEAD = ["编号", "名称"]


def read_csv(chunks) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(chunks).decode("utf-8-sig"), newline="")))


def read_xlsx(chunks) -> list[list]:
    book = load_workbook(io.BytesIO(b"".join(chunks)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-cmd", "@sum", "\tx", "\rx", "＝1", "'=1"])
def test_harmless_marks_what_could_run_and_import_takes_the_mark_off(text):
    assert exports.harmless(text) == f"'{text}"
    assert exports.as_typed(exports.harmless(text)) == text


@pytest.mark.parametrize("text", ["", "健康鼓楼", "'引号", "1-2", "a=b"])
def test_harmless_leaves_ordinary_text_alone(text):
    assert exports.harmless(text) == text
    assert exports.as_typed(text) == text


@given(st.text())
def test_harmless_text_never_begins_risky_and_comes_back(text):
    written = exports.harmless(text)
    assert written[:1] not in set("=+-@\t\r\n")
    assert exports.as_typed(written) == exports._CONTROL.sub("", text)


def test_cell_writes_each_kind_of_value_one_way():
    moment = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    values = [None, True, -5, Decimal("1.5"), moment, date(2026, 3, 8), ["甲", "乙"], "a\x00b\x0bc"]
    assert [exports.cell(value) for value in values] == [
        "", "是", -5, Decimal("1.5"), "2026-11-23 14:05", "2026-03-08", "甲；乙", "abc",
    ]  # fmt: skip


def test_csv_opens_in_office_programs_and_keeps_line_breaks_inside_cells():
    data = b"".join(exports.csv_chunks(HEAD, [["A1", "上\n下"], ["A2", '引"号,逗号']]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv([data]) == [HEAD, ["A1", "上\n下"], ["A2", '引"号,逗号']]


def test_csv_of_many_rows_comes_in_pieces_and_complete():
    chunks = list(exports.csv_chunks(HEAD, ([number, "名"] for number in range(1200))))
    assert len(chunks) == 4
    assert [row[0] for row in read_csv(chunks)[1:]] == [str(number) for number in range(1200)]


def test_csv_without_rows_has_its_header():
    assert read_csv(exports.csv_chunks(HEAD, [])) == [HEAD]


def test_xlsx_holds_rows_numbers_and_no_formula():
    chunks = exports.xlsx_chunks(HEAD, [[7, "=HYPERLINK(1)"], [8, "a\x01b"]])
    assert read_xlsx(chunks) == [HEAD, [7, "'=HYPERLINK(1)"], [8, "ab"]]


def test_xlsx_goes_out_while_its_rows_come():
    """A million posts would else keep a browser waiting for minutes, and fill the disk."""
    taken = []

    def rows():
        for number in range(1200):
            taken.append(number)
            yield [number, "名"]

    chunks = exports.xlsx_chunks(HEAD, rows())
    first = next(chunks)
    assert (first[:2], len(taken) < 600) == (b"PK", True)
    rest = list(chunks)
    assert len(rest) == 2
    assert [row[0] for row in read_xlsx([first, *rest])[1:]] == list(range(1200))


def test_xlsx_that_nobody_waits_for_ends_with_its_rows():
    chunks = exports.xlsx_chunks(HEAD, ([number, "名"] for number in range(1200)))
    next(chunks)
    chunks.close()


def test_xlsx_holds_every_kind_of_value_as_it_is():
    values = [" 前后空格\t", "上\n下", "<b>&amp;\"'", 2**40, -1.25, Decimal("0.10"), None, float("nan"), "", True]
    head = [f"列{number}" for number in range(len(values))]
    chunks = list(exports.xlsx_chunks(head, [values]))
    told = [" 前后空格\t", "上\n下", "<b>&amp;\"'", 2**40, -1.25, 0.1, None, None, None, "是"]
    assert read_xlsx(chunks) == [head, told]
    book = load_workbook(io.BytesIO(b"".join(chunks)), read_only=True)
    assert [list(row) for row in book.active.iter_rows(values_only=True)] == [head, told]
    book.close()


def test_xlsx_head_is_bold_and_stays_in_sight():
    sheet = load_workbook(io.BytesIO(b"".join(exports.xlsx_chunks(HEAD, [["A", "B"]])))).active
    assert [sheet["A1"].font.bold, sheet["A2"].font.bold, sheet.freeze_panes] == [True, False, "A2"]
    assert sheet.column_dimensions["B"].width == 12


def test_xlsx_cuts_a_cell_that_is_too_long_and_says_so():
    cell = read_xlsx(exports.xlsx_chunks(HEAD, [["A", "长" * 40_000]]))[1][1]
    assert len(cell) == exports.CELL_LIMIT
    assert cell.endswith("…（已截断）")


@pytest.mark.parametrize(("make", "read"), [(exports.csv_chunks, read_csv), (exports.xlsx_chunks, read_xlsx)])
def test_demonstration_is_marked_in_every_row(make, read):
    rows = read(make(HEAD, [["A1", "甲"], ["A2", "乙"]], demo=True))
    assert [row[-1] for row in rows] == ["演示数据", *["演示数据，非真实检查结果"] * 2]


def test_xlsx_of_a_demonstration_says_so_on_the_sheet():
    book = load_workbook(io.BytesIO(b"".join(exports.xlsx_chunks(HEAD, [], demo=True))))
    assert book.sheetnames == ["演示数据"]
    assert book.active.oddHeader.center.text == "演示数据，非真实检查结果"


def test_download_has_a_chinese_name_that_every_browser_reads():
    answer = exports.download(HEAD, [], "csv", "账号名录", demo=False)
    assert answer["Content-Disposition"] == ("attachment; filename*=utf-8''%E8%B4%A6%E5%8F%B7%E5%90%8D%E5%BD%95.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.streaming


@pytest.mark.parametrize(
    ("stem", "name"),
    [("../../etc/passwd", "etc_passwd.csv"), ('a"b\r\nc', "a_b_c.csv"), ("///", "导出.csv"), ("名", "名.csv")],
)
def test_file_name_is_safe(stem, name):
    assert exports.file_name(stem, "csv") == name


def test_file_name_of_a_demonstration_says_so():
    assert exports.file_name("账号", "xlsx", demo=True) == "账号（演示数据）.xlsx"


def test_download_refuses_another_format():
    with pytest.raises(KeyError):
        exports.download(HEAD, [], "exe", "x", demo=False)
