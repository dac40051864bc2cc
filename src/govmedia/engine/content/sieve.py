"""Many patterns at the price of one pass: each is tried only where a literal that every match needs stands.

Python's `re` tries a pattern at nearly every character, and every pattern anew; one automaton over the literals of
all of them is as quick as the quickest single pattern, and most texts hold few. What is found is what each pattern
alone would find. The literals are folded and looked for in the folded text: so one pass serves a text as it is and
folded.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from re import Match
from typing import Any, NamedTuple, TypeVar

from daachorse import CharwiseDoubleArrayAhoCorasick

from govmedia.engine.content.literals import Anchors, anchors_of
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import fold, folded

# Where the places that must be tried stand closer together than this, the whole text is looked at as quickly.
_SPARSE = 16


_Users = tuple[int, ...]
# Under this number stand the words found, beside those of the patterns.
_WORDS, _NOBODY = -1, _Users()


_AHEAD: list[Callable[[], object]] = []
Make = TypeVar("Make", bound=Callable[[], object])


class _Pass(NamedTuple):
    """The automaton of all literals and words; by number whose each is, and which of the words it is, -1 for none."""

    automaton: CharwiseDoubleArrayAhoCorasick
    users: list[_Users]
    words: Sequence[int]


class _Shared:
    """The literals of all patterns, and words; the automaton is made when asked for, and anew after more came."""

    def __init__(self) -> None:
        self._users: dict[str, _Users] = {}
        self._owners = 0
        # There are many words: as one string they take least.
        self._words: list[str] = []
        self._count = 0
        self._made: _Pass | None = None

    def add(self, anchors: Anchors) -> int:
        """Takes the literals of one pattern and returns its number."""
        owner = self._owners
        self._owners += 1
        alone = (owner,)
        for plain in set(map(fold, anchors)):
            # Most literals are one pattern's: one object serves all of a pattern.
            self._users[plain] = (*self._users[plain], owner) if plain in self._users else alone
        self._changed()
        return owner

    def add_words(self, words: Sequence[str]) -> int:
        """Takes words and returns the number of the first."""
        first = self._count
        self._words.append("\n".join(words))
        self._count += len(words)
        self._changed()
        return first

    def _changed(self) -> None:
        self._made = None
        places.cache_clear()
        _places.cache_clear()

    def made(self) -> _Pass:
        made = self._made
        if made is None:
            while _AHEAD:
                _AHEAD.pop()()
            words = {word: number for number, word in enumerate("\n".join(self._words).split("\n")) if word}
            literals = sorted(self._users.keys() | words.keys())
            users: list[_Users] = [self._users.get(literal, _NOBODY) for literal in literals]
            numbers = array("i", (words.get(literal, -1) for literal in literals))
            made = self._made = _Pass(CharwiseDoubleArrayAhoCorasick(literals), users, numbers)
        return made


_SHARED = _Shared()


def ahead(make: Make) -> Make:
    """For a cached function that makes patterns or words: called before the pass is made, so that it is made once."""
    _AHEAD.append(make)
    return make


@lru_cache(maxsize=4)
def places(text: str) -> dict[int, list[Any]]:
    """By pattern, in order, where in the text a match may begin; patterns without such a place are left out."""
    return _places(folded(text))


@lru_cache(maxsize=2)
def _places(text: str) -> dict[int, list[Any]]:
    automaton, users, words = _SHARED.made()
    found: dict[int, list[Any]] = {}
    seen: list[tuple[int, int, int]] = []
    for start, end, literal in automaton.find_overlapping(text):
        if words[literal] >= 0:
            seen.append((start, end, words[literal]))
        for owner in users[literal]:
            if owner in found:
                found[owner].append(start)
            else:
                found[owner] = [start]
    return {_WORDS: seen} | dict(sorted(found.items()))


class Pattern:
    """One pattern, proved linear, that is looked for all over a text.

    Errors: NoLiteral where no short string is in every match (then `patterns.compiled` must do), patterns.Unbounded,
    re.error.
    """

    def __init__(self, pattern: str) -> None:
        self.compiled = compiled(pattern)
        anchors = anchors_of(pattern)
        self.owner = _SHARED.add(anchors)
        self._low = min(reach.low for reach in anchors.values())
        self._high = max(reach.high for reach in anchors.values())
        self._match = self.compiled.match

    def finditer(self, text: str) -> Iterable[Match[str]]:
        """All matches, as `re` finds them."""
        found = places(text).get(self.owner)
        return self.at(text, found) if found else ()

    def at(self, text: str, found: list[int]) -> Iterator[Match[str]]:
        """All matches that have a literal which begins at one of these places."""
        if len(found) * (1 + self._high - self._low) * _SPARSE > len(text):
            return self.compiled.finditer(text)
        return self._tried(text, found)

    def _tried(self, text: str, found: list[int]) -> Iterator[Match[str]]:
        after, match = 0, self._match
        for literal in sorted(found):
            for place in range(max(after, literal - self._high), literal - self._low + 1):
                if place >= after:
                    after = place + 1
                    if one := match(text, place):
                        after = one.end()
                        yield one

    def may_begin(self, text: str, low: int, high: int) -> bool:
        """False where no match, of the text or of the stretch alone, begins in the stretch."""
        first, last = low + self._low, high + self._high
        return any(first <= literal < last for literal in places(text).get(self.owner, ()))

    def search(self, text: str) -> Match[str] | None:
        """The first match."""
        return next(iter(self.finditer(text)), None)


class Words:
    """Many words looked for in the same pass; none of them is changed by folding."""

    def __init__(self, words: Sequence[str]) -> None:
        self._first, self._count = _SHARED.add_words(words), len(words)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of every word in the text, by their ends."""
        found = [
            (start, end, number)
            for start, end, one in places(text)[_WORDS]
            if 0 <= (number := one - self._first) < self._count
        ]
        plain = folded(text)
        return found if plain is text else [one for one in found if text[one[0] : one[1]] == plain[one[0] : one[1]]]


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
