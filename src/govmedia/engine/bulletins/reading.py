"""Reads a bulletin file (JSON). Unknown fields are left alone; null is the same as not there."""

import json
from collections.abc import Mapping
from typing import Any

from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.shape import AlsoChecked, Annex, Bulletin, Estimate, NamedAccount, Previous, Section
from govmedia.engine.bulletins.values import (
    Bad,
    Reader,
    by_name,
    cell,
    change,
    count,
    counts,
    day,
    document_number,
    flag,
    many,
    points,
    rate,
    shown,
    text,
)

# Lists of the bulletin that may be an annex.
LISTS = ("sampled", "failing", "deductions", "rectification")
SIZE_MOST = 64 << 20
_PROBLEMS_MOST = 20


def _object(kind: type, readers: Mapping[str, Reader], *needed: str) -> Reader:
    """A reader of one object of the file: `kind` made of the fields named in `readers`."""

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Bad(f"应是一个对象（用花括号括起来），而不是{shown(value)}")
        found = {}
        for name in readers:
            if value.get(name) is None:
                if name in needed:
                    raise Bad("必须填写", name)
                continue
            try:
                found[name] = readers[name](value[name])
            except Bad as why:
                raise why.inside(name) from why
        return kind(**found)

    return read


def _level(value: Any) -> int:
    if value not in (1, 2, 3, 4) or isinstance(value, bool):
        raise Bad(f"应是 1 到 4（一、（一）1.（1）），而不是{shown(value)}")
    return int(value)


def _paragraphs(value: Any) -> tuple[str, ...]:
    """A list of paragraphs, or one text with a paragraph a line."""
    given = many(text)(value) if isinstance(value, list) else (text(value),)
    return tuple(line.strip() for one in given for line in one.split("\n") if line.strip())


def _list_name(value: Any) -> str:
    if value not in LISTS:
        raise Bad(f"应是 {'、'.join(LISTS)} 之一，而不是{shown(value)}")
    return str(value)


_SHORT = dict.fromkeys(("platform", "organisation", "level", "code", "indicator", "detail", "kind", "result"), text)
_NAMED = _object(
    NamedAccount,
    {"account": text, **_SHORT, "points": points, "times": count, "score": points, "due": day},
    "account",
)
_PREVIOUS = {
    "window": text, "accounts_total": count, "sampled": count, "passed": count, "pass_rate": rate,
    "by_level": counts, "by_platform": counts, "rates_by_group": by_name(rate),
}  # fmt: skip
READERS: Mapping[str, Reader] = {
    "title": text, "issuer": text, "mark": text, "number": document_number, "addressees": many(text),
    "lead": _paragraphs,
    "sections": many(_object(Section, {"heading": text, "level": _level, "text": _paragraphs}, "heading")),
    "annexes": many(_object(
        Annex,
        {"title": text, "of": _list_name, "columns": many(text), "rows": many(many(cell)), "text": _paragraphs},
        "title",
    )),
    "signed_by": text, "signed_on": day, "sealed": flag, "remark": text, "copies_to": many(text),
    "printed_by": text, "printed_on": day, "published": text, "window": text, "rectification_due": text,
    "method": text, "accounts_total": count, "by_level": counts, "by_platform": counts, "sampled": count,
    "sampled_by_level": counts, "sampled_by_platform": counts, "unjudged": count, "passed": count,
    "stated_counts": by_name(by_name(count)), "failing_counts": by_name(count), "deduction_counts": by_name(count),
    "full_marks_accounts": count, "commended_reposting": count, "posts": count, "original": count, "closed": count,
    "cancelled": count, "pass_rate": rate, "sample_rate": rate, "rates_by_group": by_name(rate),
    "original_rate": rate, "closed_rate": rate,
    "estimate": _object(Estimate, {"rate": rate, "low": rate, "high": rate}, "rate", "low", "high"),
    "changes": by_name(change), "lists_complete": flag, "sampled_accounts": many(_NAMED), "failing": many(_NAMED),
    "deductions": many(_NAMED), "all_accounts": many(text), "commended_accounts": many(text),
    "not_reported": many(text), "table_columns": many(text), "table": many(many(cell)),
    "also_checked": many(_object(
        AlsoChecked,
        {"what": text, "checked": count, "passed": count, "failing": count, "pass_rate": rate,
         "classes": by_name(count)},
        "what",
    )),
    "previous": _object(Previous, _PREVIOUS), "quotes": many(text), "source_quality": text,
}  # fmt: skip


def read_bulletin(data: bytes) -> Bulletin:
    """The bulletin of a file. Errors: BulletinError, naming every field that is wrong."""
    if len(data) > SIZE_MOST:
        raise BulletinError(f"文件有 {len(data) >> 20} MiB，最多 {SIZE_MOST >> 20} MiB。请把长名单拆成几份附件文件。")
    try:
        given = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as why:
        raise BulletinError(f"第 {why.start + 1} 个字节起不是 UTF-8 编码。请另存为 UTF-8 后再试。") from why
    except json.JSONDecodeError as why:
        raise BulletinError(
            f"第 {why.lineno} 行第 {why.colno} 列不是合法的 JSON。请检查引号、逗号和括号（标点要用英文半角）。"
        ) from why
    except (ValueError, RecursionError) as why:
        raise BulletinError("不是合法的 JSON：数字过长或括号嵌套过深。请核对文件。") from why
    if not isinstance(given, dict):
        raise BulletinError("应是一个通报对象（最外层用花括号括起来）。写法见 docs/reference/bulletin-file.md。")
    return bulletin_of(given)


def bulletin_of(given: Mapping[str, Any]) -> Bulletin:
    """The bulletin of a parsed object. Errors: BulletinError."""
    found: dict[str, Any] = {}
    problems = [f"{name}：必须填写。" for name in ("title", "issuer") if not given.get(name)]
    for name, reader in READERS.items():
        # Some published bulletins call the sampled share just so.
        value = given.get(name, given.get("share") if name == "sample_rate" else None)
        if value is None:
            continue
        try:
            found[name] = reader(value)
        except Bad as why:
            problem = why.inside(name)
            problems.append(f"{problem.where}：{problem.text}。")
    problems += _loose(found)
    if problems:
        more = len(problems) - _PROBLEMS_MOST
        raise BulletinError(*problems[:_PROBLEMS_MOST], *([f"另有 {more} 处，改好以上再试。"] if more > 0 else []))
    return Bulletin(**found)


def _loose(found: Mapping[str, Any]) -> list[str]:
    """Rows that do not fit their heads."""
    problems = []
    tables = [
        (f"annexes[第 {number} 项]", one.columns, one.rows) for number, one in enumerate(found.get("annexes", ()), 1)
    ]
    tables.append(("", found.get("table_columns", ()), found.get("table", ())))
    for where, columns, rows in tables:
        name = f"{where}.rows" if where else "table"
        for number, row in enumerate(rows, 1):
            if columns and len(row) != len(columns):
                problems.append(f"{name}[第 {number} 项]：有 {len(row)} 格，表头有 {len(columns)} 列。请补齐。")
                break
        if rows and not columns:
            problems.append(f"{name}：有表格而没有表头。请在 {'columns' if where else 'table_columns'} 里写列名。")
    return problems
