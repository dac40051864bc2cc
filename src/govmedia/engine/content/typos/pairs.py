"""Words known beforehand: set pairs of wrong and right ones, and words that are right though trees may doubt them.

`lexicons/typo_pairs.csv`: wrong wherever they stand. `lexicons/typo_allow.csv`: only a human may say they are wrong.
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import daachorse

_LEXICONS = Path(__file__).parents[1] / "lexicons"
# Halves of characters, which broken input may hold, cannot be searched.
_HALVES = re.compile("[\ud800-\udfff]")
_Machine = daachorse.CharwiseDoubleArrayAhoCorasick


def _rows(name: str) -> list[dict[str, str]]:
    with (_LEXICONS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def _allowed() -> _Machine:
    return _Machine([row["right"] for row in _rows("typo_allow.csv")])


def allowed_places(text: str) -> set[int]:
    """The places of a text within words that are right, in one reading at least."""
    found: set[int] = set()
    for start, end, _ in _allowed().find_overlapping(_HALVES.sub("?", text)):
        found.update(range(start, end))
    return found


@lru_cache(maxsize=1)
def _machine() -> tuple[_Machine, tuple[tuple[str, str], ...]]:
    pairs = tuple((row["wrong"], row["right"]) for row in _rows("typo_pairs.csv"))
    return _Machine([wrong for wrong, _ in pairs], daachorse.MATCH_KIND_LEFTMOST_LONGEST), pairs


def pair_slips(text: str) -> Iterator[tuple[int, str]]:
    """Each wrong character of a wrong word: its place, and the one that is meant."""
    machine, pairs = _machine()
    for start, _, number in machine.find(_HALVES.sub("?", text)):
        wrong, right = pairs[number]
        for place, sign in enumerate(right):
            if sign != wrong[place]:
                yield start + place, sign
