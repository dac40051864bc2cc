"""Pass rates of a table of accounts, by columns and pairs of columns, with how sure they are.

Source: the project's interfaces, object Stats. Percentages are text, rounded half up, over the judged accounts; the
interval is Wilson's of 1927 at 95 %, without continuity correction.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from govmedia.engine.intervals import bounds

PASSED = "passed"
# What a cell of `passed` may say, by its meaning.
_WORDS: Mapping[str, bool | None] = {
    "true": True, "1": True, "合格": True, "是": True, "false": False, "0": False, "不合格": False, "否": False,
    "": None, "未检查": None,
}  # fmt: skip
Problem = tuple[int, str]


class RowsError(ValueError):
    """A table of which no row can be counted; `text` is Chinese."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(slots=True)
class Counts:
    """Accounts of a group: how many there are, and what came of those that were judged."""

    accounts: int = 0
    passed: int = 0
    failed: int = 0

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    def add(self, passed: bool | None) -> None:
        self.accounts += 1
        self.passed += passed is True
        self.failed += passed is False

    def to_json(self, decimals: int) -> dict[str, Any]:
        """The object C of Stats."""
        return {
            "accounts": self.accounts,
            "judged": self.judged,
            "passed": self.passed,
            "failed": self.failed,
            "unjudged": self.accounts - self.judged,
            "rate": percent(self.passed, self.judged, decimals),
            "wilson": wilson(self.passed, self.judged, decimals),
        }


def percent(part: int, whole: int, decimals: int) -> str | None:
    """A share in percent as text, half up; None of nothing.

    >>> percent(1, 8, 1)
    '12.5'
    """
    return None if whole == 0 else round_half_up(Fraction(part, whole), decimals)


def round_half_up(share: Fraction, decimals: int) -> str:
    """A share from 0 to 1 in percent as text."""
    exact = Decimal(100 * share.numerator) / share.denominator
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def wilson(part: int, whole: int, decimals: int) -> list[str] | None:
    """The lower and upper bound of a share's 95 % interval, in percent as text; None of nothing."""
    if whole == 0:
        return None
    low, high = (round_half_up(one, decimals) for one in bounds(Fraction(part, whole), Fraction(whole)))
    return [low, high]


def stats_of(data: bytes, columns: Sequence[str], decimals: int) -> tuple[dict[str, Any], list[Problem]]:
    """The Stats object of a table (CSV, or JSON Lines), and the lines that were not counted. Errors: RowsError."""
    all_ = Counts()
    groups: dict[tuple[str, ...], dict[tuple[str, ...], Counts]] = {
        names: {} for names in [*((name,) for name in columns), *combinations(columns, 2)]
    }
    problems: list[Problem] = []
    for number, row in _rows(data, columns):
        if isinstance(row, str):
            problems.append((number, row))
            continue
        all_.add(row.passed)
        for names, found in groups.items():
            found.setdefault(tuple(row.values[name] for name in names), Counts()).add(row.passed)
    return {
        "decimals": decimals,
        "confidence": 0.95,
        "all": all_.to_json(decimals),
        "by": {
            name: [{"key": key[0], **one.to_json(decimals)} for key, one in sorted(groups[name,].items())]
            for name in columns
        },
        "pairs": {
            ",".join(names): [{"key": list(key), **one.to_json(decimals)} for key, one in sorted(found.items())]
            for names, found in groups.items()
            if len(names) == 2
        },
    }, problems


@dataclass(frozen=True, slots=True)
class _Row:
    values: Mapping[str, str]
    passed: bool | None


def _rows(data: bytes, columns: Sequence[str]) -> Iterator[tuple[int, _Row | str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise RowsError(f"第 {why.start + 1} 个字节起不是 UTF-8 编码。请另存为 UTF-8 后再试。") from why
    yield from (_json_rows if text.lstrip().startswith("{") else _csv_rows)(text, columns)


def _csv_rows(text: str, columns: Sequence[str]) -> Iterator[tuple[int, _Row | str]]:
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, [])
    missing = [name for name in (*columns, PASSED) if name not in header]
    if missing:
        raise RowsError(f"缺少这些列：{'、'.join(missing)}。第 1 行应是列名。")
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                yield lines.line_num, f"有 {len(cells)} 格，应有 {len(header)} 格。"
                continue
            yield lines.line_num, _row(dict(zip(header, cells, strict=True)), columns)
    except csv.Error as why:
        raise RowsError(f"第 {lines.line_num} 行不是合法的 CSV（{why}）。请检查引号。") from why


def _json_rows(text: str, columns: Sequence[str]) -> Iterator[tuple[int, _Row | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "不是合法的 JSON。每行应是一个账号对象。"
            continue
        if not isinstance(given, dict):
            yield number, "应是一个账号对象（用花括号括起来）。"
            continue
        missing = [name for name in columns if name not in given]
        yield number, f"缺少{'、'.join(missing)}。" if missing else _row(given, columns)


def _row(given: Mapping[str, Any], columns: Sequence[str]) -> _Row | str:
    said = given.get(PASSED)
    word = "" if said is None else str(said).strip().lower()
    if word not in _WORDS:
        return f"passed 应是 true、false 或空，而不是“{word[:20]}”。"
    return _Row({name: "" if given[name] is None else str(given[name]) for name in columns}, _WORDS[word])
