"""Measure what the net adds to the trees, out of fold: `python -m training.neural_trees`.

Rows are the candidates that the shipped forest which has not seen their sentence puts at GATE or above. On these,
forests are trained three times: on the columns that ship; on these and the net's; on these and few of the net's.
Printed is what each reaches.
"""

import json
import sys
import time

import numpy as np
from bench.content_data import Pair
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import points
from govmedia.engine.content.typos.model import Counts, Floats, counts
from govmedia.engine.content.typos.scan import scanned
from govmedia.engine.content.typos.trees import judges
from training.neural_run import GATE, NAMES, Cut, Net, columns, cut, net
from training.typo_rows import PARTS, Rows, development, rows_of
from training.typo_slips import Slips
from training.typo_trees import SEED, TRAINED, exported, text_sentences, with_pairs

TEXT_SLIPS, TEXT_CLEAN = 4000, 8000
TEXT_WEIGHT = 0.3
SETTINGS = {
    "iterations": 300, "depth": 6, "learning_rate": 0.07, "l2_leaf_reg": 5, "border_count": 48,
    "boosting_type": "Plain", "rsm": 0.5, "bootstrap_type": "Bernoulli", "subsample": 0.7, "random_seed": SEED,
    "thread_count": 1, "verbose": 0,
}  # fmt: skip
FEW = ("net_gain", "net_old", "net_rank_old")
OFFICIAL = ("xxqg", "rmrb")
CLEAN_FLAGGED = 7
Known = tuple[NDArray[np.int64], Floats, Floats]


def gated(rows: Rows) -> Rows:
    """The rows that the first forests doubt, each asked of the forest that has not seen it."""
    odds = np.empty(len(rows.right), np.float32)
    for part in range(PARTS):
        mine = np.flatnonzero(rows.parts == part)
        odds[mine] = judges().scores(rows.columns[mine], rows.keys[mine], part, least=GATE)
    at = np.flatnonzero(odds >= GATE)
    return Rows(*(getattr(rows, name)[at] for name in Rows.__slots__))


def net_columns(rows: Rows, sentences: list[Pair], loaded: Counts, model: Net) -> Floats:
    """The net's columns of rows; each sentence is a text of its own, as it is when it is measured."""
    if not len(rows.right):
        return np.empty((0, 0), np.float32)
    edges = np.flatnonzero(np.r_[True, rows.sentences[1:] != rows.sentences[:-1], True])
    cuts, before = [], 0
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        text = sentences[int(rows.sentences[low])].wrong
        ids = scanned([loaded.ids[points(text)]], loaded).ids
        one = cut(ids, rows.places[low:high] + (len(ids) - len(text)) // 2)
        cuts.append(Cut(one.windows, one.owners + before, one.places))
        before += len(one.windows)
    joined = Cut(*(np.concatenate([getattr(one, name) for one in cuts]) for name in Cut.__slots__))
    return columns(model, joined, (rows.keys & 8191).astype(np.uint16))


def fitted(given: list[tuple[Rows, float]], unseen: int, known: Known) -> CatBoostClassifier:
    seen = [(rows, weight, rows.parts != unseen) for rows, weight in given]
    return CatBoostClassifier(**SETTINGS).fit(
        np.concatenate([with_pairs(rows, unseen, known)[mine] for rows, _, mine in seen]),
        np.concatenate([rows.right[mine] for rows, _, mine in seen]),
        sample_weight=np.concatenate([np.full(int(mine.sum()), weight) for _, weight, mine in seen]),
    )


def best_marks(rows: Rows, odds: Floats) -> tuple[NDArray[np.int64], Floats, NDArray[np.bool_]]:
    """Sentence, odds and whether the character is wrong, of the likeliest candidate of each place."""
    order = np.lexsort((-odds, rows.places, rows.sentences))
    sentences, places = rows.sentences[order], rows.places[order]
    order = order[np.r_[True, (sentences[1:] != sentences[:-1]) | (places[1:] != places[:-1])]]
    return rows.sentences[order], odds[order], rows.wrong[order]


def figures(
    sentences: list[Pair], marks: tuple[NDArray[np.int64], Floats, NDArray[np.bool_]], least: float
) -> dict[str, float]:
    """Precision and recall of marks, F1 of sentences, clean sentences flagged."""
    owners, odds, wrong = marks
    chosen = odds >= least
    truth = np.array([sum(a != b for a, b in zip(one.wrong, one.right, strict=True)) for one in sentences])
    made = np.bincount(owners[chosen], minlength=len(sentences))
    good = np.bincount(owners[chosen & wrong], minlength=len(sentences))
    exact = int(((made == truth) & (good == truth) & (truth > 0)).sum())
    flagged, faulty = int((made > 0).sum()), int((truth > 0).sum())
    return {
        "precision": round(good.sum() / max(1, made.sum()), 4), "recall": round(good.sum() / max(1, truth.sum()), 4),
        "f1": round(2 * exact / max(1, flagged + faulty), 4), "clean_flagged": int(((made > 0) & (truth == 0)).sum()),
    }  # fmt: skip


def told(name: str, sets: dict[str, list[Pair]], rows: dict[str, Rows], odds: dict[str, Floats]) -> None:
    """Print the figures at three thresholds, and the best F1."""
    marks = {one: best_marks(rows[one], odds[one]) for one in rows}
    table = {}
    for step in range(-60, 120):
        table[step / 20] = {one: figures(sets[one], marks[one], step / 20) for one in rows}
    rules = {
        "precision_0.90": lambda at: at["cscd"]["precision"] >= 0.9,
        "clean": lambda at: sum(at[one]["clean_flagged"] for one in OFFICIAL) <= CLEAN_FLAGGED,
        "odw_precision_0.97": lambda at: at["odw"]["precision"] >= 0.97,
    }
    for rule, fits in rules.items():
        least = next(step for step, at in table.items() if fits(at))
        sys.stdout.write(json.dumps({"columns": name, "at": rule, "odds": least, **table[least]}) + "\n")
    best = {one: max(at[one]["f1"] for at in table.values()) for one in ("cscd", "odw")}
    sys.stdout.write(json.dumps({"columns": name, "best_f1": best}) + "\n")
    sys.stdout.flush()


def tried(name: str, sets: dict[str, list[Pair]], rows: dict[str, Rows], made: list[Rows], known: Known) -> None:
    """Train the five forests on rows, tell what they reach."""
    given = [*((rows[one], 1.0) for one in TRAINED), *((one, TEXT_WEIGHT) for one in made)]
    odds = {one: np.empty(len(rows[one].right), np.float32) for one in rows}
    for unseen in range(PARTS):
        forest = exported(fitted(given, unseen, known))
        for one, these in rows.items():
            mine = np.flatnonzero(these.parts == unseen)
            pairs = judges().pairs(these.keys[mine], unseen)
            odds[one][mine] = forest.scores(np.hstack([these.columns[mine], pairs]))
    told(name, sets, rows, odds)


def main() -> None:
    started, loaded, model = time.monotonic(), counts(), net()
    sets = {name: one for name, one in development().items() if name in TRAINED}
    text = text_sentences()
    others = [
        Slips(loaded, SEED).made(text[:TEXT_SLIPS]),
        [Pair(one, one) for one in text[TEXT_SLIPS : TEXT_SLIPS + TEXT_CLEAN]],
    ]
    rows = {name: gated(rows_of(one, loaded)) for name, one in sets.items()}
    made = [gated(rows_of(one, loaded)) for one in others]
    first = judges()
    known = (first.keys, first.errors, first.others)
    sys.stdout.write(
        f"{[len(one.right) for one in (*rows.values(), *made)]} rows, {time.monotonic() - started:.0f} s\n"
    )
    tried("as shipped", sets, rows, made, known)
    for these, sentences in [*((rows[name], sets[name]) for name in rows), *zip(made, others, strict=True)]:
        these.columns = np.hstack([these.columns, net_columns(these, sentences, loaded, model)])
    sys.stdout.write(f"the net was asked, {time.monotonic() - started:.0f} s\n")
    tried("and the net's", sets, rows, made, known)
    for these in (*rows.values(), *made):
        kept = these.columns.shape[1] - len(NAMES)
        these.columns = np.hstack(
            [these.columns[:, :kept], these.columns[:, [kept + NAMES.index(one) for one in FEW]]]
        )
    tried("and few of the net's", sets, rows, made, known)


if __name__ == "__main__":
    main()
