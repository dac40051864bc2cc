"""The first sheet of an Excel workbook as rows of text."""

import io
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

from govmedia.accounts.tables.report import BadFile

SIGNATURE = b"PK\x03\x04"
# A number cell of Excel keeps so many digits and makes the others zero.
_EXACT = 10**15


def rows_of_workbook(data: bytes, notices: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row of the first sheet that is shown; of formulas their results. Errors: BadFile.

    `notices` gets a sentence where there are more sheets.
    """
    line = 0
    try:
        with warnings.catch_warnings():
            # what the program that wrote the file left out is nothing its reader could mend
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet, *others = (one for one in book.worksheets if one.sheet_state == "visible")
        if others:
            notices.append(f"只读了第一张工作表“{sheet.title}”，其余 {len(others)} 张没有读。")
        # Some programs note a size that is not the sheet's.
        sheet.reset_dimensions()
        for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield line, [_text(value) for value in row]
    except Exception as why:  # a damaged file makes openpyxl fail in any way
        where = f"从第 {line + 1:,} 行起读不下去，文件可能已损坏" if line else "打不开：不是 Excel 工作簿，或已损坏"
        raise BadFile(f"{where}。请用表格软件打开，另存为 .xlsx 或“CSV UTF-8”再导入。", line + 1) from why


def _text(value: Any) -> str:
    """A cell as a CSV file of the same sheet would have it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}" if abs(value) < _EXACT else f"{value:.5E}"
    return str(value)
