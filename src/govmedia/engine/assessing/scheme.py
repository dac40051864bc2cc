"""Schemes of the annual assessment (监管工作年度考核): one table of items each, read from a TOML file.

An item is either measured (`measure` names a share; points grow from none at `none_at` per cent to all at `full_at`)
or given by the assessing office on a report with proof. A veto is either measured (a share below `below` per cent) or
found by the office. What cannot be measured is not assessed, and its points are left out of the sum.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.tables import TableError, is_day, is_whole, read_table

PACKAGED = Path(__file__).with_name("schemes")
NAME_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
CODE_SHAPE = re.compile(r"[A-Z][0-9]{2}")
KINDS = ("veto", "item", "bonus")
POINTS_MAX, DAYS_MAX, DECIMALS_MAX = 1000, 250, 2
# Shares that may be named; the words are how pages call what is counted.
MEASURES: Mapping[str, str] = {
    "filings_on_time": "按期报送的备案",
    "accounts_checked": "检查过的账号",
    "own_rounds": "自行组织过检查的季度",
    "pass_rate": "检查合格的账号",
    "rectified_on_time": "按期整改的问题",
    "accounts_seen": "数据接口看得到的账号",
    "errors_answered": "按期答复的纠错",
    "burden_lowered": "减少的填报",
}
_KEYS = frozenset(
    ("code", "title", "group", "clause", "points", "measure", "none_at", "full_at", "below", "working_days", "asks")
)


class SchemeError(TableError):
    """A scheme cannot be found or read; `text` says in Chinese what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a scheme. `kind` is veto, item or bonus; `points` is the most it can give, 0 for a veto.

    `measure` empty: the office decides, on what the body reports (`asks` is the question put to it). `none_at`,
    `full_at` and `below` are per cent. `working_days` is the term a measured share goes by, where it has one.
    """

    code: str
    kind: str
    title: str
    clause: str
    group: str = ""
    points: int = 0
    measure: str = ""
    none_at: int = 0
    full_at: int = 100
    below: int = 0
    working_days: int = 5
    asks: str = ""

    @property
    def measured(self) -> bool:
        return bool(self.measure)

    @property
    def reported(self) -> bool:
        """True where the body tells and the office gives points."""
        return not self.measure and self.kind != "veto"


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of scores: from so many points on."""

    title: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme. `hash` is `sm3:` and the SM3 of its table as canonical JSON; `grades` stand highest first."""

    name: str
    title: str
    source: str
    valid_from: date
    rule: str
    full_marks: int
    decimals: int
    bonus_cap: int
    proposed: bool
    grades: tuple[Grade, ...]
    items: tuple[Item, ...]
    hash: str

    def item(self, code: str) -> Item:
        """Errors: KeyError."""
        found = next((one for one in self.items if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def of(self, kind: str) -> tuple[Item, ...]:
        return tuple(one for one in self.items if one.kind == kind)


def scheme_files(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Scheme name (the file's stem) to its file; the packaged folder first, and a later file never hides one."""
    found: dict[str, Path] = {}
    for folder in (PACKAGED, *folders):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return found


def scheme_table(name: str, folders: Sequence[Path] = ()) -> dict[str, Any]:
    """The table of the scheme of that name, checked. Errors: SchemeError."""
    files = scheme_files(folders)
    if name not in files:
        raise SchemeError(f"没有名为“{name}”的考核指标。现有：{'、'.join(sorted(files))}。")
    table = read_table(files[name], SchemeError)
    found = list(problems(table))
    if found:
        raise SchemeError(f"{files[name].name}：{found[0]}")
    return table


def load_scheme(name: str, folders: Sequence[Path] = ()) -> Scheme:
    """The scheme of that name. Errors: SchemeError where there is none, or something is wrong with it."""
    return scheme_of(scheme_table(name, folders))


def scheme_of(table: Mapping[str, Any]) -> Scheme:
    """A scheme from a table that was checked; also from one that went through JSON."""
    day = table["valid_from"]
    return Scheme(
        name=table["name"],
        title=table["title"],
        source=table["source"],
        valid_from=day if is_day(day) else date.fromisoformat(day),
        rule=table["rule"],
        full_marks=table["full_marks"],
        decimals=table.get("decimals", DECIMALS_MAX),
        bonus_cap=table.get("bonus_cap", 0),
        proposed=table.get("proposed", True),
        grades=tuple(Grade(one["title"], Decimal(one["from"])) for one in table["grade"]),
        items=tuple(
            Item(kind=kind, **{key: value for key, value in entry.items() if key in _KEYS})
            for kind in KINDS
            for entry in table.get(kind, ())
        ),
        hash=tagged_sm3(canonical_json(table)),
    )


def problems(table: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a scheme, in Chinese: what, where, what to do."""
    if not isinstance(table.get("name"), str) or not NAME_SHAPE.fullmatch(table["name"]):
        yield 'name 缺少或不合要求。请用小写字母、数字和连字符，例如 name = "nanjing-yearly-2026"。'
    for key, label in (("title", "名称"), ("source", "文号"), ("rule", "计分办法")):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield f"缺少 {key}，或不是文字。请补上（{label}）。"
    if not is_day(table.get("valid_from")):
        yield "缺少 valid_from，或不是日期。请写成 valid_from = 2026-01-01，不加引号。"
    if not is_whole(table.get("full_marks"), 1) or table["full_marks"] > POINTS_MAX:
        yield f"full_marks（满分）应是 1 到 {POINTS_MAX} 的整数，例如 100。"
    if not is_whole(table.get("decimals", 2), 0) or table.get("decimals", 2) > DECIMALS_MAX:
        yield f"decimals（小数位数）应是 0 到 {DECIMALS_MAX}。"
    if not is_whole(table.get("bonus_cap", 0), 0):
        yield "bonus_cap（加分上限）应是整数，没有加分就删去。"
    yield from _grade_problems(table.get("grade"))
    yield from _item_problems(table)


def _grade_problems(grades: object) -> Iterator[str]:
    if not isinstance(grades, list) or not grades or not all(isinstance(one, dict) for one in grades):
        yield "缺少 [[grade]]。请从高到低写等次，每个有 title 和 from。"
        return
    for one in grades:
        if not isinstance(one.get("title"), str) or not one["title"].strip() or not is_whole(one.get("from"), 0):
            yield "每个 [[grade]] 都要有 title（等次）和 from（起始分，整数）。"
            return
    marks = [one["from"] for one in grades]
    if marks != sorted(set(marks), reverse=True):
        yield "等次的 from 应从高到低，不能相同。请调整顺序。"
    if marks[-1] != 0:
        yield "最后一个等次的 from 应为 0，否则有的得分没有等次。"


def _item_problems(table: Mapping[str, Any]) -> Iterator[str]:
    seen: set[str] = set()
    whole = 0
    for kind in KINDS:
        entries = table.get(kind, [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            yield f"{kind} 应写成 [[{kind}]] 这样的表。"
            continue
        for entry in entries:
            code = entry.get("code")
            if not isinstance(code, str) or not CODE_SHAPE.fullmatch(code) or code in seen:
                yield f"[[{kind}]] 的 code“{code}”缺少、重复或不合要求。请写成 A01 这样的代码。"
                continue
            seen.add(code)
            yield from _entry_problems(kind, code, entry)
            if kind == "item" and is_whole(entry.get("points"), 1):
                whole += entry["points"]
    if is_whole(table.get("full_marks"), 1) and whole != table["full_marks"]:
        yield f"各项分值合计 {whole} 分，与满分 {table['full_marks']} 不符。请核对 points。"


def _entry_problems(kind: str, code: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("title", "clause"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"{code} 缺少 {key}，或不是文字。"
    if kind != "veto" and (not is_whole(entry.get("points"), 1) or entry["points"] > POINTS_MAX):
        yield f"{code} 的 points 应是 1 到 {POINTS_MAX} 的整数。"
    measure = entry.get("measure", "")
    if measure and measure not in MEASURES:
        yield f"{code} 的 measure“{measure}”不认识。现有：{'、'.join(MEASURES)}。"
    if kind == "bonus" and measure:
        yield f"{code} 是加分项，由考核单位认定，不能写 measure。"
    none_at, full_at, below = entry.get("none_at", 0), entry.get("full_at", 100), entry.get("below", 0)
    if not (is_whole(none_at, 0) and is_whole(full_at, 1) and none_at < full_at <= 100):
        yield f"{code} 的 none_at 和 full_at 应是百分数，none_at 小于 full_at，例如 60 和 98。"
    if not is_whole(below, 0) or below > 100 or (kind == "veto" and measure and below == 0):
        yield f"{code} 的 below 应是 1 到 100 的百分数：低于它即否决。"
    if not is_whole(entry.get("working_days", 5), 1) or entry.get("working_days", 5) > DAYS_MAX:
        yield f"{code} 的 working_days 应是 1 到 {DAYS_MAX} 个工作日。"
