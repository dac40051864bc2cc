"""A file that was given to us, as rows by the names of their columns."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.decoding import broken_bytes, readable, text_of
from govmedia.accounts.tables.report import Problem, Report
from govmedia.common.exports import as_typed

ROWS_MOST = 300_000


def rows_of(data: bytes, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by name) of a table; what cannot be read goes into the report."""
    text, encoding = text_of(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter="\t" if first.count("\t") > first.count(",") else ","
    )
    lines = _lines(reader, report)
    header = next(lines, None)
    if header is None:
        report.problems = report.problems or [Problem(1, "", "", "文件是空的。请用 --template 取一份空表填写。")]
        return
    broken = broken_bytes("".join(header))
    if broken:
        report.problems.append(Problem(1, "", "", _broken(broken, encoding, "表头")))
        return
    names = [_column(head) for head in header]
    if not {"code", "name", "platform_id"} & set(names):
        report.problems.append(Problem(1, "", "", "第一行不是表头。请保留表头，如“账号名称,平台,统一社会信用代码”。"))
        return
    for row in lines:
        if not any(text.strip() for text in row) or row[0].startswith("#"):
            continue
        if reader.line_num > ROWS_MOST:
            report.problems.append(
                Problem(reader.line_num, "", "", f"超过 {ROWS_MOST:,} 行，其余未读。请拆成几个文件。")
            )
            return
        cells = {name: as_typed(text).strip() for name, text in zip(names, row, strict=False) if name}
        unread = [(name, text, broken) for name, text in cells.items() if (broken := broken_bytes(text))]
        if unread:
            report.problems += [
                Problem(reader.line_num, name, readable(text), _broken(broken, encoding, "这一行"))
                for name, text, broken in unread
            ]
            continue
        yield reader.line_num, cells


def _lines(reader: Any, report: Report) -> Iterator[list[str]]:
    """The rows, as far as they can be told apart: an open quotation mark swallows all that follows."""
    try:
        yield from reader
    except csv.Error:
        text = "从这一行起读不下去：有一格过长，可能少了一个引号。其余未读，请改好后再导入。"
        report.problems.append(Problem(reader.line_num, "", "", text))


def _broken(found: str, encoding: str, where: str) -> str:
    return (
        f"里面有不是 {encoding} 的字节（{found}），读不出是什么字，{where}没有读。"
        "请改好这个字，或在表格软件里把原表另存为“CSV UTF-8”，再导入。"
    )


def _column(head: str) -> str:
    wanted = head.strip().lstrip("#")
    return next((name for name, label in LABELS.items() if wanted in {name, label}), "")
