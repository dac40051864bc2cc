"""A file that was given to us, as rows by the names of their columns."""

from collections.abc import Iterator, Sequence

from govmedia.accounts.tables.cells import FORMULA_ERRORS
from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.decoding import broken_bytes, readable, text_of
from govmedia.accounts.tables.lines import rows_of_text
from govmedia.accounts.tables.report import BadFile, Problem, Report
from govmedia.accounts.tables.workbooks import SIGNATURE, rows_of_workbook
from govmedia.common.exports import as_typed

ROWS_MOST = 300_000


def rows_of(data: bytes, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by name) of a CSV file or a workbook; what cannot be read goes into the report."""
    try:
        yield from _rows(data, report)
    except BadFile as why:
        report.problems.append(Problem(why.line, "", "", why.text))


def _rows(data: bytes, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    names: list[str] = []

    def refuse(line: int, number: int, value: str, reason: str) -> None:
        name = names[number] if number < len(names) else ""
        report.problems.append(Problem(line, name, readable(value) if name else "", reason))

    if data.startswith(SIGNATURE):
        encoding, rows = "", rows_of_workbook(data)
    else:
        text, encoding = text_of(data)
        rows = rows_of_text(text, refuse)
    line, header = next(rows, (1, []))
    if report.problems:
        return
    names += _names(line, header, encoding, report)
    if not names:
        return
    for line, row in rows:
        if not any(text.strip() for text in row) or _is_comment(row[0]):
            continue
        if line > ROWS_MOST:
            report.problems.append(Problem(line, "", "", f"超过 {ROWS_MOST:,} 行，其余未读。请拆成几个文件。"))
            return
        cells = {name: as_typed(text).strip() for name, text in zip(names, row, strict=False) if name}
        unread = [(name, text, broken) for name, text in cells.items() if (broken := broken_bytes(text))]
        if unread:
            report.problems += [
                Problem(line, name, readable(text), _broken(broken, encoding, "这一行"))
                for name, text, broken in unread
            ]
            continue
        yield line, cells


def _is_comment(text: str) -> bool:
    return text.startswith("#") and text.strip() not in FORMULA_ERRORS


def _names(line: int, header: Sequence[str], encoding: str, report: Report) -> list[str]:
    """The header as names of columns, empty for what is none; nothing, and a problem, where it is no header."""
    names = [_column(head) for head in header]
    broken = broken_bytes("".join(header))
    if broken:
        text = _broken(broken, encoding, "表头")
    elif not header:
        text = "文件是空的。请用 --template 取一份空表填写。"
    elif not {"code", "name", "platform_id"} & set(names):
        text = "第一行不是表头。请保留表头，如“账号名称,平台,统一社会信用代码”。"
    else:
        return names
    report.problems.append(Problem(line, "", "", text))
    return []


def _broken(found: str, encoding: str, where: str) -> str:
    return (
        f"里面有不是 {encoding} 的字节（{found}），读不出是什么字，{where}没有读。"
        "请改好这个字，或在表格软件里把原表另存为“CSV UTF-8”，再导入。"
    )


def _column(head: str) -> str:
    wanted = head.strip().lstrip("#")
    return next((name for name, label in LABELS.items() if wanted in {name, label}), "")
