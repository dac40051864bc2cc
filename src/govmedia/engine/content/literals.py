"""What every match of a pattern holds, and where in it: the seldomest strings that can be looked for in its stead."""

import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from math import inf
from typing import Any, NamedTuple

from govmedia.engine.content.commonness import share

# A part of a pattern that stands for more strings than this is not spelled out; nor a longer one, or a wider range.
_MOST, _LONGEST, _RANGE = 640, 8, 40
# What stands at so few places is looked for without a search for what is seldomer still.
_ENOUGH = 1e-5
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
_NO_WIDTH = {codes.ASSERT, codes.ASSERT_NOT, codes.AT}
_AHEAD = 1

Strings = frozenset[str]
_NOTHING: Strings = frozenset({""})


class NoLiteral(ValueError):
    """A pattern with matches that share no literal: nothing can be looked for in its stead."""


class Reach(NamedTuple):
    """How far behind the start of a match a literal begins, at least and at most; below 0: before it."""

    low: int
    high: int

    def over(self, least: int, most: int) -> "Reach":
        """What stands so many characters further on."""
        return Reach(self.low + least, self.high + most)


Anchors = dict[str, Reach]


def anchors_of(pattern: str, flags: int = 0) -> Anchors:
    """Literals of which every match of the pattern has at least one within its reach. Errors: NoLiteral."""
    tree = parser.parse(pattern, flags)
    blind = tree.state.flags & re.IGNORECASE or tree.getwidth()[0] == 0
    found = None if blind else _cheapest(_anchors(tree, Reach(0, 0)))
    if not found:
        raise NoLiteral(f"no literal is in every match: {pattern}")
    return found


def _cheapest(choices: Iterable[Anchors]) -> Anchors | None:
    """The choice for which the fewest places have to be looked at in official text."""
    best, least = None, inf
    for anchors in choices:
        cost = 0.0
        for literal, (low, high) in anchors.items():
            cost += share(literal) * (1 + high - low)
            if cost >= least:
                break
        else:
            best, least = anchors, cost
        if least < _ENOUGH:
            break
    return best


def _anchors(nodes: Any, reach: Reach) -> Iterator[Anchors]:
    """All choices for a sequence that begins within the reach."""
    for place in range(len(nodes)):
        yield from _runs(nodes[place:], reach)
        yield from _within(nodes[place], nodes[place + 1 :], reach)
        reach = reach.over(*nodes[place : place + 1].getwidth())


def _runs(nodes: Any, reach: Reach) -> Iterator[Anchors]:
    """What the first node is or ends with, and as much of what follows as can be spelled out."""
    whole, (least, most) = _exact(nodes[0]), nodes[:1].getwidth()
    run: Anchors | None = (
        {end: reach.over(least - len(end), most - len(end)) for end in _tail(nodes[:1])}
        if whole is None
        else dict.fromkeys(whole, reach)
    )
    if whole is None:
        yield from _sound(dict.fromkeys(_head(nodes[:1]), reach))
    for place in range(1, len(nodes) + 1):
        yield from _sound(run)
        if place == len(nodes) or not run or max(map(len, run)) > _LONGEST:
            return
        part = None if _is_ahead(nodes[place:]) else _exact(nodes[place])
        if part is None or len(part) * len(run) > _MOST or len(max(part, key=len)) > _LONGEST:
            yield from _sound(_longer(run, _head(nodes[place:]) if part is None else part))
            return
        run = _longer(run, part)


def _longer(run: Anchors, heads: Strings) -> Anchors | None:
    """The run and what it goes on with, as far as that is few strings."""
    for size in (_LONGEST, 3, 2, 1):
        short = {head[:size] for head in heads}
        if len(run) * len(short) <= _MOST:
            return {literal + head: reach for literal, reach in run.items() for head in short}
    return None


def _sound(run: Anchors | None) -> Iterator[Anchors]:
    if run and "" not in run:
        yield run


def _within(node: Any, rest: Any, reach: Reach) -> Iterator[Anchors]:
    """The choices in parts of a node."""
    code, value = node
    if code is codes.SUBPATTERN and not value[1] & re.IGNORECASE:
        yield from _anchors(value[-1], reach)
    elif code in _REPEATS and value[0] >= 1:
        yield from _anchors(value[2], reach)
    elif code is codes.ASSERT and value[0] == _AHEAD:
        yield from _anchors(value[1], reach)
    elif code is codes.ASSERT:
        width = value[1].getwidth()[0]
        both = parser.SubPattern(value[1].state, [*value[1].data, *rest.data])
        yield from _anchors(both, reach.over(-width, -width))
    elif code is codes.BRANCH:
        parts = [_cheapest(_anchors(branch, reach)) for branch in value[1]]
        if None not in parts:
            yield _union(part for part in parts if part)


def _union(parts: Iterable[Anchors]) -> Anchors:
    whole: Anchors = {}
    for part in parts:
        for literal, reach in part.items():
            known = whole.get(literal, reach)
            whole[literal] = Reach(min(known.low, reach.low), max(known.high, reach.high))
    return whole


def _is_ahead(nodes: Any) -> bool:
    """True where a sequence is nothing but a look at what follows it."""
    return len(nodes) == 1 and nodes[0][0] is codes.ASSERT and nodes[0][1][0] == _AHEAD


def _head(nodes: Any) -> Strings:
    """Strings with one of which every match of the sequence begins."""
    pieces = ((node, None if _is_ahead(nodes[place:]) else _exact(node)) for place, node in enumerate(nodes))
    return _grown(pieces, _head, _product)


def _tail(nodes: Any) -> Strings:
    """Strings with one of which every match of the sequence ends."""
    pieces = ((node, _exact(node)) for node in reversed(list(nodes)))
    return _grown(pieces, _tail, lambda run, part: _product(part, run))


def _grown(
    pieces: Iterable[tuple[Any, Strings | None]],
    side: Callable[[Any], Strings],
    joined: Callable[[Strings, Strings], Strings | None],
) -> Strings:
    """Strings grown from one end, node by node, as long as each is spelled out and they stay few."""
    run = _NOTHING
    for node, part in pieces:
        longer = joined(run, _end_of(node, side) if part is None else part)
        if longer is None:
            break
        run = longer
        if part is None:
            break
    return run


def _end_of(node: Any, side: Callable[[Any], Strings]) -> Strings:
    """What a node that is not spelled out begins or ends with."""
    code, value = node
    if code is codes.SUBPATTERN and not value[1] & re.IGNORECASE:
        return side(value[-1])
    if code is codes.ASSERT and value[0] == _AHEAD:
        return side(value[1])
    if code in _REPEATS and value[0] >= 1:
        inner = _spelled(value[2])
        several = inner
        for _ in range(1, value[0]):
            several = _product(several, inner)
        return side(value[2]) if several is None else several
    if code is codes.BRANCH:
        whole = frozenset[str]().union(*(side(branch) for branch in value[1]))
        return whole if len(whole) <= _MOST else _NOTHING
    return _NOTHING


def _exact(node: Any) -> Strings | None:
    """All strings the node stands for, where they are few."""
    code, value = node
    if code is codes.LITERAL:
        return frozenset({chr(value)})
    if code in _NO_WIDTH:
        return _NOTHING
    if code is codes.IN:
        return _members(value)
    if code is codes.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _spelled(value[-1])
    if code is codes.BRANCH:
        return _together(_spelled(branch) for branch in value[1])
    if code in _REPEATS and value[0] == 0 and value[1] == 1:
        return _together([_NOTHING, _spelled(value[2])])
    return None


def _spelled(nodes: Any) -> Strings | None:
    whole: Strings | None = _NOTHING
    for node in nodes:
        whole = _product(whole, _exact(node))
    return whole


def _members(items: list[Any]) -> Strings | None:
    members: set[str] = set()
    for code, value in items:
        if code is codes.LITERAL:
            members.add(chr(value))
        elif code is codes.RANGE and value[1] - value[0] < _RANGE:
            members.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(members)


def _product(left: Strings | None, right: Strings | None) -> Strings | None:
    if left is None or right is None or len(left) * len(right) > _MOST:
        return None
    return frozenset(a + b for a, b in product(left, right))


def _together(parts: Iterable[Strings | None]) -> Strings | None:
    whole = frozenset[str]()
    for part in parts:
        if part is None or len(whole | part) > _MOST:
            return None
        whole |= part
    return whole
