"""A file that was given to us, as rows by the names of their columns."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from govmedia.accounts.tables.cells import FORMULA_ERRORS
from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.decoding import broken_bytes, readable, text_of
from govmedia.accounts.tables.lines import rows_of_text
from govmedia.accounts.tables.report import BadFile, Problem, Report
from govmedia.accounts.tables.workbooks import SIGNATURE, rows_of_workbook
from govmedia.common.exports import DEMO_HEAD, as_typed

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
        encoding, rows = "", rows_of_workbook(data, report.notices)
    else:
        text, encoding = text_of(data)
        rows = rows_of_text(text, refuse)
    header = next((row for _, row in rows if any(text.strip() for text in row)), [])
    if report.problems:
        return
    names += _names(header, encoding, report)
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


def _names(header: Sequence[str], encoding: str, report: Report) -> list[str]:
    """The header as names of columns, empty for what is none; nothing, and a problem, where it is no header."""
    names = [_column(head) for head in header]
    unread = [_unread(number, head, names) for number, head in enumerate(header)]
    names = [name if name not in names[:number] else "" for number, name in enumerate(names)]
    notices = [text for text in unread if text]
    broken = broken_bytes("".join(header))
    if broken:
        text = _broken(broken, encoding, "表头")
    elif not header:
        text = "文件是空的。请用 --template 取一份空表填写。"
    elif not {"code", "name", "platform_id"} & set(names):
        text = f"第一行不是表头。请保留表头，如“账号名称,平台,统一社会信用代码”。{''.join(notices[:3])}"
    else:
        report.notices += notices
        return names
    report.problems.append(Problem(1, "", "", text))
    return []


def _broken(found: str, encoding: str, where: str) -> str:
    return (
        f"里面有不是 {encoding} 的字节（{found}），读不出是什么字，{where}没有读。"
        "请改好这个字，或在表格软件里把原表另存为“CSV UTF-8”，再导入。"
    )


def _column(head: str) -> str:
    wanted = "".join(head.split()).lstrip("#")
    return next((name for name, label in LABELS.items() if wanted in {name, label}), "")


def _unread(number: int, head: str, names: Sequence[str]) -> str:
    """Why a column is not read, as a sentence; empty where it is, or where nobody expects it to be."""
    name, where = names[number], f"表头第 {number + 1} 格“{readable(head).strip()[:40]}”"
    if name:
        return f"{where}与前面一列重复，这一列没有读。" if name in names[:number] else ""
    if not head.strip() or head.strip() == DEMO_HEAD:
        return ""
    free = [word for name, label in LABELS.items() if name not in names for word in (label, name)]
    near = get_close_matches(head.strip(), free, 1)
    return f"{where}不认识，这一列没有读{f'；是不是“{near[0]}”？' if near else '。'}"
