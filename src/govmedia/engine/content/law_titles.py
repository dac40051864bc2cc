"""Titles of laws and rules: which are known, which are one or two characters away, which no longer hold.

Source: data/laws.csv.gz (titles of 2,684 laws, regulations, interpretations and local rules) and data/laws.toml.
A title's core is what stands in 《》 without 中华人民共和国, blanks, inner marks and a bracket at its end.
"""

import csv
import gzip
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from govmedia.engine.content.confusable import alike
from govmedia.engine.content.nearly import is_han, slip_after
from govmedia.engine.content.patterns import compiled
from govmedia.engine.tables import read_table

STATE = "中华人民共和国"
_FOLDER = Path(__file__).parent / "data"
_INNER = str.maketrans("", "", ' \u3000\t〈〉<>＜＞“”"《》')
_TAIL = compiled(r"[（(\[【][^（）()\[\]【】]{0,40}[）)\]】]$")
_PLACE = compiled(r"[\u4e00-\u9fff]{2,9}?(?:自治区|自治州|自治县|特别行政区|[省市县区])")
_NUMBERS = frozenset("一二三四五六七八九十0123456789")
# What may come or go in a title without its being another one.
_JOINTS = frozenset("的和与及、等暂")
_MOVED = 4  # characters of one title that may have changed places
_SHORTEST, _SHORT, _PAIR, _LONG, _LONGEST = 3, 5, 7, 9, 60


@dataclass(frozen=True, slots=True)
class Abolished:
    """A law that does not hold from `since` on; `instead` is empty where nothing took its place."""

    since: date
    instead: str
    source: str


@dataclass(frozen=True, slots=True)
class NearTitle:
    """A known core, and how sure it is that it was meant."""

    core: str
    sure: bool


def core_of(title: str) -> str:
    """The core of what stands in 《》."""
    core = title.translate(_INNER)
    for _ in range(2):
        core = _TAIL.sub("", core)
    return core.removeprefix(STATE)


class Titles:
    """All known titles, found again by their halves and thirds."""

    def __init__(self, state: set[str], local: set[str], also: set[str]) -> None:
        self.known = state | local | also
        self._state, self._local = state, local
        self._starts: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        for core in sorted(state | local):
            if len(core) >= _SHORTEST:
                for part in _parts(len(core)):
                    self._starts.setdefault(core[:part], []).append(core)
                    self._ends.setdefault(core[-part:], []).append(core)

    def near(self, core: str, *, named: bool) -> NearTitle | None:
        """The known title that is one or two characters away; `named`: 中华人民共和国 stands before it."""
        if not (_SHORTEST <= len(core) <= _LONGEST) or core in self.known or not is_han(core[-1]):
            return None
        found = [near for known in self._candidates(core) if (near := self._judge(core, known, named))]
        found += [NearTitle(other, False) for other in _other_kinds(core, named) if other in self._state]
        return max(found, key=lambda near: (near.sure, near.core), default=None)

    def _candidates(self, core: str) -> set[str]:
        found: set[str] = set()
        size = len(core)
        for part in {part for length in range(size - 2, size + 3) for part in _parts(length)}:
            for known in (*self._starts.get(core[:part], ()), *self._ends.get(core[-part:], ())):
                if abs(len(known) - size) <= 2:
                    found.add(known)
        return found

    def _judge(self, core: str, known: str, named: bool) -> NearTitle | None:
        if core == known + known[-1] or (named and len(known) >= _SHORT and core + "法" == known):
            return NearTitle(known, True)
        slip = slip_after(core, 0, known)
        if slip and slip[2] == len(core):
            return self._one(core, known, slip[0], slip[1], named)
        return None if known in self._local else _two(core, known, named)

    def _one(self, core: str, known: str, kind: str, place: int, named: bool) -> NearTitle | None:
        if known in self._local and place < _place_ends(known):
            return None
        here, there = core[place : place + 1], known[place : place + 1]
        if kind == "wrong":
            if here in _NUMBERS or not is_han(here):
                return None
            if alike(here, there) and (named or len(known) > _SHORTEST):
                return NearTitle(known, True)
            free = known not in self._local and (named or len(known) >= _LONG)
            return NearTitle(known, False) if free and len(known) >= _SHORT else None
        if len(known) == _SHORTEST:
            return None
        if kind == "swapped":
            return NearTitle(known, True)
        sign = there if kind == "missing" else here
        if (
            sign in _JOINTS
            or sign in _NUMBERS
            or not is_han(sign)
            or (len(known) < _SHORT and not named and place == 0)
        ):
            return None
        return NearTitle(known, named or len(known) >= _SHORT or kind == "extra")


def _two(core: str, known: str, named: bool) -> NearTitle | None:
    """Two characters away: both like the ones meant, two that stand together missing or too many; or out of order."""
    if len(core) == len(known):
        pairs = [(one, other) for one, other in zip(core, known, strict=True) if one != other]
        if len(pairs) > _MOVED or len(known) <= _SHORT:
            return None
        if sorted(core) == sorted(known):
            return NearTitle(known, True)
        both = len(pairs) == 2 and len(known) >= _PAIR and all(alike(*pair) for pair in pairs)
        return NearTitle(known, False) if both else None
    short, long = sorted((core, known), key=len)
    if len(long) - len(short) != 2:
        return None
    same = next((n for n, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if short[same:] != long[same + 2 :]:
        return None
    gone = long[same : same + 2]
    if long == core and len(known) >= _SHORT and gone in (long[max(0, same - 2) : same], long[same + 2 : same + 4]):
        return NearTitle(known, True)  # 农产品质量安全安全法
    whole = 2 <= same <= len(short) - 2 and len(known) >= (_SHORT if named else _PAIR)
    return NearTitle(known, False) if whole and known.endswith("法") and not _JOINTS & set(gone) else None


def _other_kinds(core: str, named: bool) -> list[str]:
    """物业管理法 for 物业管理条例, and, after 中华人民共和国, 未成年人保护条例 for …保护法."""
    if core.endswith("法") and not core.endswith("办法"):
        return [core[:-1] + "条例"] if len(core) >= _SHORT else []
    return [core[:-2] + "法"] if named and core.endswith(("条例", "办法", "规定")) else []


def _parts(length: int) -> set[int]:
    """How long the pieces at a title's start and end are that one or two slips leave as they are."""
    return {length // 2, length - length // 2} | ({length // 3} if length >= _LONG else set())


def _place_ends(title: str) -> int:
    found = _PLACE.match(title)
    return found.end() if found else 0


@cache
def titles() -> Titles:
    """The packaged titles. Errors: TableError."""
    table = _table()
    state: set[str] = {core_of(one) for one in [*table["added"]["laws"], *table["party"]["rules"]]}
    local: set[str] = set()
    with gzip.open(_FOLDER / "laws.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            (local if row["reach"] == "local" else state).add(core_of(row["title"]))
    return Titles(state, local, {core_of(one) for one in table["also"]["titles"]} | set(abolished()))


@cache
def abolished() -> dict[str, Abolished]:
    """Laws that no longer hold, by core."""
    return {
        title: Abolished(row["since"], row.get("instead", ""), row["source"])
        for row in _table()["abolished"]
        for title in row["titles"]
    }


@cache
def _table() -> dict[str, Any]:
    return read_table(_FOLDER / "laws.toml")
