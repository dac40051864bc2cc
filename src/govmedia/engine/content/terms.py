"""All lexicons as one automaton: which of their terms a text holds, told once for all checks that read them.

Of terms that cover one another the longest decides, whether its conditions hold or not; a longer allowed term
silences what lies in it (大麻烦 over 大麻). Entries hold for their days and, with a division, for accounts of that
place.
"""

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import daachorse

from govmedia.engine.content.disguises import disguises
from govmedia.engine.content.lexicon import Entry, Lexicon, load_lexicon
from govmedia.engine.content.signs import Kind
from govmedia.engine.content.text import Text, broken
from govmedia.engine.content.types import Mark, Setting

SHIPPED = [
    Path(__file__).with_name("lexicons") / f"{name}.csv"
    for name in ("territory", "wording", "harm", "harm_offers", "allow")
]
# A text is matched piece by piece, and no check tells of more hits in one field.
PIECE, MOST_MARKS = 65_536, 1000
AROUND_GAP, NEIGHBOURS = 90, 2_097_143
# A gap that may part the characters of a word on purpose, and a character that stands alone between marks of prose.
_GAP = Kind(
    r"[ \t\u3000\u00a0\u00ad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2027-\u202f\u205f-\u206f\u20e3\u2190-\u23ff"
    r"\u2500-\u27bf\u2800\u2b00-\u2bff\u3164\ufe00-\ufe0f\ufeff\ufffc\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\U0001f000-\U0001faff*_~^|+=\-·•・./\\#@&%$～＊＿｜＋＝／＃＠＆％＄丨丶]"
)
_GAP_MOST = 8
_COMMA = Kind("[，。、,]")

Match = tuple[int, int, int]


class Terms:
    """Lexicons ready to be found in texts; what it holds of them does not change."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.lexicons = tuple(lexicons)
        self._entries: list[Entry] = []
        self._first: list[int] = []
        for lexicon in self.lexicons:
            self._first.append(len(self._entries))
            self._entries.extend(lexicon.entries)
        patterns: dict[str, int] = {}
        self._of: list[int | tuple[int, ...]] = []
        for number, entry in enumerate(self._entries):
            self._add(patterns, entry.term, number)
        self._plain = len(patterns)
        # Which two characters are neighbours in a term that is sought in broken writing; by a hash, so at times more.
        self._neighbours = bytearray(NEIGHBOURS)
        self._any_parted = self._prepare_evasions(patterns)
        self._patterns = list(patterns)
        self._longest = max(map(len, self._patterns), default=1)
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self._patterns) if self._patterns else None

    def _add(self, patterns: dict[str, int], term: str, number: int) -> None:
        place = patterns.setdefault(term, len(patterns))
        if place == len(self._of):
            self._of.append(number)
        else:
            held = self._of[place]
            self._of[place] = (*held, number) if isinstance(held, tuple) else (held, number)

    def _prepare_evasions(self, patterns: dict[str, int]) -> bool:
        """Adds the disguises asked for and notes the neighbours; False where no term is sought in broken writing."""
        parts = False
        for number, entry in enumerate(self._entries):
            asked = entry.conditions
            written = [entry.term]
            for other in sorted(disguises(entry.term, pinyin=asked.pinyin, split=asked.split)):
                if patterns.get(other, self._plain) >= self._plain:
                    self._add(patterns, other, number)
                    written.append(other)
            if asked.evasions:
                parts = True
                for left, right in {pair for one in written for pair in pairwise(one)}:
                    self._neighbours[_pair(left, right)] = 1
        return parts

    def marks(self, text: Text, setting: Setting) -> dict[str, list[Mark]]:
        """The marks of every check that reads terms, by place; at most MOST_MARKS of each."""
        found: dict[str, list[Mark]] = {}
        allowed: dict[str, int] = {}
        decided: dict[str, int] = {}
        for start, end, pattern, parted in self._matches(text):
            hits: dict[str, list[int]] = {}
            for number in self._in_force(pattern, setting):
                entry = self._entries[number]
                if entry.allow:
                    allowed[entry.check] = max(end, allowed.get(entry.check, 0))
                elif not parted or entry.conditions.evasions:
                    hits.setdefault(entry.check, []).append(number)
            if hits and parted and not broken(text.raw[start:end]):
                continue
            for check, numbers in hits.items():
                if end > max(allowed.get("", 0), allowed.get(check, 0), decided.get(check, 0)):
                    decided[check] = end
                    marks = found.setdefault(check, [])
                    if len(marks) < MOST_MARKS:
                        marks.extend(self._decide(numbers, start, end, text, parted or pattern >= self._plain))
        return found

    def _in_force(self, pattern: int, setting: Setting) -> Iterator[int]:
        held = self._of[pattern]
        for number in held if isinstance(held, tuple) else (held,):
            entry = self._entries[number]
            if entry.since <= setting.day <= entry.until and setting.division.startswith(entry.division):
                yield number

    def _decide(self, numbers: list[int], start: int, end: int, text: Text, disguised: bool) -> list[Mark]:
        """The mark of the first entry whose conditions hold, if any."""
        for number in numbers:
            entry = self._entries[number]
            if entry.conditions.hold(text, start, end):
                return [self._mark(number, start, end, disguised)]
        return []

    def _mark(self, number: int, start: int, end: int, disguised: bool) -> Mark:
        entry = self._entries[number]
        doubtful = entry.conditions.doubtful
        return Mark(
            start,
            end,
            entry.note + ("（写法经过变形）" if disguised else ""),
            entry.suggestion,
            entry.source,
            entry.level,
            entry.category,
            confidence=0.6 if doubtful else 0.95,
            sure=not doubtful,
            term=entry.term,
            lexicon=self.lexicons[bisect_right(self._first, number) - 1].mark,
        )

    def _matches(self, text: Text) -> Iterator[tuple[int, int, int, bool]]:
        """Start, end, pattern by start, longer first; then whether it was found in the squeezed text only."""
        plain = ((start, end, pattern, False) for start, end, pattern in self._found(text.folded))
        windows = self._windows(text.folded)
        if not windows:
            return plain
        return heapq.merge(plain, self._parted(text, windows), key=lambda match: (match[0], -match[1]))

    def _found(self, piece: str) -> Iterator[Match]:
        if self._automaton is None:
            return
        for first in range(0, len(piece), PIECE):
            part = piece[first : first + PIECE + self._longest - 1] if len(piece) > PIECE else piece
            found = [match for match in self._automaton.find_overlapping(part) if match[0] < PIECE]
            found.sort(key=lambda match: (match[0], -match[1]))
            for start, end, pattern in found:
                if _is_whole(part, start, end):
                    yield first + start, first + end, pattern

    def _parted(self, text: Text, windows: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, bool]]:
        for low, high in windows:
            window = Text(text.raw[low:high])
            for start, end, pattern in self._found(window.squeezed):
                first, last = window.origin(start, end)
                if last - first > end - start:
                    yield low + first, low + last, pattern, True

    def _windows(self, folded: str) -> list[tuple[int, int]]:
        """Stretches around the gaps that part two neighbours of a term: a term that was broken lies in one."""
        windows: list[tuple[int, int]] = []
        for start, end in sorted([*self.gaps(folded), *self._listed(folded)] if self._any_parted else ()):
            low = max(0, start - AROUND_GAP)
            if windows and low <= windows[-1][1]:
                low = windows.pop()[0]
            windows.append((low, end + AROUND_GAP))
        return windows

    def parts(self, left: str, right: str) -> bool:
        """True for two neighbours of a term that is sought in broken writing; at times for others."""
        return self._neighbours[_pair(left, right)] == 1

    def gaps(self, folded: str) -> Iterator[tuple[int, int]]:
        """Runs of marks, or parts of longer runs, between two neighbours of a term."""
        start = end = 0
        for place in [*_GAP.places(folded).tolist(), len(folded)]:
            if place != end or end - start == _GAP_MOST:
                if 0 < start < end < len(folded) and self.parts(folded[start - 1], folded[end]):
                    yield start, end
                start = place
            end = place + 1

    def _listed(self, folded: str) -> Iterator[tuple[int, int]]:
        """Single characters between commas, the first of which parts two neighbours of a term."""
        commas, last = _COMMA.places(folded), 0
        for start in commas[:-1][commas[1:] - commas[:-1] == 2].tolist() if commas.size > 1 else ():
            if start < last or not "\u4e00" <= folded[start + 1] <= "\u9fff":
                continue
            last = start + 3
            if start > 0 and self.parts(folded[start - 1], folded[start + 1]):
                yield start, last


def _pair(left: str, right: str) -> int:
    return (ord(left) * 8191 + ord(right)) % NEIGHBOURS


def _is_whole(piece: str, start: int, end: int) -> bool:
    """False where a term that begins or ends with a letter or digit goes on as a longer word of Latin letters."""
    return not (_joined(piece[start - 1 : start], piece[start]) or _joined(piece[end - 1], piece[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


@lru_cache(maxsize=1)
def shipped_lexicons() -> tuple[Lexicon, ...]:
    """The lexicons that come with the product. Errors: LexiconError."""
    return tuple(map(load_lexicon, SHIPPED))


@lru_cache(maxsize=1)
def shipped_terms() -> Terms:
    return Terms(shipped_lexicons())


def terms_with(folders: Sequence[Path]) -> Terms:
    """The shipped lexicons and those of the folders (*.csv). Errors: LexiconError, TableError."""
    added = [load_lexicon(path) for folder in folders for path in sorted(folder.glob("*.csv"))]
    return Terms([*shipped_lexicons(), *added]) if added else shipped_terms()


def marks_of(check: str, text: Text, setting: Setting) -> list[Mark]:
    """The marks of one check: the text is matched once for all of them."""
    key = ("terms", setting.terms, setting.day, setting.division)
    found: dict[str, list[Mark]] | None = text.memo.get(key)
    if found is None:
        found = text.memo[key] = (setting.terms or shipped_terms()).marks(text, setting)
    return found.get(check, [])
