"""Rows to CSV and XLSX that open well in office programs and carry nothing that such a program would run."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from govmedia.common.clock import SHANGHAI

DEMO_HEAD, DEMO_NOTE = "演示数据", "演示数据，非真实检查结果"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CELL_LIMIT = 32_767  # characters a cell of a workbook may hold
_CUT = "…（已截断）"
_ROWS_AT_ONCE = 500
_SHEET = "xl/worksheets/sheet1.xml"
_LEVEL = 3  # half the time of the usual 6, for a file a tenth larger
# Office programs may take a cell that begins so for a formula, in full width too (OWASP, CSV injection).
_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def harmless(text: str) -> str:
    """`text` without control characters and, where it could be read as a formula, with a leading apostrophe."""
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if _RISKY.match(clean) else clean


def as_typed(text: str) -> str:
    """The text before `harmless`, for imports of what was exported."""
    return text[1:] if _MARKED.match(text) else text


def cell(value: Any) -> str | int | float | Decimal:
    """A value as a cell: numbers stay numbers, moments are Asia/Shanghai to the minute, lists are joined by `；`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return harmless("；".join(str(part) for part in value))
    return harmless(str(value))


def _with_mark(header: Sequence[str], rows: Iterable[Sequence[Any]], demo: bool) -> Iterator[list[Any]]:
    """Header and rows as cells; in a demonstration every row says so, so that a copied row still does."""
    yield [cell(name) for name in header] + ([DEMO_HEAD] if demo else [])
    for row in rows:
        yield [cell(value) for value in row] + ([DEMO_NOTE] if demo else [])


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Any]], demo: bool = False) -> Iterator[bytes]:
    """UTF-8 with byte order mark, CRLF line ends, a few hundred rows at a time."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for number, row in enumerate(_with_mark(header, rows, demo)):
        writer.writerow(row)
        if number % _ROWS_AT_ONCE == 0:
            yield buffer.getvalue().encode("utf-8")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8")


def _fit(value: Any) -> Any:
    if isinstance(value, str) and len(value) > CELL_LIMIT:
        return value[: CELL_LIMIT - len(_CUT)] + _CUT
    return value


class _Pieces(io.RawIOBase):
    """A file that keeps what is written to it only until it is taken away."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self._kept)
        self._kept.clear()
        return data


def xlsx_chunks(header: Sequence[str], rows: Iterable[Sequence[Any]], demo: bool = False) -> Iterator[bytes]:
    """A workbook with one sheet, its first row bold and frozen; a few hundred rows at a time, as they come."""
    lines = _with_mark(header, rows, demo)
    titles = next(lines)
    parts = _book_of(titles, demo)
    columns = [get_column_letter(number) for number in range(1, len(titles) + 1)]
    before, end, after = parts.pop(_SHEET).partition(b"</sheetData>")
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        for name, part in parts.items():
            book.writestr(name, part)
        with book.open(_SHEET, "w") as sheet:
            sheet.write(before)
            for number, line in enumerate(lines, 2):
                sheet.write(_row(number, columns, line).encode())
                if number % _ROWS_AT_ONCE == 0:
                    yield pieces.taken()
            sheet.write(end + after)
    yield pieces.taken()


def _book_of(titles: Sequence[Any], demo: bool) -> dict[str, bytes]:
    """The parts of a workbook that has only its head yet, by their names."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(DEMO_HEAD if demo else "数据")
    sheet.freeze_panes = "A2"
    if demo:
        sheet.oddHeader.center.text = DEMO_NOTE
    for number, title in enumerate(titles, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(40, 2 * len(str(title)) + 6))
    heads = []
    for title in titles:
        head = WriteOnlyCell(sheet, value=_fit(title))
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    file = io.BytesIO()
    book.save(file)
    with ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _row(number: int, columns: Sequence[str], line: Sequence[Any]) -> str:
    """One row of a sheet in SpreadsheetML; strings stand in their cells, so that no table of them need be kept."""
    cells = []
    for column, value in zip(columns, line, strict=True):
        if isinstance(value, str):
            if value:
                text = escape(_fit(value))
                keep = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
                cells.append(f'<c r="{column}{number}" t="inlineStr"><is><t{keep}>{text}</t></is></c>')
        elif isfinite(value):
            cells.append(f'<c r="{column}{number}"><v>{value}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def file_name(stem: str, fmt: str, demo: bool = False) -> str:
    """A name that every system accepts; Chinese stays."""
    clean = _NOT_IN_NAMES.sub("_", stem).strip(" ._")[:80] or "导出"
    return f"{clean}{'（演示数据）' if demo else ''}.{fmt}"


def download(
    header: Sequence[str], rows: Iterable[Sequence[Any]], fmt: str, filename: str, demo: bool
) -> StreamingHttpResponse:
    """Rows as a file to save; `fmt` is `csv` or `xlsx` (else KeyError), `filename` comes without ending."""
    mime = TYPES[fmt]
    chunks = csv_chunks(header, rows, demo) if fmt == "csv" else xlsx_chunks(header, rows, demo)
    # The first piece is made here, so that what fails at once fails as a page and not in the middle of a file.
    first = next(chunks)
    response = StreamingHttpResponse(chain([first], chunks), content_type=mime)
    response["Content-Disposition"] = content_disposition_header(True, file_name(filename, fmt, demo)) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
