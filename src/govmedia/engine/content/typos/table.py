"""Counts of strings in a small table of which no string can be read back.

A key is a number made of a string's characters. The table is a binary fuse filter (Graf and Lemire 2022, arXiv
2201.01174) whose entries carry, beside a fingerprint, how often the string was seen, in sixteen steps. A string that
was never seen is taken for a seen one once in 2 to the power of the fingerprint's bits. `training/typo_counts.py`
builds it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Levels = NDArray[np.uint8]

# A string seen this often stands at this step: step 1 is "once", step 16 "a hundred thousand times or more".
STEPS = (1, 2, 3, 5, 8, 13, 22, 40, 75, 150, 300, 700, 2000, 6000, 25000, 100000)
LEVEL_BITS = 4
_ONE = np.uint64(0x9E3779B97F4A7C15)
_TWO = np.uint64(0xBF58476D1CE4E5B9)
_THREE = np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a key stands: three slots, and its fingerprint shifted over the value's bits."""

    slots: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    marks: NDArray[np.uint16]


def places(keys: Keys, segments: int, length: int, bits: int, value_bits: int = LEVEL_BITS) -> Places:
    """The slots of keys in a table of `segments` + 2 segments of `length` (a power of two) entries."""
    mixed = keys * _ONE
    mixed ^= mixed >> np.uint64(29)
    mixed *= _TWO
    mixed ^= mixed >> _HALF
    mask = np.uint64(length - 1)
    first = ((mixed >> _HALF) * np.uint64(segments * length)) >> _HALF
    second = (first + np.uint64(length)) ^ ((mixed >> np.uint64(18)) & mask)
    third = (first + np.uint64(2 * length)) ^ (mixed & mask)
    marks = ((mixed * _THREE) >> np.uint64(64 - bits)).astype(np.uint16) << np.uint16(value_bits)
    return Places((first.view(np.int64), second.view(np.int64), third.view(np.int64)), marks)


@dataclass(frozen=True, slots=True)
class Table:
    """How often strings were seen. `bits` of each entry are its fingerprint, `value_bits` what it says."""

    entries: NDArray[np.uint16]
    length: int
    bits: int
    value_bits: int = LEVEL_BITS

    def levels_of(self, many: list[Keys]) -> list[Levels]:
        """The same for several arrays at once, which is faster where they are short."""
        found = self.levels(np.concatenate(many))
        return np.split(found, np.cumsum([len(keys) for keys in many[:-1]]))

    def levels(self, keys: Keys) -> Levels:
        """For each key 0 where it was not seen, else what it says, from 1: its step in STEPS."""
        where = places(keys, len(self.entries) // self.length - 2, self.length, self.bits, self.value_bits)
        one, two, three = where.slots
        value = self.entries[one]
        value ^= self.entries[two]
        value ^= self.entries[three]
        value ^= where.marks
        seen = value < np.uint16(1 << self.value_bits)
        value += np.uint16(1)
        value *= seen
        return value.astype(np.uint8)


def packed(entries: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Entries of twelve bits, two in three bytes."""
    pairs = entries.reshape(-1, 2).astype(np.uint32)
    both = pairs[:, 0] | (pairs[:, 1] << np.uint32(12))
    return np.stack([both & 255, (both >> 8) & 255, both >> 16], axis=1).astype(np.uint8).reshape(-1)


def unpacked(data: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The entries that `packed` was given."""
    trios = data.reshape(-1, 3).astype(np.uint16)
    entries = np.empty((len(trios), 2), np.uint16)
    entries[:, 0] = trios[:, 0] | ((trios[:, 1] & 15) << 8)
    entries[:, 1] = (trios[:, 1] >> 4) | (trios[:, 2] << 4)
    return entries.reshape(-1)
