"""Building the tables of counts (`engine/content/typos/table.py`): a binary fuse filter, peeled in rounds."""

import math

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.table import LEVEL_BITS, STEPS, Keys, Places, Table, places


def levels_of(counts: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Steps from 0 ("once") for counts of at least 1."""
    return (np.searchsorted(np.array(STEPS), counts, side="right") - 1).astype(np.uint16)


def built(keys: Keys, counts: NDArray[np.int64], *, bits: int) -> Table:
    """A table of distinct keys with the steps of their counts."""
    return table_of(keys, levels_of(counts), bits=bits)


def table_of(keys: Keys, values: NDArray[np.uint16], *, bits: int, value_bits: int = LEVEL_BITS) -> Table:
    """A table of distinct keys with values. Errors: RuntimeError where they cannot be placed in any size tried."""
    length = 1 << int(math.log(len(keys)) / math.log(3.33) + 2.25)
    for room in (1.13, 1.15, 1.2, 1.25):
        segments = max(1, math.ceil(len(keys) * room / length) - 2)
        entries = _filled(places(keys, segments, length, bits, value_bits), values, (segments + 2) * length)
        if entries is not None:
            return Table(entries, length, bits, value_bits)
    raise RuntimeError(f"{len(keys)} keys do not fit")


def _filled(where: Places, values: NDArray[np.uint16], size: int) -> NDArray[np.uint16] | None:
    slots = np.stack(where.slots, axis=1)
    rounds = _peeled(slots, size)
    if rounds is None:
        return None
    entries = np.zeros(size, np.uint16)
    wanted = where.marks | values
    for chosen, at in reversed(rounds):
        others = entries[slots[chosen]]
        # The slot itself is still empty, so that all three may be taken together.
        entries[at] = wanted[chosen] ^ others[:, 0] ^ others[:, 1] ^ others[:, 2]
    return entries


def _peeled(slots: NDArray[np.int64], size: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Rounds of (keys, the slot each has for itself); None where some keys never get one."""
    degree = np.zeros(size, np.int32)
    crossed = np.zeros(size, np.int64)
    numbers = np.arange(len(slots), dtype=np.int64)
    for column in range(3):
        np.add.at(degree, slots[:, column], 1)
        np.bitwise_xor.at(crossed, slots[:, column], numbers)
    rounds, left = [], len(slots)
    alone = np.flatnonzero(degree == 1)
    while len(alone):
        chosen, first = np.unique(crossed[alone], return_index=True)
        rounds.append((chosen, alone[first]))
        left -= len(chosen)
        touched = slots[chosen]
        for column in range(3):
            np.subtract.at(degree, touched[:, column], 1)
            np.bitwise_xor.at(crossed, touched[:, column], chosen)
        near = np.unique(touched)
        alone = near[degree[near] == 1]
    return rounds if left == 0 else None
