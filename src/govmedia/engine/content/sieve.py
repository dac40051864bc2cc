"""Many patterns at the price of one pass: only those run of which the text holds a literal that every match needs.

Python's `re` tries a pattern of a hundred alternatives at nearly every character; one automaton over their literals
is forty times as fast, and most texts hold none of them. What is found is what each pattern alone would find.
"""

import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from re import Match
from typing import Any

from daachorse import CharwiseDoubleArrayAhoCorasick

from govmedia.engine.content.patterns import compiled

# A part of a pattern that stands for more strings than this is not spelled out.
_MOST = 96
# Words that stand in every other paragraph of official text.
_COMMON = frozenset(
    (
        "组织",
        "任务",
        "工作",
        "发展",
        "建设",
        "服务",
        "管理",
        "单位",
        "群众",
        "干部",
        "企业",
        "社会",
        "国家",
        "公布",
        "通报",
    )
)
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
_NO_WIDTH = {codes.ASSERT, codes.ASSERT_NOT, codes.AT}


class NoLiteral(ValueError):
    """A pattern with matches that share no literal: nothing can be looked for in its stead."""


class Patterns:
    """Patterns looked for together, each proved linear. Errors: NoLiteral, patterns.Unbounded, re.error."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(compiled(pattern) for pattern in patterns)
        users: dict[str, list[int]] = {}
        for place, pattern in enumerate(patterns):
            for literal in literals_of(pattern):
                users.setdefault(literal, []).append(place)
        self.literals = sorted(users)
        self._users = [users[literal] for literal in self.literals]
        self._automaton = CharwiseDoubleArrayAhoCorasick(self.literals)

    def __len__(self) -> int:
        return len(self.patterns)

    def finditer(self, text: str) -> Iterator[tuple[int, Match[str]]]:
        """(number of the pattern, match) for every match, pattern by pattern."""
        held = {value for _, _, value in self._automaton.find_overlapping(text)}
        if not held:
            return
        for place in sorted({place for literal in held for place in self._users[literal]}):
            for found in self.patterns[place].finditer(text):
                yield place, found

    def search(self, text: str) -> bool:
        """True where any of the patterns matches."""
        return next(self.finditer(text), None) is not None


def literals_of(pattern: str) -> frozenset[str]:
    """Strings of which every match of the pattern holds at least one; the longest and fewest. Errors: NoLiteral."""
    found = _needed(list(parser.parse(pattern)))
    if not found:
        raise NoLiteral(f"no literal is in every match: {pattern}")
    return found


def _needed(nodes: list[Any]) -> frozenset[str] | None:
    """The best choice among runs of nodes that can be spelled out and among what single nodes need."""
    choices = [choice for node in nodes if (choice := _needed_by(node))]
    exact = [_exact(node) for node in nodes]
    for first in range(len(nodes)):
        run: frozenset[str] | None = frozenset({""})
        for strings in exact[first:]:
            run = _product(run, strings)
            if run is None:
                break
            if "" not in run:
                choices.append(run)
    return max(choices, key=_worth, default=None)


def _worth(literals: frozenset[str]) -> tuple[int, int, int]:
    """Long literals are seldom, and few are better than many; the commonest words are worth one character."""
    return (
        min(1 if literal in _COMMON else len(literal) for literal in literals),
        -len(literals),
        min(map(len, literals)),
    )


def _needed_by(node: Any) -> frozenset[str] | None:
    code, value = node
    if code is codes.SUBPATTERN:
        return _needed(list(value[-1]))
    if code in _REPEATS and value[0] >= 1:
        return _needed(list(value[2]))
    if code is codes.BRANCH:
        parts = [_needed(list(branch)) for branch in value[1]]
        return None if None in parts else frozenset().union(*(part for part in parts if part))
    return None


def _exact(node: Any) -> frozenset[str] | None:
    """All strings the node stands for, where they are few."""
    code, value = node
    if code is codes.LITERAL:
        return frozenset({chr(value)})
    if code in _NO_WIDTH:
        return frozenset({""})
    if code is codes.IN:
        return _members(value)
    if code is codes.SUBPATTERN:
        return _spelled(list(value[-1]))
    if code is codes.BRANCH:
        return _union(_spelled(list(branch)) for branch in value[1])
    if code in _REPEATS and value[0] == 0 and value[1] == 1:
        return _union([frozenset({""}), _spelled(list(value[2]))])
    return None


def _spelled(nodes: list[Any]) -> frozenset[str] | None:
    whole: frozenset[str] | None = frozenset({""})
    for node in nodes:
        whole = _product(whole, _exact(node))
    return whole


def _members(items: list[Any]) -> frozenset[str] | None:
    members: set[str] = set()
    for code, value in items:
        if code is codes.LITERAL:
            members.add(chr(value))
        elif code is codes.RANGE and value[1] - value[0] < 12:
            members.update(chr(point) for point in range(value[0], value[1] + 1))
        else:
            return None
    return frozenset(members)


def _product(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    if left is None or right is None or len(left) * len(right) > _MOST:
        return None
    return frozenset(a + b for a, b in product(left, right))


def _union(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    whole: frozenset[str] = frozenset()
    for part in parts:
        if part is None or len(whole | part) > _MOST:
            return None
        whole |= part
    return whole
