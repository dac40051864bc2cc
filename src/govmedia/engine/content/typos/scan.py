"""Where a character may be wrong and what it may stand for: cheap questions first, of whole texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import BITS, FIRST_HAN, STOP, Ids, keys
from govmedia.engine.content.typos.kinds import KEY, RARE_SOUND, SHAPE, SIMILAR_SOUND, SOUND, STROKE
from govmedia.engine.content.typos.model import LOG_COUNTS, Counts, Floats
from govmedia.engine.content.typos.often import often
from govmedia.engine.content.typos.table import Keys, Levels, Table

# Characters put before and after a text, so that every window exists.
MARGIN = 10
# A character within a four-character string seen more often than step 4, or a three-character one above step 8, is
# taken as right unseen.
KNOWN4, KNOWN3 = 4, 8
# What is often taken for another character is so only above these steps.
KNOWN4_OFTEN, KNOWN3_OFTEN = 8, 12
# Candidates that are only one key away are asked for where no three-character string is known above this step.
KNOWN3_KEY = 2
BEST = 3
LEAST_GAIN = 1.0
# What the steps of the strings of two and three characters may fall by.
LEAST_MORE = -5
# Without a string of three characters both of two must be as common as this step.
COMMON2 = 4
BACK_OFF = float(np.log(0.4))
_RARELY = {SOUND: 0.0, SIMILAR_SOUND: -1.0, SHAPE: -1.5, RARE_SOUND: -2.0, KEY: -2.0, STROKE: -2.0}
Places = NDArray[np.int64]


def _priors() -> Floats:
    """By bits of likeness: how much rarer such a slip is, as a logarithm."""
    table = np.full(256, -3.0, np.float32)
    for bits in range(256):
        table[bits] = max([value for bit, value in _RARELY.items() if bits & bit], default=-3.0)
    return table


PRIORS = _priors()


@dataclass(slots=True)
class Scan:
    """The numbers of some texts, with STOP before, between and after them, and the steps of all strings by length.

    `begins`: where each text begins in `ids`; `best`: for each character the highest step of the strings over it, of
    three characters and of four.
    """

    ids: Ids
    begins: Places
    levels: dict[int, Levels]
    best: dict[int, Levels]

    def well_known(self, least3: int, least4: int) -> NDArray[np.bool_]:
        """True for the characters within a string above one of these steps."""
        return (self.best[3] > least3) | (self.best[4] > least4)


@dataclass(slots=True)
class Found:
    """Candidates, flat: where, which character, how alike, and the steps of the strings it makes, left to right."""

    places: Places
    ids: Ids
    kinds: NDArray[np.uint8]
    two: Levels
    three: Levels
    four: Levels
    gains: Floats
    ranks: NDArray[np.int64]
    rivals: NDArray[np.int64]


def scanned(texts: Sequence[Ids], counts: Counts) -> Scan:
    """Texts with their margins, and the steps of their strings; strings whose parts are unseen are unseen.

    One call for many texts costs a third of one for each. No window is wider than the margin between two of them.
    """
    margin = np.full(MARGIN, STOP, np.uint16)
    wide = np.concatenate([margin, *(part for text in texts for part in (text, margin))])
    begins = MARGIN + np.cumsum([0, *(len(text) + MARGIN for text in texts[:-1])])
    two = counts.strings[2].levels(keys(wide, 2))
    three = np.minimum(counts.strings[3].levels(keys(wide, 3)), np.minimum(two[:-1], two[1:]))
    four = np.minimum(counts.strings[4].levels(keys(wide, 4)), np.minimum(three[:-1], three[1:]))
    han = (wide >= FIRST_HAN).view(np.uint8)
    levels = {2: two, 3: three, 4: four}
    best = {length: _max_over(_of_words(han, levels[length], length), length, len(wide)) for length in (3, 4)}
    return Scan(wide, begins, levels, best)


def _max_over(levels: Levels, length: int, size: int) -> Levels:
    """For each character the highest step of a string of `length` over it."""
    best = np.zeros(size, np.uint8)
    for shift in range(length):
        np.maximum(best[shift : shift + len(levels)], levels, out=best[shift : shift + len(levels)])
    return best


def _sum_over(levels: Levels, length: int, size: int) -> NDArray[np.int16]:
    """For each character the sum of the steps of the strings of `length` over it."""
    total = np.zeros(size, np.int16)
    for shift in range(length):
        total[shift : shift + len(levels)] += levels
    return total


def _of_words(han: NDArray[np.uint8], levels: Levels, length: int) -> Levels:
    """The steps of the strings of `length`, none for those that hold a single Chinese character.

    What stands between a mark and the end of a paragraph is often seen, whatever the character.
    """
    many = han[: len(levels)].copy()
    for shift in range(1, length):
        many += han[shift : shift + len(levels)]
    of_words: Levels = levels * (many > 1)
    return of_words


def _flat(scan: Scan, counts: Counts) -> tuple[Places, Ids, NDArray[np.uint8]]:
    """All candidates of the characters that no well-known string holds, and the most frequent of others."""
    han = scan.ids >= FIRST_HAN
    known = scan.well_known(KNOWN3, KNOWN4)
    more = often().of(scan.ids, np.flatnonzero(han & known & ~scan.well_known(KNOWN3_OFTEN, KNOWN4_OFTEN)))
    picked = np.flatnonzero(han & ~known)
    three = scan.best[3]
    rows = scan.ids[picked]
    starts = counts.starts[rows].astype(np.int64)
    # Those that are only one key away stand last.
    lengths = (
        np.where(three[picked] <= KNOWN3_KEY, counts.starts[rows + np.uint16(1)], counts.ends_close[rows]) - starts
    )
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    index = np.arange(total) + np.repeat(starts - ends + lengths, lengths)
    return (
        np.concatenate([np.repeat(picked, lengths), more[0]]),
        np.concatenate([counts.candidates[index], more[1]]),
        np.concatenate([counts.kinds[index], more[2]]),
    )


def key(*parts: Ids) -> Keys:
    found = parts[0].astype(np.uint64)
    for part in parts[1:]:
        found <<= np.uint64(BITS)
        found |= part
    return found


def chain(scan: Scan, places: Places, ids: Ids, two: Levels, three: Levels, four: Levels, counts: Counts) -> Floats:
    """Logarithm of the chance of a character and the three after it, each given up to three before it."""
    total = np.zeros(len(places), np.float32)
    logs = LOG_COUNTS
    for step in range(4):
        at = places + step
        # Steps of the string up to this character, and of its context, by length; windows over the place are asked.
        last = ids if step == 0 else scan.ids[at]
        before = ids if step == 1 else scan.ids[at - 1]
        string2 = two[:, step] if step < 2 else scan.levels[2][at - 1]
        string3 = three[:, step] if step < 3 else scan.levels[3][at - 2]
        string4 = four[:, step]
        context2 = two[:, step - 1] if step in (1, 2) else scan.levels[2][at - 2]
        context3 = three[:, step - 1] if step in (1, 2, 3) else scan.levels[3][at - 3]
        score = counts.log_characters[last] + BACK_OFF
        score = np.where(string2 > 0, logs[string2] - (counts.log_characters[before] + LOG_TOTAL), score)
        score = np.where(string3 > 0, logs[string3] - logs[context2], score + BACK_OFF)
        total += np.where(string4 > 0, logs[string4] - logs[context3], score + BACK_OFF)
    return total


LOG_TOTAL = float(np.log(33e6))


def original(scan: Scan, places: Places) -> tuple[Levels, Levels, Levels]:
    """Steps of the strings over each place as the text has them, left to right."""
    return tuple(  # type: ignore[return-value]
        np.stack([scan.levels[length][places - length + 1 + shift] for shift in range(length)], axis=1)
        for length in (2, 3, 4)
    )


def _longer(table: Table, around: dict[int, Ids], shorter: list[Levels]) -> Levels:
    """Steps of the strings over places, given those of the strings one character shorter that each is made of.

    A string whose parts were not seen was not seen, and is not asked for.
    """
    length = len(shorter) - 1
    bounds = np.stack([np.minimum(one, other) for one, other in pairwise(shorter)], axis=1)
    asked = [np.flatnonzero(bounds[:, column]) for column in range(length)]
    keys_ = [
        key(*(around[column + 1 - length + step][rows] for step in range(length)))
        for column, rows in enumerate(asked)
    ]
    steps = np.zeros(bounds.shape, np.uint8)
    for column, levels in enumerate(table.levels_of(keys_)):
        steps[asked[column], column] = levels
    found_: Levels = np.minimum(steps, bounds)
    return found_


def found(scan: Scan, counts: Counts, *, least_gain: float = LEAST_GAIN, least_more: int = LEAST_MORE) -> Found:
    """The best candidates of each doubtful character. The trees are trained with wider bounds than those in use."""
    places, ids, kinds = _flat(scan, counts)
    text = scan.ids
    strings = counts.strings
    left, right = strings[2].levels_of([key(text[places - 1], ids), key(ids, text[places + 1])])
    keep = np.flatnonzero(((left > 0) & (right > 0)) | (np.maximum(left, right) >= 3))
    places, ids, kinds = places[keep], ids[keep], kinds[keep]
    left, right = left[keep], right[keep]
    around = {shift: text[places + shift] for shift in range(-3, 4) if shift}
    around[0] = ids
    two = np.stack([left, right], axis=1)
    three = _longer(strings[3], around, [scan.levels[2][places - 2], left, right, scan.levels[2][places + 1]])
    more = left.astype(np.int16) + right + three[:, 0] + three[:, 1] + three[:, 2]
    before = _sum_over(scan.levels[2], 2, len(text)) + _sum_over(scan.levels[3], 3, len(text))
    good = (three[:, 0] | three[:, 1] | three[:, 2] > 0) | (np.minimum(left, right) >= COMMON2)
    keep = np.flatnonzero(good & (more - before[places] >= least_more))
    places, ids, kinds, two, three = places[keep], ids[keep], kinds[keep], two[keep], three[keep]
    around = {shift: part[keep] for shift, part in around.items()}
    threes = [scan.levels[3][places - 3], three[:, 0], three[:, 1], three[:, 2], scan.levels[3][places + 1]]
    four = _longer(strings[4], around, threes)
    old = original(scan, places)
    gains = chain(scan, places, ids, two, three, four, counts)
    gains -= chain(scan, places, text[places], *old, counts)
    gains += PRIORS[kinds]
    return _best(Found(places, ids, kinds, two, three, four, gains, keep, keep), least_gain)


def _best(all_: Found, least_gain: float) -> Found:
    if not len(all_.places):
        return all_
    order = np.lexsort((-all_.gains, all_.places))
    places = all_.places[order]
    first = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
    sizes = np.diff(np.r_[first, len(places)])
    ranks = np.arange(len(places)) - np.repeat(first, sizes)
    good = all_.gains[order] >= least_gain
    rivals = np.repeat(np.add.reduceat(good.astype(np.int64), first), sizes)
    keep = (ranks < BEST) & good
    at = order[keep]
    return Found(
        all_.places[at], all_.ids[at], all_.kinds[at], all_.two[at], all_.three[at], all_.four[at], all_.gains[at],
        ranks[keep], rivals[keep],
    )  # fmt: skip
