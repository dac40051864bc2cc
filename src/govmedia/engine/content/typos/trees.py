"""Boosted trees as arrays: several ensembles of trees of one depth whose nodes of a level ask the same question.

`training/typo_trees.py` makes them with CatBoost; a test holds them equal to CatBoost's own. All trees are walked at
once: the answers of a tree are the bits of the number of its leaf.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.model import FOLDER, Floats

# Rows are taken in pieces, so that what lies between does not grow with the text.
PIECE = 512
FAR_BELOW = 1.2


@dataclass(frozen=True, slots=True)
class Forest:
    """One ensemble: for each tree and level a column and a border, for each tree its leaves."""

    columns: NDArray[np.int64]
    borders: Floats
    leaves: Floats
    bias: float

    def scores(self, rows: Floats) -> Floats:
        """The sum of the leaves, a log-odds, for each row."""
        pieces = [self._piece(rows[start : start + PIECE]) for start in range(0, len(rows), PIECE)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    def _piece(self, rows: Floats) -> Floats:
        trees, depth = self.columns.shape
        answers = rows[:, self.columns.reshape(-1)] > self.borders.reshape(-1)
        bits = np.packbits(answers.reshape(-1, depth), axis=1, bitorder="little").reshape(-1, trees)
        total: Floats = self.leaves[np.arange(trees), bits].sum(axis=1, dtype=np.float32)
        return total + np.float32(self.bias)


@dataclass(frozen=True, slots=True)
class Judges:
    """The forests, one for each part of the development sentences that it has not seen, and what they know of pairs.

    `keys` are pairs of characters (written, meant), sorted; `errors` and `others` count for each part how often the
    pair was a slip, and how often a candidate that was none.
    """

    forests: tuple[Forest, ...]
    keys: NDArray[np.int64]
    errors: Floats
    others: Floats

    def pairs(self, keys: NDArray[np.int64], unseen: int) -> Floats:
        """Three columns on pairs, counted in all parts but `unseen`."""
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        rest = [part for part in range(len(self.errors)) if part != unseen]
        return pair_columns(self.errors[rest][:, at] * known, self.others[rest][:, at] * known)

    def scores(self, rows: Floats, keys: NDArray[np.int64], unseen: int | None = None, *, least: float) -> Floats:
        """Log-odds that the candidate is right: of the forest that has not seen a part, else the mean of all.

        A row that the first forest puts far below `least` keeps that forest's word.
        """
        first = 0 if unseen is None else unseen
        found = self._of(first, rows, keys)
        if unseen is None:
            open_ = np.flatnonzero(found >= least - FAR_BELOW)
            others = [self._of(part, rows[open_], keys[open_]) for part in range(1, len(self.forests))]
            found[open_] = np.mean([found[open_], *others], axis=0, dtype=np.float32)
        return found

    def _of(self, part: int, rows: Floats, keys: NDArray[np.int64]) -> Floats:
        return self.forests[part].scores(np.hstack([rows, self.pairs(keys, part)]))


def pair_columns(errors: Floats, others: Floats) -> Floats:
    """Slips and other candidates of a pair, on average over parts, and the logarithm of their odds."""
    slips, rest = errors.mean(axis=0), others.mean(axis=0)
    return np.stack([slips, rest, np.log((slips + 0.03) / (rest + 0.2))], axis=1).astype(np.float32)


def pair_keys(written: NDArray[np.uint16], meant: NDArray[np.uint16]) -> NDArray[np.int64]:
    """One number for each pair of characters."""
    return written.astype(np.int64) << 13 | meant


def _forest(parts: Any, number: int) -> Forest:
    columns, borders, leaves, bias = (parts[f"{name}_{number}"] for name in ("columns", "borders", "leaves", "bias"))
    return Forest(columns.astype(np.int64), borders, leaves, float(bias))


@lru_cache(maxsize=1)
def judges() -> Judges:
    """The trees of `models/typo_trees.npz`."""
    with np.load(FOLDER / "typo_trees.npz", allow_pickle=False) as parts:
        return Judges(
            tuple(_forest(parts, number) for number in range(int(parts["forests"]))),
            parts["pair_keys"],
            parts["pair_errors"].astype(np.float32),
            parts["pair_others"].astype(np.float32),
        )
