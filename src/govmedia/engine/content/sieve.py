"""Many patterns at the price of one pass: each is tried only where a literal that every match needs stands.

Python's `re` tries a pattern at nearly every character, and every pattern anew; one automaton over the literals of
all of them is as quick as the quickest single pattern, and most texts hold few. What is found is what each pattern
alone would find. The literals are folded and looked for in the folded text: so one pass serves a text as it is and
folded.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import Match
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from govmedia.engine.content.literals import Anchors, Reach, anchors_of
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import fold, folded

# A literal that may begin at more places than this of a match tells only that the whole text must be looked at, and
# so do places that stand closer together than this.
_WIDEST, _SPARSE = 40, 16


class _Pass(NamedTuple):
    """The automaton of all literals; whose each is, by number."""

    automaton: CharwiseDoubleArrayAhoCorasick
    users: list[list[tuple[int, Reach]]]


class _Shared:
    """The literals of all patterns. The automaton is made when first asked for, and anew after more were added."""

    def __init__(self) -> None:
        self._users: dict[str, list[tuple[int, Reach]]] = {}
        self._owners = 0
        self._made: _Pass | None = None

    def add(self, anchors: Anchors) -> int:
        """Takes the literals of one pattern and returns its number."""
        owner = self._owners
        self._owners += 1
        for literal, reach in anchors.items():
            self._users.setdefault(fold(literal), []).append((owner, reach))
        self._made = None
        places.cache_clear()
        _places.cache_clear()
        return owner

    def made(self) -> _Pass:
        made = self._made
        if made is None:
            literals = sorted(self._users)
            users = [self._users[literal] for literal in literals]
            made = self._made = _Pass(CharwiseDoubleArrayAhoCorasick(literals), users)
        return made


_SHARED = _Shared()


@lru_cache(maxsize=4)
def places(text: str) -> dict[int, list[int]]:
    """By pattern, in order, where in the text a match may begin; patterns without such a place are left out."""
    return _places(folded(text))


@lru_cache(maxsize=2)
def _places(text: str) -> dict[int, list[int]]:
    automaton, users = _SHARED.made()
    found: dict[int, list[int]] = {}
    for start, _, literal in automaton.find_overlapping(text):
        for owner, (low, high) in users[literal]:
            if owner not in found:
                found[owner] = []
            if low == high:
                found[owner].append(start - low)
            else:
                found[owner].extend(range(start - high, start - low + 1))
    for starts in found.values():
        starts.sort()
    return dict(sorted(found.items()))


class Pattern:
    """One pattern, proved linear, that is looked for all over a text.

    Errors: NoLiteral where no short string is in every match (then `patterns.compiled` must do), patterns.Unbounded,
    re.error.
    """

    def __init__(self, pattern: str) -> None:
        self.compiled = compiled(pattern)
        anchors = anchors_of(pattern)
        self._wide = max(reach.high - reach.low for reach in anchors.values()) > _WIDEST
        if self._wide:
            anchors = dict.fromkeys(anchors, Reach(0, 0))
        self.owner = _SHARED.add(anchors)
        self._match = self.compiled.match

    def finditer(self, text: str) -> Iterable[Match[str]]:
        """All matches, as `re` finds them."""
        found = places(text).get(self.owner)
        return self.at(text, found) if found else ()

    def at(self, text: str, found: list[int]) -> Iterator[Match[str]]:
        """All matches where one may begin at some of these places."""
        if self._wide or len(found) * _SPARSE > len(text):
            return self.compiled.finditer(text)
        return self._tried(text, found)

    def _tried(self, text: str, found: list[int]) -> Iterator[Match[str]]:
        after, match = 0, self._match
        for place in found:
            if place >= after:
                after = place + 1
                if one := match(text, place):
                    after = one.end()
                    yield one

    def may_begin(self, text: str, low: int, high: int) -> bool:
        """False where no match, of the text or of the stretch alone, begins in the stretch."""
        found = places(text).get(self.owner, ())
        next_ = bisect_left(found, low)
        return (self._wide and bool(found)) or (next_ < len(found) and found[next_] < high)

    def search(self, text: str) -> Match[str] | None:
        """The first match."""
        return next(iter(self.finditer(text)), None)


class Patterns:
    """Patterns looked for together. Errors: NoLiteral, patterns.Unbounded, re.error."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(map(Pattern, patterns))
        self._first = self.patterns[0].owner

    def __len__(self) -> int:
        return len(self.patterns)

    def finditer(self, text: str) -> Iterator[tuple[int, Match[str]]]:
        """(number of the pattern, match) for every match, pattern by pattern."""
        found = places(text)
        owners = list(found)
        for owner in owners[bisect_left(owners, self._first) :]:
            number = owner - self._first
            if number >= len(self.patterns):
                return
            for match in self.patterns[number].at(text, found[owner]):
                yield number, match

    def search(self, text: str) -> bool:
        """True where any of the patterns matches."""
        return next(self.finditer(text), None) is not None
