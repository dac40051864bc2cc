"""Posts and who holds them, as a table that an installation imports; only its form and invented examples are shipped.

CSV in UTF-8 or GB 18030, one row a term of office. Headings, Chinese or English, in any order:

    职务 office     the full title: 示例县人民政府县长
    姓名 name       who held it
    任职开始 from   2024-03-15, 2024/3/15 or 2024年3月15日
    任职结束 to     the same; empty while in office; the day itself no longer counts
    别称 aliases    other ways to write the title, 、 between them; may be left out
    区划 division   GB/T 2260 code: aliases hold only in posts of accounts of that place; may be left out
    来源 source     where it is from; may be left out
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

from govmedia.engine.content.patterns import compiled

HEADINGS = {
    "office": "职务",
    "name": "姓名",
    "from": "任职开始",
    "to": "任职结束",
    "aliases": "别称",
    "division": "区划",
    "source": "来源",
}
_NEEDED = ("office", "name", "from")
_ROWS_MAX = 200_000
_BYTES_MAX = 50 * 1024 * 1024
_DAY = compiled(r"(\d{4})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})日?")
_NAME = compiled(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff]{1,12}·[\u4e00-\u9fff·]{1,24}")
_TITLE = compiled(r"[\u4e00-\u9fffA-Za-z0-9（）()·、]{2,60}")
_CODE = compiled(r"\d{2}(?:\d{2}(?:\d{2})?)?")
_EXAMPLES = Path(__file__).parent / "data" / "offices_example.csv"


class OfficeError(ValueError):
    """A table that cannot be used; `text` says in Chinese in which line and column, and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office. `until` None: still in office."""

    office: str
    name: str
    since: date
    until: date | None = None
    aliases: tuple[str, ...] = ()
    division: str = ""
    source: str = ""

    def holds(self, day: date) -> bool:
        """True where the person is in office on the day."""
        return self.since <= day and (self.until is None or day < self.until)


class Offices:
    """The terms, ready to be looked for in texts."""

    def __init__(self, terms: list[Term]) -> None:
        self.terms = tuple(terms)
        self._by_title: dict[str, list[Term]] = {}
        self._by_name: dict[str, list[Term]] = {}
        for term in terms:
            for title in (term.office, *term.aliases):
                self._by_title.setdefault(title, []).append(term)
            self._by_name.setdefault(term.name, []).append(term)
        self._titles = sorted(self._by_title)
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._titles) if terms else None
        self._longest = max((len(name) for name in self._by_name), default=0)

    def titles_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a title or another way to write it stands; none that lies within a longer one."""
        last = -1
        found = self._automaton.find_overlapping(text) if self._automaton else []
        for start, end, _ in sorted(found, key=lambda one: (one[0], -one[1])):
            if end > last:
                last = end
                yield start, end

    def terms_of(self, title: str, division: str) -> list[Term]:
        """The terms of the office so written, as far as it is written so in posts from the division."""
        return [
            term
            for term in self._by_title.get(title, ())
            if title == term.office or not term.division or division.startswith(term.division)
        ]

    def name_at(self, text: str, place: int) -> str:
        """The longest name of the table that begins at the place; empty for none."""
        pieces = (text[place : place + size] for size in range(self._longest, 1, -1))
        return next((piece for piece in pieces if piece in self._by_name), "")

    def name_before(self, text: str, place: int) -> str:
        """The longest name of the table that ends at the place; empty for none."""
        pieces = (text[max(0, place - size) : place] for size in range(self._longest, 1, -1))
        return next((piece for piece in pieces if piece in self._by_name), "")


def read_offices(content: bytes) -> Offices:
    """The table of a CSV file. Errors: OfficeError."""
    if len(content) > _BYTES_MAX:
        raise OfficeError(f"文件超过 {_BYTES_MAX // 1024 // 1024} MiB。请拆分后再导入。")
    rows = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        columns = _columns(next(rows, []))
        return Offices(list(_terms(rows, columns)))
    except csv.Error as why:
        raise OfficeError(f"第 {rows.line_num} 行不是合法的 CSV（{why}）。请检查引号和分隔符。") from why


@cache
def example_offices() -> Offices:
    """The invented examples: places and persons that do not exist."""
    return read_offices(_EXAMPLES.read_bytes())


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise OfficeError("文件里有空字符，不像是文本。请另存为 CSV（UTF-8）后再导入。")
        return text
    raise OfficeError("文件既不是 UTF-8 也不是 GB 18030 编码。请另存为 CSV（UTF-8）后再导入。")


def _columns(head: list[str]) -> dict[str, int]:
    english = {chinese: key for key, chinese in HEADINGS.items()} | {key: key for key in HEADINGS}
    columns: dict[str, int] = {}
    for number, cell in enumerate(head):
        key = english.get(cell.strip().lower())
        if key is None:
            known = "、".join(HEADINGS.values())
            raise OfficeError(f"第 1 行第 {number + 1} 列：不认识的表头“{cell.strip()[:20]}”。可用的表头：{known}。")
        if key in columns:
            raise OfficeError(f"第 1 行第 {number + 1} 列：表头“{cell.strip()}”重复。请删去一列。")
        columns[key] = number
    for key in _NEEDED:
        if key not in columns:
            raise OfficeError(f"第 1 行：缺少表头“{HEADINGS[key]}”（{key}）。请补上这一列。")
    return columns


def _terms(rows: Iterator[list[str]], columns: dict[str, int]) -> Iterator[Term]:
    seen: dict[tuple[str, str, date], int] = {}
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if number > _ROWS_MAX:
            raise OfficeError(f"超过 {_ROWS_MAX} 行。请拆分后再导入。")
        if len(row) > len(columns):
            raise OfficeError(f"第 {number} 行第 {len(columns) + 1} 列：比表头多出内容。请检查是否多了逗号。")
        term = _term(_Row(number, row, columns))
        key = (term.office, term.name, term.since)
        if key in seen:
            raise OfficeError(f"第 {number} 行：与第 {seen[key]} 行重复（{term.office}，{term.name}）。请删去一行。")
        seen[key] = number
        yield term


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file, whose refusals name line and column."""

    number: int
    cells: list[str]
    columns: dict[str, int]

    def text(self, key: str) -> str:
        place = self.columns.get(key, len(self.cells))
        return self.cells[place].strip() if place < len(self.cells) else ""

    def refusal(self, key: str, what: str) -> OfficeError:
        place = self.columns.get(key, 0) + 1
        return OfficeError(f"第 {self.number} 行第 {place} 列（{HEADINGS[key]}）：{what}")

    def day(self, key: str) -> date | None:
        text = self.text(key)
        if not text:
            return None
        found = _DAY.fullmatch(text)
        try:
            return date(int(found[1]), int(found[2]), int(found[3])) if found else self._no_day(key, text)
        except ValueError:
            return self._no_day(key, text)

    def _no_day(self, key: str, text: str) -> date:
        raise self.refusal(key, f"“{text[:20]}”不是日期。请写成 2024-03-15。") from None


def _term(row: _Row) -> Term:
    office, name = row.text("office"), row.text("name")
    aliases = tuple(alias.strip() for alias in row.text("aliases").replace("；", "、").split("、") if alias.strip())
    for title, key in ((office, "office"), *((alias, "aliases") for alias in aliases)):
        if not _TITLE.fullmatch(title):
            raise row.refusal(key, f"“{title[:20]}”不像职务名称。请填 2 至 60 个字，不含标点。")
    if not _NAME.fullmatch(name):
        raise row.refusal("name", f"“{name[:20]}”不像姓名。请填中文姓名，不含空格和称谓。")
    since, until = row.day("from"), row.day("to")
    if since is None:
        raise row.refusal("from", "没有填写。请填任职开始的日期，如 2024-03-15。")
    if until is not None and until <= since:
        raise row.refusal("to", f"{until} 不晚于任职开始的 {since}。请核对两个日期。")
    division = row.text("division")
    if division and not _CODE.fullmatch(division):
        raise row.refusal("division", f"“{division[:20]}”不是行政区划代码。请填 2、4 或 6 位数字。")
    return Term(office, name, since, until, aliases, division, row.text("source"))
