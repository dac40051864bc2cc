"""Near-duplicates among posts: what of one text stood in another.

A text is folded (full-width, traditional and capital letters made plain), stripped of all that is no letter or digit,
and cut into shingles of five characters, each a number. `keys` are few numbers that two texts share the likelier the
more shingles they share (MinHash of two rows a band: at half the shingles in common one of sixteen keys agrees in 99
of 100 cases, at a third in 85, at a hundredth in 2 of 1,000); an index over them yields candidates, and `likeness`
says of each exactly how much is shared.

Keys are kept in databases: whoever changes how they are made must have the index built anew by a migration.
Source: Broder, On the resemblance and containment of documents (1997).
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.text import fold

SHINGLE = 5
BANDS = 16
_ROWS = 2
# Texts shorter than this, in letters and digits, are greetings and the like: that two are alike says nothing.
SHORTEST = 40
# A text beyond this is compared by its beginning.
LONGEST = 50_000
# One text is another's near-duplicate where so much of its shingles stand in the other.
NEAR = 0.8
# Two texts are the same but for a word or two where so much of each stands in the other.
SAME = 0.95
# A passage of its own as long as this, in letters and digits, makes a text original whatever else it carries.
OWN_PASSAGE = 150
KEY_BITS = 31
# One place replaced in so many letters is a slip put right; more are a form filled in.
REPLACED_EVERY = 200
# A few words are so many letters, a name or date at the beginning so many.
_FEW = 60
_HEAD = 20
# Headlines shorter than this say too little to be compared; so much of the shorter one's pairs of characters in the
# other one make the two one headline.
_HEADLINE_LEAST = 4
_HEADLINE_SHARED = 0.34
_BEGINNING = 15

_NO_SIGN = re.compile(r"[\W_]+")
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts are alike: `share` of the first one's shingles that stand in the second, `covers`: share of the
    second one's that stand in the first, `own`: the longest passage of the first, in letters and digits, of which
    nothing stands in the second, `replaced`: places within where a few words stand for others, `length`: of the
    first, in letters and digits."""

    share: float
    covers: float
    own: int
    replaced: int
    length: int

    @property
    def near(self) -> bool:
        """Whether the first text says hardly anything but what the second says."""
        return self.share >= NEAR and self.own < OWN_PASSAGE

    @property
    def adapted(self) -> bool:
        """Whether names and figures were exchanged: a form that each fills in, not a message that goes round."""
        return self.replaced > self.length / REPLACED_EVERY

    @property
    def carried(self) -> bool:
        """Whether the first text is the second, carried over."""
        return self.near and not self.adapted

    @property
    def carries(self) -> bool:
        """Whether the second text was carried over into the first, whatever else the first says."""
        return (self.near or self.covers >= NEAR) and not self.adapted

    @property
    def same(self) -> bool:
        """Whether both say the same but for a word or two."""
        return min(self.share, self.covers) >= SAME


def normalised(text: str) -> str:
    """Letters, digits and ideographs only, folded."""
    return _NO_SIGN.sub("", fold(text))[:LONGEST]


def shingles(text: str) -> Hashes:
    """A number for each five neighbouring characters, in their order; empty for a text too short to compare."""
    plain = normalised(text)
    if len(plain) < SHORTEST:
        return np.empty(0, np.uint64)
    signs = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    count = len(signs) - SHINGLE + 1
    hashes = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        hashes *= _STEP
        hashes += signs[place : place + count]
    return _mixed(hashes)


def keys(hashes: Hashes) -> list[int]:
    """BANDS numbers below 2**KEY_BITS under which a text is indexed and looked up; none for a text too short."""
    if not len(hashes):
        return []
    narrow = (hashes >> np.uint64(32)).astype(np.uint32)
    lowest = ((narrow ^ _MASKS) * _FACTORS).min(axis=1).astype(np.uint64)
    bands = (lowest[0::_ROWS] << np.uint64(32) | lowest[1::_ROWS]) + np.arange(BANDS, dtype=np.uint64)
    return [int(key) for key in _mixed(bands) >> np.uint64(64 - KEY_BITS)]


def likeness(mine: Hashes, other: Hashes) -> Likeness:
    """How much of each stands in the other; nothing where one is too short."""
    length = len(mine) + SHINGLE - 1 if len(mine) else 0
    if not len(mine) or not len(other):
        return Likeness(0.0, 0.0, length, 0, length)
    order = np.argsort(other, kind="stable")
    ordered = other[order]
    places = np.searchsorted(ordered, mine)
    places[places == len(ordered)] = 0
    there = np.flatnonzero(ordered[places] == mine)
    covers = float(np.isin(other, mine[there], kind="sort").mean()) if len(there) else 0.0
    own = _longest_own(there, length)
    return Likeness(len(there) / len(mine), covers, own, _replaced(there, order[places[there]]), length)


def _longest_own(shared: NDArray[np.intp], length: int) -> int:
    """The longest stretch of characters that no shared shingle covers."""
    edges = np.concatenate(([-SHINGLE], shared, [length]))
    return max(0, int(np.diff(edges).max()) - SHINGLE)


def _replaced(here: NDArray[np.intp], there: NDArray[np.intp]) -> int:
    """Places between two shared shingles where either text has a few characters that the other has not, and the
    beginning where it is such a place. The end is left out: there stand the names of those who edited."""
    some, others = np.diff(here) - SHINGLE, np.diff(there) - SHINGLE
    within = int(np.count_nonzero((some > 0) & (some <= _FEW) & (others > 0) & (others <= _FEW)))
    return within + int(len(here) > 0 and 0 < here[0] <= _HEAD and 0 < there[0] <= _HEAD)


def headline_changed(title: str, original: str, text: str) -> bool:
    """Whether a text that both are headlines of bears another headline than it did first, not merely a longer one.

    Where the platform has no headlines and the text's first words stand for one, nothing was changed.
    """
    mine, first, body = normalised(title), normalised(original), normalised(text[:500])
    if min(len(mine), len(first)) < _HEADLINE_LEAST or body.startswith((mine[:_BEGINNING], first[:_BEGINNING])):
        return False
    some, others = _pairs(mine), _pairs(first)
    return len(some & others) < _HEADLINE_SHARED * min(len(some), len(others))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _splitmix(count: int) -> list[int]:
    """Random numbers that are the same for ever. Source: Steele, Lea, Flood, Fast splittable generators (2014)."""
    state, made = 0, []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
        made.append(mixed ^ mixed >> 31)
    return made


def _mixed(hashes: Hashes) -> Hashes:
    """Spreads what differs in some bits over all of them (MurmurHash3's last step)."""
    with np.errstate(over="ignore"):
        hashes = hashes ^ (hashes >> np.uint64(33))
        hashes *= np.uint64(0xFF51AFD7ED558CCD)
        hashes ^= hashes >> np.uint64(33)
        hashes *= np.uint64(0xC4CEB9FE1A85EC53)
        hashes ^= hashes >> np.uint64(33)
    return hashes


_STEP = np.uint64(0x100000001B3)
_NUMBERS = np.array(_splitmix(2 * BANDS * _ROWS), np.uint64).astype(np.uint32).reshape(-1, 2, 1)
# Each pair turns the order of all numbers into another one.
_MASKS, _FACTORS = _NUMBERS[:, 0], _NUMBERS[:, 1] | np.uint32(1)
