"""What characters and common pairs of them are about: vectors of how they meet other characters further off.

Counts of characters at a distance are turned into positive pointwise mutual information (contexts smoothed by 0.75)
and put into 64 dimensions by a truncated singular value decomposition; pairs are laid into the same space by least
squares. Kept as bytes.
"""

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import BITS, FIRST_HAN
from govmedia.engine.content.typos.model import TOPICS

SEED = 0
NEAREST, FARTHEST = 2, 12
SMOOTHED = 0.75
LEAST_MET = 3
PAIR_LEAST = 150
PAIR_CONTEXTS = 2500
PAIR_FARTHEST = 10
ROUNDS = 5
RIDGE = 1.0
Floats = NDArray[np.float32]


def _information(met: Floats, shares: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(met / (met.sum(axis=1, keepdims=True) * shares[None, :]))
    found[~np.isfinite(found)] = 0
    return np.maximum(found, 0, out=found) * (met >= LEAST_MET)


def _counted(left: NDArray[np.int64], right: NDArray[np.int64], rows: int, columns: int) -> Floats:
    fit = (left >= 0) & (right >= 0)
    flat = np.bincount(left[fit] * columns + right[fit], minlength=rows * columns)
    return flat.astype(np.float32).reshape(rows, columns)


def _characters(numbers: NDArray[np.int64], size: int) -> tuple[Floats, Floats]:
    """Vectors of characters as themselves and as contexts."""
    han = np.where(numbers >= FIRST_HAN, numbers, -1)
    met = sum(_counted(han[:-far], han[far:], size, size) for far in range(NEAREST, FARTHEST + 1))
    met = met + met.T
    shares = met.sum(axis=1) ** SMOOTHED
    information = _information(met, shares / shares.sum() + 1e-12)
    basis = information @ np.random.default_rng(SEED).normal(size=(size, TOPICS + 24)).astype(np.float32)
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(information @ (information.T @ np.linalg.qr(basis)[0]))
    left, values, right = np.linalg.svd(basis.T @ information, full_matrices=False)
    roots = np.sqrt(values[:TOPICS])
    return (basis @ left)[:, :TOPICS] * roots, right[:TOPICS].T * roots


def _pairs(numbers: NDArray[np.int64], contexts: Floats) -> tuple[NDArray[np.uint32], Floats]:
    """Keys and vectors of common pairs of characters."""
    han = numbers >= FIRST_HAN
    keys = np.where(han[:-1] & han[1:], (numbers[:-1] << BITS) | numbers[1:], -1)
    found, counts = np.unique(keys[keys >= 0], return_counts=True)
    common = found[counts >= PAIR_LEAST]
    at = np.minimum(np.searchsorted(common, keys), len(common) - 1)
    at = np.where(common[at] == keys, at, -1)
    often = np.bincount(numbers, minlength=len(contexts))
    often[:FIRST_HAN] = 0
    top = np.argsort(-often)[:PAIR_CONTEXTS]
    column = np.full(len(contexts), -1)
    column[top] = np.arange(len(top))
    seen = column[numbers]
    met = np.zeros((len(common), len(top)), np.float32)
    for far in range(2, PAIR_FARTHEST + 1):
        met += _counted(at[far:], seen[: len(at) - far], *met.shape)
        met += _counted(at[: -far - 1], seen[far + 1 : len(at)], *met.shape)
    shares = often[top].astype(np.float32) ** SMOOTHED
    information = _information(met, shares / shares.sum())
    basis = contexts[top]
    square = basis.T @ basis + RIDGE * np.eye(TOPICS, dtype=np.float32)
    return common.astype(np.uint32), np.linalg.solve(square, (information @ basis).T).T.astype(np.float32)


def _as_bytes(name: str, vectors: Floats) -> dict[str, NDArray[np.generic]]:
    scale = np.float32(np.quantile(np.abs(vectors), 0.9995) / 127)
    return {name: np.clip(np.round(vectors / scale), -127, 127).astype(np.int8), f"{name}_scale": scale}


def topic_arrays(ids: NDArray[np.uint16], size: int) -> dict[str, NDArray[np.generic]]:
    """The vectors of the numbers of a text."""
    numbers = ids.astype(np.int64)
    topics, contexts = _characters(numbers, size)
    keys, pairs = _pairs(numbers, contexts)
    return {
        "pair_keys": keys,
        **_as_bytes("topics", topics), **_as_bytes("contexts", contexts), **_as_bytes("pair_topics", pairs),
    }  # fmt: skip
