"""Characters so often taken for one another that they are doubted within well-known strings too (检查院 for 检察院).

`lexicons/typo_often.csv`, made by `training/typo_often.py`: which was written, which was meant, how many slips.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import POINTS, Ids
from govmedia.engine.content.typos.model import FOLDER, counts


@dataclass(frozen=True, slots=True)
class Often:
    """For each character those it is often written for, by `starts`, with how alike the two are."""

    starts: NDArray[np.int64]
    meant: Ids
    kinds: NDArray[np.uint8]

    def of(self, ids: Ids, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], Ids, NDArray[np.uint8]]:
        """The candidates of the characters at some places: where, which, how alike."""
        rows = ids[places].astype(np.int64)
        starts, lengths = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(lengths)
        index = np.arange(int(lengths.sum())) + np.repeat(starts - ends + lengths, lengths)
        return np.repeat(places, lengths), self.meant[index], self.kinds[index]


@lru_cache(maxsize=1)
def often() -> Often:
    """The pairs of the lexicon that are candidates of one another."""
    loaded = counts()
    found: list[tuple[int, int, int]] = []
    path = FOLDER.with_name("lexicons") / "typo_often.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            written, meant = (int(loaded.ids[ord(row[name])]) for name in ("written", "meant"))
            start, end = int(loaded.starts[written]), int(loaded.starts[written + 1])
            at = np.flatnonzero(loaded.candidates[start:end] == meant)
            found.extend((written, meant, int(loaded.kinds[start + place])) for place in at.tolist())
    columns = np.array(sorted(found), np.int64)
    starts = np.searchsorted(columns[:, 0], np.arange(POINTS + 1))
    return Often(starts, columns[:, 1].astype(np.uint16), columns[:, 2].astype(np.uint8))
