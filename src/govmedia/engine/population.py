"""A population as it is published: a CSV of accounts that anybody can hash, and draw from, again.

Source: the project's interfaces, object Draw. UTF-8 (a byte order mark is allowed), a column `code` whose values are
unique. Cells are taken as they stand: a blank more is another population.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SEPARATOR = "\x1f"
CODE = "code"
ROWS_MOST = 2_000_000


class PopulationError(ValueError):
    """A population that cannot be drawn from; `problems` are Chinese, each with its line where there is one."""

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Population:
    """The header, and each account's cells by its code, in the order of the file."""

    header: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]

    @property
    def hash(self) -> str:
        """`sha256:` of the header, then the rows by code, cells joined by U+001F, lines by a line feed."""
        ordered = [self.header, *(self.rows[code] for code in sorted(self.rows))]
        text = "\n".join(SEPARATOR.join(cells) for cells in ordered)
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"

    def places_of(self, columns: Sequence[str]) -> list[int]:
        """Where the columns stand. Errors: PopulationError for one that is missing."""
        missing = [name for name in columns if name not in self.header]
        if missing:
            raise PopulationError(f"总体里没有这些列：{'、'.join(missing)}。现有：{'、'.join(self.header)}。")
        return [self.header.index(name) for name in columns]


def read_population(data: bytes) -> Population:
    """Errors: PopulationError, with all bad lines named at once (the first twenty of them)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise PopulationError(f"第 {why.start + 1} 个字节起不是 UTF-8 编码。请另存为 UTF-8 后再试。") from why
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = tuple(next(lines, ()))
        _check_header(header)
        return Population(header, _rows(lines, header))
    except csv.Error as why:
        raise PopulationError(f"第 {lines.line_num} 行不是合法的 CSV（{why}）。请检查引号。") from why


def _check_header(header: tuple[str, ...]) -> None:
    if CODE not in header:
        raise PopulationError("第 1 行应是列名，其中须有 code（账号编号）。")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise PopulationError(f"第 1 行有重复的列名：{'、'.join(twice)}。")


def _rows(lines: Any, header: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    place = header.index(CODE)
    rows: dict[str, tuple[str, ...]] = {}
    first_line: dict[str, int] = {}
    problems: list[str] = []
    for cells in lines:
        if not cells:
            continue
        number = lines.line_num
        if len(cells) != len(header):
            problems.append(f"第 {number} 行有 {len(cells)} 格，应有 {len(header)} 格。")
        elif not cells[place].strip():
            problems.append(f"第 {number} 行没有账号编号。")
        elif any(SEPARATOR in cell or "\n" in cell or "\r" in cell for cell in cells):
            problems.append(f"第 {number} 行的格子里有换行或控制字符。请去掉后再试。")
        elif cells[place] in rows:
            problems.append(f"第 {number} 行的账号编号 {cells[place]} 与第 {first_line[cells[place]]} 行重复。")
        elif len(rows) == ROWS_MOST:
            raise PopulationError(f"总体超过 {ROWS_MOST:,} 个账号。请分批。")
        else:
            rows[cells[place]] = tuple(cells)
            first_line[cells[place]] = number
    if problems:
        more = [f"……共 {len(problems)} 处。"] if len(problems) > 20 else []
        raise PopulationError(*problems[:20], *more)
    if not rows:
        raise PopulationError("总体里没有账号。")
    return rows
