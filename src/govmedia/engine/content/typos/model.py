"""The shipped counts, loaded once when first asked for."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import FIRST_HAN, Ids, alphabet
from govmedia.engine.content.typos.table import STEPS, Table, unpacked

TOPICS = 64
FOLDER = Path(__file__).parents[1] / "models"
Floats = NDArray[np.float32]


def _log_counts() -> Floats:
    """By step: the logarithm of a count in its middle; for step 0 that of a half."""
    upper = (*STEPS[1:], STEPS[-1] * 4)
    middles = [np.sqrt(low * max(low, high - 1)) for low, high in zip(STEPS, upper, strict=True)]
    logs: Floats = np.log(np.array([0.5, *middles])).astype(np.float32)
    return logs


LOG_COUNTS = _log_counts()


@dataclass(frozen=True, slots=True)
class Counts:
    """How often strings were seen, and which characters are taken for which."""

    han: str
    ids: Ids
    strings: dict[int, Table]
    gaps: Table
    words: Table
    log_characters: Floats
    topics: Floats
    contexts: Floats
    pair_topics: Floats
    pair_keys: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends_close: NDArray[np.int32]
    candidates: Ids
    kinds: NDArray[np.uint8]

    def pair_rows(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The rows of pairs in `pair_topics`; the last row, all nought, for pairs that are not common."""
        at = np.minimum(np.searchsorted(self.pair_keys, keys), len(self.pair_keys) - 1)
        return np.where(self.pair_keys[at] == keys, at, len(self.pair_keys))


def table_in(parts: Any, name: str) -> Table:
    """A table of a file of arrays."""
    length, bits, value_bits = (int(part) for part in parts[f"{name}_shape"])
    entries = parts[f"{name}_entries"]
    return Table(unpacked(entries) if entries.dtype == np.uint8 else entries, length, bits, value_bits)


def _scaled(parts: Any, name: str) -> Floats:
    found: Floats = parts[name].astype(np.float32) * float(parts[f"{name}_scale"])
    return found


@lru_cache(maxsize=1)
def counts() -> Counts:
    """The counts of `models/typo_counts.npz`."""
    with np.load(FOLDER / "typo_counts.npz", allow_pickle=False) as parts:
        han = "".join(map(chr, parts["han"]))
        characters = parts["characters"].astype(np.float64)
        return Counts(
            han=han,
            ids=alphabet(han),
            strings={length: table_in(parts, f"strings{length}") for length in (2, 3, 4)},
            gaps=table_in(parts, "gaps"),
            words=table_in(parts, "words"),
            log_characters=np.log((characters + 0.5) / characters.sum()).astype(np.float32),
            topics=_scaled(parts, "topics"),
            contexts=_scaled(parts, "contexts"),
            pair_topics=np.vstack([_scaled(parts, "pair_topics"), np.zeros((1, TOPICS), np.float32)]),
            pair_keys=parts["pair_keys"],
            starts=np.r_[np.zeros(FIRST_HAN, np.int32), parts["candidate_starts"]],
            ends_close=np.r_[np.zeros(FIRST_HAN, np.int32), parts["candidate_ends_close"]],
            candidates=parts["candidates"],
            kinds=parts["candidate_kinds"],
        )
