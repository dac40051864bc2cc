"""Lexicons: lists of words that are wrong or right, as CSV in UTF-8, each entry with its reason and source.

The header names the columns in English or Chinese; `term`, `kind`, `note` and `source` must be there. A file is read
as a stream, in time linear in its size; what is wrong with it is told by line and column.

    term 词语        the word, at least two characters unless a condition narrows it
    kind 类型        hit 命中 or allow 允许 (a longer allowed word that covers a hit silences it: 大麻烦)
    check 检查项     the check that tells of a hit; an allowed word without one holds for all
    category 类别    of the hit; empty: the check's
    level 级别       veto 单项否决, deduct 扣分, notice 提示; empty: the check's
    suggestion 建议  what replaces exactly the word
    note 理由        why it is wrong or right: the message of the hit
    source 出处      the rule, document or observation it rests on
    valid_from 起用, valid_to 停用    first and last day it holds, 2024-01-31
    division 区划    GB/T 2260 code: holds for accounts of this province, city or county only
    conditions 条件  see `conditions`
"""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from govmedia.engine.content.conditions import NONE, ConditionFault, Conditions, conditions_from
from govmedia.engine.content.text import fold
from govmedia.engine.content.types import CATEGORIES, CATEGORY_WORDS, LEVELS
from govmedia.engine.hashing import Sm3Missing
from govmedia.engine.tables import TableError

# The checks that tell of terms, and the category of their hits.
TERM_CHECKS = {"wording_territory": "wording", "wording_terms": "wording", "harm_terms": "harm"}
COLUMNS = {
    "term": "词语", "kind": "类型", "check": "检查项", "category": "类别", "level": "级别", "suggestion": "建议",
    "note": "理由", "source": "出处", "valid_from": "起用", "valid_to": "停用", "division": "区划",
    "conditions": "条件",
}  # fmt: skip
REQUIRED = ("term", "kind", "note", "source")
_COLUMN_NAMES = {label: name for name, label in COLUMNS.items()} | {name: name for name in COLUMNS}
_KINDS = {"hit": False, "命中": False, "allow": True, "允许": True}
_LEVELS = {level: level for level in LEVELS} | {"单项否决": "veto", "扣分": "deduct", "提示": "notice"}
_CATEGORIES = {name: name for name in CATEGORIES} | {word: name for name, word in CATEGORY_WORDS.items()}
LONGEST_TERM, LONGEST_LINE, SHOWN, MOST_SHARED = 60, 65_536, 20, 100_000


class Entry(NamedTuple):
    """One row. `term` is folded as texts are, and so are the words of `conditions`."""

    term: str
    allow: bool
    check: str
    category: str
    level: str
    suggestion: str | None
    note: str
    source: str
    since: date
    until: date
    division: str
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line of a file (the header is line 1) in a column, as the file names it."""

    line: int
    column: str
    value: str
    reason: str

    @property
    def text(self) -> str:
        where = f"第{self.line}行" + (f"“{self.column}”列" if self.column else "")
        return f"{where}：{self.reason}" + (f"（{self.value[:40]}）" if self.value else "")


class LexiconError(TableError):
    """A lexicon that cannot be used; `problems` holds all that is wrong with it."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        lines = [problem.text for problem in problems[:SHOWN]]
        more = f"\n……共{len(problems)}处" if len(problems) > SHOWN else ""
        super().__init__(f"词库“{name}”有误，请改正后再用：\n" + "\n".join(lines) + more)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A list that was read. `mark` names it and what it held in every hit: name@first 12 digits of its SM3."""

    name: str
    hash: str
    entries: tuple[Entry, ...]

    @property
    def mark(self) -> str:
        return f"{self.name}@{self.hash[:12]}"


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon of a file. Errors: LexiconError, TableError where the file cannot be opened, Sm3Missing."""
    try:
        with path.open("rb") as file:
            lexicon, problems = read_lexicon(path.stem, file)
    except OSError as why:
        raise TableError(f"{path}：读不到这个文件（{why.strerror}）。请检查路径和权限。") from why
    if problems:
        raise LexiconError(path.name, problems)
    return lexicon


def lexicon_from(name: str, data: bytes) -> tuple[Lexicon, list[Problem]]:
    """The lexicon in a file's bytes, and what is wrong with it."""
    return read_lexicon(name, BytesIO(data))


def read_lexicon(name: str, file: BinaryIO) -> tuple[Lexicon, list[Problem]]:
    """The rows without fault, and all faults by line. Errors: Sm3Missing."""
    reading = _Reading()
    reading.read(file)
    reading.compare()
    reading.problems.sort(key=lambda problem: problem.line)
    return Lexicon(name, reading.digest.hexdigest(), tuple(reading.entries)), reading.problems


class _Unreadable(Exception):
    """The rest of the file cannot be read; a problem says why."""


class _Reading:
    """One pass over a file."""

    def __init__(self) -> None:
        try:
            self.digest = hashlib.new("sm3")
        except ValueError as why:
            raise Sm3Missing from why
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._lines: list[int] = []
        self._labels: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._conditions: dict[str, Conditions | None] = {"": NONE}
        self._days: dict[str, date | None] = {}

    def read(self, file: BinaryIO) -> None:
        rows = csv.reader(self._decoded(file), strict=True)
        line = 1
        try:
            names = self._header(next(rows, []))
            for row in rows if names else ():
                begins, line = line + 1, rows.line_num
                if any(row):
                    self._take(begins, names, row)
        except csv.Error as why:
            self._tell(line + 1, "", "", f"不是合法的 CSV，请检查引号（{why}）")
        except _Unreadable:
            pass

    def _decoded(self, file: BinaryIO) -> Iterator[str]:
        number = 0
        while data := file.readline(LONGEST_LINE):
            number += 1
            self.digest.update(data)
            if len(data) == LONGEST_LINE and not data.endswith(b"\n"):
                self._tell(number, "", "", f"这一行超过{LONGEST_LINE}字节")
                while (data := file.readline(LONGEST_LINE)) and not data.endswith(b"\n"):
                    pass
                yield "\n"
                continue
            try:
                yield data.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                self._tell(number, "", "", "不是 UTF-8 编码，请另存为“CSV UTF-8”后再试")
                raise _Unreadable from None

    def _tell(self, line: int, name: str, value: str, reason: str) -> None:
        self.problems.append(Problem(line, self._labels.get(name) or COLUMNS.get(name, name), value, reason))

    def _header(self, row: list[str]) -> list[str]:
        """The columns' names; none where the file cannot be read by them."""
        names = []
        for label in map(str.strip, row):
            name = _COLUMN_NAMES.get(label, "")
            if not name or name in names:
                self._tell(
                    1, label, "", "这一列重复了" if name else f"不认识的列，可用：{'、'.join(COLUMNS.values())}"
                )
            names.append(name)
            self._labels[name] = label
        missing = [name for name in REQUIRED if name not in names]
        for name in missing:
            self._tell(1, name, "", f"缺少“{COLUMNS[name]}”列")
        return [] if missing else names

    def _take(self, line: int, names: list[str], row: list[str]) -> None:
        if len(row) > len(names):
            self._tell(line, "", row[len(names)], "这一行的格子多于表头")
            return
        told = len(self.problems)
        cells = {name: self._shared(name, cell.strip()) for name, cell in zip(names, row, strict=False)}
        entry = self._entry(line, cells.get)
        if len(self.problems) == told:
            self.entries.append(entry)
            self._lines.append(line)

    def _shared(self, name: str, cell: str) -> str:
        """Sources, reasons and the like repeat: one string for all of their kind."""
        if name == "term" or len(self._known) >= MOST_SHARED:
            return self._known.get(cell, cell)
        return self._known.setdefault(cell, cell)

    def _entry(self, line: int, cell: Callable[[str, str], str]) -> Entry:
        allow = _KINDS.get(kind := cell("kind", ""))
        if allow is None:
            self._tell(line, "kind", kind, f"应为{'或'.join(('命中', '允许'))}")
        conditions = self._conditions_of(line, cell("conditions", ""))
        term = self._term(line, cell("term", ""), conditions)
        check = cell("check", "")
        if not check and not allow:
            self._tell(line, "check", "", f"缺少“检查项”：命中的词语须写明归入哪一项，可用：{'、'.join(TERM_CHECKS)}")
        elif check and check not in TERM_CHECKS:
            self._tell(line, "check", check, f"没有读词库的这个检查项，可用：{'、'.join(TERM_CHECKS)}")
        for name in ("note", "source"):
            if not cell(name, ""):
                self._tell(line, name, "", "不能为空：每一条都要有理由和出处")
        since, until = self._day(line, "valid_from", cell, date.min), self._day(line, "valid_to", cell, date.max)
        if since > until:
            self._tell(line, "valid_to", cell("valid_to", ""), "停用早于起用")
        division = cell("division", "")
        if division and not (division.isascii() and division.isdigit() and len(division) in (2, 4, 6, 9, 12)):
            self._tell(line, "division", division, "应为行政区划代码（2、4、6、9或12位数字）")
        return Entry(
            term,
            bool(allow),
            check,
            self._word(line, "category", cell, _CATEGORIES) or TERM_CHECKS.get(check, ""),
            self._word(line, "level", cell, _LEVELS),
            cell("suggestion", "") or None,
            cell("note", ""),
            cell("source", ""),
            since,
            until,
            division,
            conditions,
        )

    def _term(self, line: int, written: str, conditions: Conditions) -> str:
        term = fold(written)
        if not any(sign.isalnum() for sign in term):
            self._tell(line, "term", written, "词语不能为空，也不能只有标点和符号")
        elif not term.isprintable():
            self._tell(line, "term", written, "词语里有看不见的字符")
        elif len(term) > LONGEST_TERM:
            self._tell(line, "term", written, f"词语长于{LONGEST_TERM}个字符")
        elif len(term) == 1 and not conditions.narrow:
            self._tell(line, "term", written, "单字词语必须有限定条件（独立、前有、后有、近有等），否则处处命中")
        return term

    def _conditions_of(self, line: int, written: str) -> Conditions:
        if written not in self._conditions:
            self._conditions[written] = None
            try:
                self._conditions[written] = conditions_from(written)
            except ConditionFault as why:
                self._conditions.pop(written)
                self._tell(line, "conditions", written, why.text)
                return NONE
        return self._conditions[written] or NONE

    def _day(self, line: int, name: str, cell: Callable[[str, str], str], empty: date) -> date:
        written = cell(name, "")
        if not written:
            return empty
        if written not in self._days:
            try:
                self._days[written] = date.fromisoformat(written)
            except ValueError:
                self._tell(line, name, written, "不是日期，应写作 2024-01-31")
                return empty
        return self._days[written] or empty

    def _word(self, line: int, name: str, cell: Callable[[str, str], str], words: Mapping[str, str]) -> str:
        written = cell(name, "")
        if written and written not in words:
            self._tell(line, name, written, f"应为{'、'.join(dict.fromkeys(words))}之一")
        return words.get(written, "")

    def compare(self) -> None:
        """Tell of rows that say the same again, or the contrary, for the same check, place and time."""
        first: dict[str, int] = {}
        again: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            key = f"{entry.term}\n{entry.division}" if entry.division else entry.term
            if first.setdefault(key, number) != number:
                again.setdefault(key, [first[key]]).append(number)
        for numbers in again.values():
            self._compare(sorted(numbers, key=lambda number: (self.entries[number].since, number)))

    def _compare(self, numbers: list[int]) -> None:
        last: dict[str, int] = {}
        for number in numbers:
            entry = self.entries[number]
            for check, other in last.items():
                before = self.entries[other]
                if before.until >= entry.since and (check == entry.check or not check or not entry.check):
                    same, line = before.allow is entry.allow, min(self._lines[number], self._lines[other])
                    reason = f"与第{line}行" + ("重复" if same else "矛盾：同一个词既命中又允许")
                    self._tell(max(self._lines[number], self._lines[other]), "term", entry.term, reason)
                    break
            if entry.check not in last or self.entries[last[entry.check]].until < entry.until:
                last[entry.check] = number
