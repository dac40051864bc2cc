"""Sentences with and without wrong characters as rows for the trees."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from bench.content_data import Pair, pairs
from bench.content_typos import PARTS, SETS, part_of
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import points
from govmedia.engine.content.typos.features import features
from govmedia.engine.content.typos.model import Counts, Floats
from govmedia.engine.content.typos.scan import MARGIN, found, scanned
from govmedia.engine.content.typos.trees import pair_keys

# As much as the features reach: no sentence sees another.
GAP = "\n" * 12
AT_ONCE = 200
# Bounds of candidates in training, wider than in use: the trees learn from what is hopeless too.
WIDE_GAIN, WIDE_MORE = -1.0, -99


@dataclass(slots=True)
class Rows:
    """Candidates of sentences: `right` where one is the character meant, `wrong` where the written one is not."""

    columns: Floats
    sentences: NDArray[np.int64]
    places: NDArray[np.int64]
    keys: NDArray[np.int64]
    right: NDArray[np.bool_]
    wrong: NDArray[np.bool_]
    parts: NDArray[np.int64]


def rows_of(sentences: Sequence[Pair], counts: Counts) -> Rows:
    """All candidates of sentences."""
    pieces = [
        _piece(sentences[start : start + AT_ONCE], start, counts) for start in range(0, len(sentences), AT_ONCE)
    ]
    parts = np.array([part_of(pair.right) for pair in sentences], np.int64)
    joined = [np.concatenate(columns) for columns in zip(*pieces, strict=True)]
    return Rows(*joined, parts=parts[joined[1]])


def _piece(sentences: Sequence[Pair], start: int, counts: Counts) -> tuple[NDArray[np.generic], ...]:
    ids = counts.ids[points(GAP.join(pair.wrong for pair in sentences))]
    meant = counts.ids[points(GAP.join(pair.right for pair in sentences))]
    scan = scanned([ids], counts)
    all_ = found(scan, counts, least_gain=WIDE_GAIN, least_more=WIDE_MORE)
    starts = np.cumsum([0, *(len(pair.wrong) + len(GAP) for pair in sentences)])[:-1]
    places = all_.places - MARGIN
    owners = np.searchsorted(starts, places, side="right") - 1
    written = scan.ids[all_.places]
    return (
        features(scan, all_, counts),
        owners + start,
        places - starts[owners],
        pair_keys(written, all_.ids),
        meant[places] == all_.ids,
        meant[places] != written,
    )


def development() -> dict[str, list[Pair]]:
    """The development sets by name."""
    return {name: pairs(path) for name, path in SETS.items()}


@dataclass(slots=True)
class PairCounts:
    """By part: pairs that were slips, and pairs that were candidates but none."""

    errors: list[Counter[int]]
    others: list[Counter[int]]

    def arrays(self) -> tuple[NDArray[np.int64], Floats, Floats]:
        """All pairs that were slips or often none, sorted, and both counts by part."""
        seen = sum(self.others, Counter())
        keys = np.array(sorted({*sum(self.errors, Counter()), *(key for key, n in seen.items() if n >= 3)}), np.int64)
        return (
            keys,
            *(
                np.array([[part[key] for key in keys.tolist()] for part in counted], np.float32)
                for counted in (self.errors, self.others)
            ),
        )


def pair_counts(sets: dict[str, list[Pair]], rows: dict[str, Rows], counts: Counts) -> PairCounts:
    """Slips by pair from the sentences, other candidates from the rows."""
    errors: list[Counter[int]] = [Counter() for _ in range(PARTS)]
    others: list[Counter[int]] = [Counter() for _ in range(PARTS)]
    for name, sentences in sets.items():
        for pair in sentences:
            if pair.wrong != pair.right:
                written, meant = counts.ids[points(pair.wrong)], counts.ids[points(pair.right)]
                apart = written != meant
                errors[part_of(pair.right)].update(pair_keys(written[apart], meant[apart]).tolist())
        for part in range(PARTS):
            these = rows[name]
            others[part].update(these.keys[(these.parts == part) & ~these.wrong].tolist())
    return PairCounts(errors, others)
