"""What the trees are told about a candidate, as numbers. NAMES is the order of the columns."""

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import (
    BLANK,
    DIGIT,
    FIRST_HAN,
    FIRST_MARK,
    LETTER,
    MARKS,
    STOP,
    Ids,
    gap_keys,
)
from govmedia.engine.content.typos.model import Counts, Floats
from govmedia.engine.content.typos.phrases import word_chances
from govmedia.engine.content.typos.scan import MARGIN, PRIORS, Found, Places, Scan, key, original
from govmedia.engine.content.typos.table import Keys

NEAR = 6
FAR = 10
AGAIN = 60
INSIDE = 40
_KIND_BITS = 7
_NEARBY = np.arange(-MARGIN, MARGIN + 1)
NAMES = (
    *(f"new2_{n}" for n in range(2)), *(f"new3_{n}" for n in range(3)), *(f"new4_{n}" for n in range(4)),
    *(f"old2_{n}" for n in range(2)), *(f"old3_{n}" for n in range(3)), *(f"old4_{n}" for n in range(4)),
    "more2", "more3", "more4", "most3_new", "most3_old", "most4_new", "most4_old", "least2_new", "least2_old",
    "gain", "prior", *(f"kind{n}" for n in range(_KIND_BITS)),
    "often_new", "often_old", "often_left", "often_right",
    "left2", "right2", "left3", "right3", "sort_2", "sort_1", "sort1", "sort2",
    "rank", "rivals", "lead", "beside1", "beside2",
    "topic_new", "topic_old", "topic2_new", "topic2_old", "again_new", "again_old",
    "newword2_0", "newword2_1", "newword3", "newword4", "oldword2_0", "oldword2_1", "oldword3", "oldword4",
    "newgap_0", "newgap_1", "oldgap_0", "oldgap_1", "leftword", "rightword",
    "words_gain", "words_old", "strange", "familiar", "in_title", "in_quotes", "in_brackets", "by_dot",
)  # fmt: skip


def _sorts() -> NDArray[np.uint8]:
    """What sort of sign a number is: other, blank, digit, letter, unknown character, mark, character."""
    table = np.full(1 << 13, 6, np.uint8)
    table[FIRST_MARK:FIRST_HAN] = 5
    table[: FIRST_MARK - 2] = [0, 0, 1, 2, 3, 4]
    assert (BLANK, DIGIT, LETTER) == (2, 3, 4)
    return table


_SORTS = _sorts()


def features(scan: Scan, found: Found, counts: Counts) -> Floats:
    """One row for each candidate."""
    old = original(scan, found.places)
    columns = [
        *_strings(found, old),
        *_likeness(scan, found, counts),
        *_around(scan, found),
        *_rivals(scan, found),
        *_topics(scan, found, counts),
        *_again(scan, found),
        *_words(scan, found, counts),
        *_setting(scan, found),
    ]
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


def _strings(found: Found, old: tuple[NDArray[np.uint8], ...]) -> list[NDArray[np.generic]]:
    new = (found.two, found.three, found.four)
    columns: list[NDArray[np.generic]] = [part[:, n] for part in (*new, *old) for n in range(part.shape[1])]
    columns += [
        one.sum(axis=1, dtype=np.int16) - other.sum(axis=1, dtype=np.int16)
        for one, other in zip(new, old, strict=True)
    ]
    columns += [part.max(axis=1) for part in (new[1], old[1], new[2], old[2])]
    return [*columns, new[0].min(axis=1), old[0].min(axis=1)]


def _likeness(scan: Scan, found: Found, counts: Counts) -> list[NDArray[np.generic]]:
    prior = PRIORS[found.kinds]
    often = counts.log_characters
    return [
        found.gains - prior, prior,
        *((found.kinds >> bit) & 1 for bit in range(_KIND_BITS)),
        often[found.ids], often[scan.ids[found.places]],
        often[scan.ids[found.places - 1]], often[scan.ids[found.places + 1]],
    ]  # fmt: skip


def _around(scan: Scan, found: Found) -> list[NDArray[np.generic]]:
    at, levels = found.places, scan.levels
    return [
        levels[2][at - 2], levels[2][at + 1], levels[3][at - 3], levels[3][at + 1],
        *(_SORTS[scan.ids[at + shift]] for shift in (-2, -1, 1, 2)),
    ]  # fmt: skip


def _rivals(scan: Scan, found: Found) -> list[NDArray[np.generic]]:
    best = np.full(len(scan.ids), -5.0, np.float32)
    second = best.copy()
    first = found.ranks == 0
    best[found.places[first]] = found.gains[first]
    second[found.places[found.ranks == 1]] = found.gains[found.ranks == 1]
    others = np.where(first, second[found.places], best[found.places])
    at = found.places
    return [
        found.ranks, found.rivals, found.gains - others,
        np.maximum(best[at - 1], best[at + 1]), np.maximum(best[at - 2], best[at + 2]),
    ]  # fmt: skip


def _topics(scan: Scan, found: Found, counts: Counts) -> list[NDArray[np.generic]]:
    """How well a character, and the likelier of the two pairs it makes, suit the characters further off."""
    at = found.places
    single, row = np.unique(at, return_inverse=True)
    shifts = np.array([shift for shift in range(-FAR, FAR + 1) if not -2 < shift < 2])
    far = np.clip(single[:, None] + shifts[None, :], 0, len(scan.ids) - 1)
    around = counts.contexts[scan.ids[far]].sum(axis=1)[row]
    columns: list[NDArray[np.generic]] = []
    for middle in (found.ids, scan.ids[at]):
        pairs = [key(scan.ids[at - 1], middle), key(middle, scan.ids[at + 1])]
        both = [np.einsum("ij,ij->i", counts.pair_topics[counts.pair_rows(pair)], around) for pair in pairs]
        columns += [np.einsum("ij,ij->i", counts.topics[middle], around), np.maximum(*both)]
    return [columns[0], columns[2], columns[1], columns[3]]


def _again(scan: Scan, found: Found) -> list[NDArray[np.generic]]:
    """How often the pairs a character makes stand elsewhere in the paragraph, nearby."""
    pairs = key(scan.ids[:-1], scan.ids[1:])
    ends = np.cumsum((scan.ids[:-1] == STOP) & (scan.ids[1:] == STOP))
    at = found.places
    shifts = [shift for shift in range(-AGAIN, AGAIN + 1) if not -3 < shift < 3]
    near = np.clip(at[:, None] + np.array(shifts)[None, :], 0, len(pairs) - 1)
    others = np.where(ends[near] == ends[at][:, None], pairs[near], np.uint64(0))
    columns: list[NDArray[np.generic]] = []
    for middle in (found.ids, scan.ids[at]):
        left, right = key(scan.ids[at - 1], middle), key(middle, scan.ids[at + 1])
        columns.append(((others == left[:, None]) | (others == right[:, None])).sum(axis=1))
    return columns


def _chances(scan: Scan, found: Found) -> list[NDArray[np.generic]]:
    """How much likelier the characters around a place become as words in their order, and how likely they were."""
    chances = word_chances()
    # Words are looked for only near the places; what lies between is left out.
    near = np.zeros(len(scan.ids), bool)
    near[(found.places[:, None] + _NEARBY[None, :]).reshape(-1)] = True
    text = scan.ids[near]
    places = np.cumsum(near)[found.places] - 1
    new, old = chances.best(chances.lattice(text), places, found.ids, text)
    return [new - old, old]


def _word_keys(around: dict[int, Ids]) -> list[Keys]:
    """The keys of the strings of two, three and four characters over the place."""
    return [
        key(*(around[start + step] for step in range(length)))
        for length in (2, 3, 4)
        for start in range(1 - length, 1)
    ]


def _by_length(levels: list[NDArray[np.uint8]]) -> list[NDArray[np.generic]]:
    """Two of two characters, then the highest of three and of four."""
    return [levels[0], levels[1], np.max(levels[2:5], axis=0), np.max(levels[5:], axis=0)]


def _words(scan: Scan, found: Found, counts: Counts) -> list[NDArray[np.generic]]:
    around = {shift: scan.ids[found.places + shift] for shift in range(-4, 5)}
    new_keys, old_keys = _word_keys(around | {0: found.ids}), _word_keys(around)
    beside_keys = [key(around[-2], around[-1]), key(around[1], around[2])]
    levels = counts.words.levels_of([*new_keys, *old_keys, *beside_keys])
    new, old, beside = _by_length(levels[:9]), _by_length(levels[9:18]), levels[18:]
    gaps = counts.gaps.levels_of(
        [
            pair
            for middle in (found.ids, around[0])
            for pair in (gap_keys(around[-2], middle), gap_keys(middle, around[2]))
        ]
    )
    return [*new, *old, *gaps, *beside, *_chances(scan, found)]


def _within(scan: Scan, at: Places, opening: str, closing: str) -> NDArray[np.bool_]:
    """True where the nearest mark before is an opening one, not far away, in the same text."""
    numbers = np.arange(len(scan.ids), dtype=np.int64)
    opened, closed = (
        np.maximum.accumulate(np.where(scan.ids == FIRST_MARK + MARKS.index(sign), numbers, -1000))[at]
        for sign in (opening, closing)
    )
    begins = scan.begins[np.searchsorted(scan.begins, at, side="right") - 1]
    return (opened > closed) & (at - opened <= INSIDE) & (opened >= begins)


def _setting(scan: Scan, found: Found) -> list[NDArray[np.generic]]:
    at = found.places
    two, three = scan.levels[2], scan.levels[3]
    shifts = [shift for shift in range(-NEAR, NEAR) if shift not in (-1, 0)]
    strange = sum(((two[at + shift] == 0).astype(np.float32) for shift in shifts), np.zeros(len(at), np.float32))
    shifts = [shift for shift in range(-NEAR, NEAR - 1) if shift not in (-2, -1, 0)]
    familiar = sum((three[at + shift].astype(np.float32) for shift in shifts), np.zeros(len(at), np.float32))
    dot = FIRST_MARK + MARKS.index("·")
    by_dot = sum(
        ((scan.ids[at + shift] == dot).astype(np.float32) for shift in range(-5, 6)), np.zeros(len(at), np.float32)
    )
    return [
        strange, familiar,
        _within(scan, at, "《", "》"), _within(scan, at, "“", "”"), _within(scan, at, "（", "）"), by_dot,
    ]  # fmt: skip
