"""How likely characters are as words in their order: the likeliest cut by chances of words and of pairs of words.

The tables of `models/typo_words.npz` are made from libime's language model (LGPL-2.1-or-later) by
`training/typo_words.py`; that file is under that licence.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import BITS, FIRST_HAN, Ids
from govmedia.engine.content.typos.model import FOLDER, Floats, table_in
from govmedia.engine.content.typos.table import Keys, Table

LONGEST = 4
# What is looked at around a place: so many characters to each side.
REACH = 6
SIZE = 2 * REACH + 1
NEVER = -99.0
# A character that is no word: less likely than any word.
STRAY = -6.6
# What a step of the tables stands for, as a logarithm to base ten, and the highest of each.
WORD_STEP, BACK_STEP, PAIR_STEP = 0.07, 0.045, 0.32
HIGHEST_WORD, HIGHEST_PAIR = -1.9, -0.4
_MIX = np.uint64(0xD6E8FEB86659FD93)
TRIO_STEP, HIGHEST_TRIO = 0.28, 0.0
# Words over the middle of the window: where they start, how long they are.
_COVERING = [
    (start, length)
    for start in range(REACH - LONGEST + 1, REACH + 1)
    for length in range(1, LONGEST + 1)
    if start + length > REACH
]
_STARTS = np.array([start for start, _ in _COVERING])
_LENGTHS = np.array([length for _, length in _COVERING])
# Three words that follow one another with the middle in one of them: where the third starts, and how long each is.
_TRIOS = np.array(
    [
        (third, one, two, three)
        for third in range(2, SIZE)
        for one in range(1, LONGEST + 1)
        for two in range(1, LONGEST + 1)
        for three in range(1, LONGEST + 1)
        if 0 <= third - two - one <= REACH < third + three <= SIZE
    ]
).T
_EACH = np.arange(1, LONGEST + 1)


def join(first: Keys, second: Keys) -> Keys:
    """The key of two words that follow one another, by their own keys."""
    mixed = first * _MIX
    mixed ^= mixed >> np.uint64(31)
    return mixed + second


@dataclass(slots=True)
class Lattice:
    """The words of a text: by place and length their key, chance and back-off weight (chance NEVER: no word).

    `links`: by place, length of the word that ends there and of the one that begins, the chance of the latter;
    `linked` where that pair is a known one; `extra`: by place and the lengths of two words that end there and of the
    one that begins, what the three together add.
    """

    keys: Keys
    chances: Floats
    backs: Floats
    links: Floats
    linked: NDArray[np.bool_]
    extra: Floats

    def at(self, places: NDArray[np.int64]) -> "Lattice":
        """The parts at places."""
        return Lattice(
            self.keys[places], self.chances[places], self.backs[places], self.links[places], self.linked[places],
            self.extra[places],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordChances:
    """Chances of words, their back-off weights, and chances of pairs and trios of words."""

    words: Table
    backs: Table
    pairs: Table
    trios: Table

    def lattice(self, ids: Ids) -> Lattice:
        """All words of a text and how they follow one another."""
        size = len(ids)
        keys = np.zeros((size, LONGEST), np.uint64)
        least = np.zeros((size, LONGEST), np.uint16)
        keys[:, 0] = ids
        least[:, 0] = ids
        for length in range(1, LONGEST):
            keys[:-length, length] = (keys[:-length, length - 1] << np.uint64(BITS)) | ids[length:]
            least[:-length, length] = np.minimum(least[:-length, length - 1], ids[length:])
        chances, backs = self._asked(keys, least >= FIRST_HAN)
        alone = chances[:, 0]
        alone[alone == NEVER] = STRAY
        # Marks, digits and letters cost nothing.
        alone[ids < FIRST_HAN] = 0.0
        # The words of each length that end where a place begins; before the text there are none.
        before = np.arange(size)[:, None] - _EACH[None, :]
        outside = before < 0
        before[outside] = 0
        earlier = np.where(outside, np.float32(NEVER), chances[before, _EACH - 1])
        links, linked = self._followed(
            keys[before, _EACH - 1][:, :, None], earlier[:, :, None], backs[before, _EACH - 1][:, :, None],
            keys[:, None, :], chances[:, None, :],
        )  # fmt: skip
        found = Lattice(keys, chances, backs, links, linked, np.zeros((*links.shape, LONGEST), np.float32))
        both = linked[before, :, _EACH - 1][:, :, :, None] & linked[:, :, None, :]
        place, two, one, three = np.nonzero(both)
        self._add_trios(found, (place,), one + 1, two + 1, three + 1)
        return found

    def _asked(self, keys: Keys, fit: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Chances and back-off weights of the words that may be some."""
        chances = np.full(keys.shape, NEVER, np.float32)
        backs = np.zeros(keys.shape, np.float32)
        at = np.flatnonzero(fit)
        flat = keys.reshape(-1)[at]
        steps = self.words.levels(flat)
        known = np.flatnonzero(steps)
        at = at[known]
        chances.reshape(-1)[at] = (HIGHEST_WORD + WORD_STEP) - WORD_STEP * steps[known].astype(np.float32)
        weights = self.backs.levels(flat[known]).astype(np.float32)
        backs.reshape(-1)[at] = np.minimum(BACK_STEP - BACK_STEP * weights, 0)
        return chances, backs

    def _followed(
        self, keys1: Keys, chances1: Floats, backs1: Floats, keys2: Keys, chances2: Floats
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Chances of second words after first ones, and which are known pairs."""
        found: Floats = backs1 + chances2
        # Marks have chance 0 and take no part in pairs.
        both = (chances1 > STRAY) & (chances1 < 0) & (chances2 > STRAY) & (chances2 < 0)
        at = np.flatnonzero(both)
        first = np.broadcast_to(keys1, both.shape).reshape(-1)[at]
        second = np.broadcast_to(keys2, both.shape).reshape(-1)[at]
        steps = self.pairs.levels(join(first, second))
        seen = np.flatnonzero(steps)
        known = at[seen]
        found.reshape(-1)[known] = (HIGHEST_PAIR + PAIR_STEP) - PAIR_STEP * steps[seen].astype(np.float32)
        linked = np.zeros(both.shape, bool)
        linked.reshape(-1)[known] = True
        return found, linked

    def _add_trios(self, lattice: Lattice, third: tuple[NDArray[np.int64], ...], *lengths: NDArray[np.int64]) -> None:
        """Fill `extra` for trios whose pairs are known: where the third starts, the lengths of the three."""
        one, two, three = lengths
        rows, place = third[:-1], third[-1]
        first = lattice.keys[(*rows, place - two - one, one - 1)]
        second = lattice.keys[(*rows, place - two, two - 1)]
        last = lattice.keys[(*rows, place, three - 1)]
        steps = self.trios.levels(join(join(first, second), last))
        seen = np.flatnonzero(steps)
        here = (*(part[seen] for part in third), one[seen] - 1, two[seen] - 1, three[seen] - 1)
        chance = (HIGHEST_TRIO + TRIO_STEP) - TRIO_STEP * steps[seen].astype(np.float32)
        lattice.extra[here] = (
            chance - lattice.links[(*(part[seen] for part in third), two[seen] - 1, three[seen] - 1)]
        )

    def best(self, lattice: Lattice, places: NDArray[np.int64], ids: Ids, text: Ids) -> tuple[Floats, Floats]:
        """Logarithm of the chance of the likeliest cut around places: with other characters there, and as written."""
        at = places[:, None] + np.arange(-REACH, REACH + 1)[None, :]
        window = lattice.at(at)
        old = _walked(window)
        signs = text[at]
        signs[:, REACH] = ids
        self._replace(lattice, window, at, signs)
        return _walked(window), old

    def _replace(self, lattice: Lattice, window: Lattice, at: NDArray[np.int64], signs: Ids) -> None:
        """Put other characters in the middle: new words over it, new pairs and trios with the words beside them."""
        keys = np.zeros((len(at), len(_COVERING)), np.uint64)
        fit = np.ones(keys.shape, bool)
        for number, (start, length) in enumerate(_COVERING):
            for place in range(start, start + length):
                keys[:, number] = (keys[:, number] << np.uint64(BITS)) | signs[:, place]
                fit[:, number] &= signs[:, place] >= FIRST_HAN
        new, backs = self._asked(keys, fit)
        single = new[:, _LENGTHS == 1]
        new[:, _LENGTHS == 1] = np.where(single == NEVER, np.float32(STRAY), single)
        window.keys[:, _STARTS, _LENGTHS - 1] = keys
        window.chances[:, _STARTS, _LENGTHS - 1] = new
        # Words that end where a new one starts, and words that start where a new one ends.
        before = at[:, _STARTS][:, :, None] - _EACH[None, None, :]
        links, linked = self._followed(
            lattice.keys[before, _EACH - 1], lattice.chances[before, _EACH - 1], lattice.backs[before, _EACH - 1],
            keys[:, :, None], new[:, :, None],
        )  # fmt: skip
        window.links[:, _STARTS, :, _LENGTHS - 1] = links.transpose(1, 0, 2)
        window.linked[:, _STARTS, :, _LENGTHS - 1] = linked.transpose(1, 0, 2)
        ends = _STARTS + _LENGTHS
        after = at[:, ends]
        links, linked = self._followed(
            keys[:, :, None], new[:, :, None], backs[:, :, None], lattice.keys[after], lattice.chances[after]
        )
        window.links[:, ends, _LENGTHS - 1, :] = links
        window.linked[:, ends, _LENGTHS - 1, :] = linked
        third, one, two, three = _TRIOS
        window.extra[:, third, one - 1, two - 1, three - 1] = 0
        both = window.linked[:, third - two, one - 1, two - 1] & window.linked[:, third, two - 1, three - 1]
        row, trio = np.nonzero(both)
        self._add_trios(window, (row, third[trio]), one[trio], two[trio], three[trio])


def _walked(window: Lattice) -> Floats:
    """The chance of the likeliest way through a window; a state is the lengths of the last two words."""
    rows = len(window.chances)
    score = np.full((SIZE + LONGEST + 1, LONGEST, LONGEST, rows), NEVER * 20, np.float32)
    links = np.ascontiguousarray(window.links.transpose(1, 2, 3, 0))
    extra = np.ascontiguousarray(window.extra.transpose(1, 2, 3, 4, 0))
    for length in range(LONGEST):
        score[length + 1, 0, length] = window.chances[:, 0, length]
    for place in range(1, SIZE):
        reached = (score[place][:, :, None] + extra[place]).max(axis=0) + links[place]
        for length in range(LONGEST):
            score[place + length + 1, :, length] = reached[:, length]
    best: Floats = score[SIZE].max(axis=(0, 1))
    return best


def step_of(chances: NDArray[np.float32], highest: float, step: float, most: int) -> NDArray[np.uint16]:
    """Steps from 0 for logarithms of chances."""
    return np.clip(np.round((highest - chances) / step), 0, most).astype(np.uint16)


@lru_cache(maxsize=1)
def word_chances() -> WordChances:
    """The tables of `models/typo_words.npz`."""
    with np.load(FOLDER / "typo_words.npz", allow_pickle=False) as parts:
        return WordChances(*(table_in(parts, name) for name in ("words", "backs", "pairs", "trios")))
