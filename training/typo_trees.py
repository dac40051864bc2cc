"""Train the trees that judge candidates: `python -m training.typo_trees`.

Five forests, each trained without one part (fold) of the development sentences, by the hash of the right sentence;
what is measured on a sentence uses the forest that has not seen it. In use the mean of the five decides. Added to the
development sentences: slips made in text that was not counted, and such text as it is.
"""

import json
import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from bench.content_data import Pair
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from govmedia.engine.content.typos.model import Counts, Floats, counts
from govmedia.engine.content.typos.trees import Forest, pair_columns
from training.typo_counts import MODELS
from training.typo_rows import PARTS, Rows, development, pair_counts, rows_of
from training.typo_slips import Slips
from training.typo_text import tree_lines

SEED = 4
EXPECTED = Path(__file__).resolve().parents[1] / "tests" / "data" / "inspection" / "typo_trees_expected.npz"
# The development sets that are trained on; the medical one taught the trees little that others need.
TRAINED = ("cscd", "odw", "law", "xxqg", "rmrb")
# Sentences of text that was not counted; slips are made in so many of them, the others stay as they are.
TEXT_SENTENCES = 24000
TEXT_SLIPS = 8000
TEXT_WEIGHT = 0.3
SHORTEST, LONGEST = 10, 150
SETTINGS = {
    "iterations": 300, "depth": 6, "learning_rate": 0.09, "l2_leaf_reg": 5, "border_count": 48,
    "boosting_type": "Plain", "rsm": 0.5, "bootstrap_type": "Bernoulli", "subsample": 0.7, "random_seed": SEED,
    "thread_count": 1, "verbose": 0,
}  # fmt: skip
_SENTENCES = re.compile(r"(?<=[。！？；])")


def text_sentences() -> list[str]:
    """Sentences of the text that was not counted, drawn by chance."""
    found = [one for line in tree_lines() for one in _SENTENCES.split(line) if SHORTEST <= len(one) <= LONGEST]
    np.random.default_rng(SEED).shuffle(found)
    return found[:TEXT_SENTENCES]


def text_rows(loaded: Counts) -> list[Rows]:
    """Rows of made slips, and of text as it is."""
    text = text_sentences()
    slips = Slips(loaded, SEED).made(text[:TEXT_SLIPS])
    return [rows_of(slips, loaded), rows_of([Pair(one, one) for one in text[TEXT_SLIPS:]], loaded)]


def with_pairs(rows: Rows, unseen: int, known: tuple[NDArray[np.int64], Floats, Floats]) -> Floats:
    """The rows' columns and those on pairs, counted without the unseen part and without each row's own."""
    keys, errors, others = known
    at = np.minimum(np.searchsorted(keys, rows.keys), len(keys) - 1)
    hit = keys[at] == rows.keys
    added = np.zeros((len(at), 3), np.float32)
    for own in range(PARTS):
        mine = np.flatnonzero(rows.parts == own)
        rest = [part for part in range(PARTS) if part not in (own, unseen)]
        added[mine] = pair_columns(errors[rest][:, at[mine]] * hit[mine], others[rest][:, at[mine]] * hit[mine])
    return np.hstack([rows.columns, added])


def fitted(
    given: list[tuple[Rows, float]], unseen: int, known: tuple[NDArray[np.int64], Floats, Floats]
) -> CatBoostClassifier:
    """A forest that has not seen a part."""
    columns, right, weights = [], [], []
    for rows, weight in given:
        seen = rows.parts != unseen
        columns.append(with_pairs(rows, unseen, known)[seen])
        right.append(rows.right[seen])
        weights.append(np.full(int(seen.sum()), weight))
    model = CatBoostClassifier(**SETTINGS)
    return model.fit(np.concatenate(columns), np.concatenate(right), sample_weight=np.concatenate(weights))


def exported(model: CatBoostClassifier) -> Forest:
    """CatBoost's trees as arrays. Trees of less than full depth get questions that are always answered no."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        model.save_model(file.name, format="json")
        found = json.loads(Path(file.name).read_text(encoding="utf-8"))
    depth = SETTINGS["depth"]
    trees = found["oblivious_trees"]
    columns = np.zeros((len(trees), depth), np.int64)
    borders = np.full((len(trees), depth), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth), np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            columns[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = found["scale_and_bias"]
    return Forest(columns, borders, leaves * np.float32(scale), float(np.ravel(bias)[0]))


def saved(forests: list[Forest], known: tuple[NDArray[np.int64], Floats, Floats]) -> int:
    """Write typo_trees.npz and give its size."""
    parts: dict[str, NDArray[np.generic]] = {"forests": np.array(len(forests))}
    for number, forest in enumerate(forests):
        parts[f"columns_{number}"] = forest.columns.astype(np.uint8)
        parts[f"borders_{number}"] = forest.borders
        parts[f"leaves_{number}"] = forest.leaves
        parts[f"bias_{number}"] = np.float32(forest.bias)
    keys, errors, others = known
    parts |= {"pair_keys": keys, "pair_errors": errors.astype(np.uint16), "pair_others": others.astype(np.uint16)}
    path = MODELS / "typo_trees.npz"
    np.savez_compressed(path, **parts)
    return path.stat().st_size


def expected(models: list[CatBoostClassifier], rows: Rows) -> None:
    """Keep some rows with what CatBoost itself says of them, for the test of our own walk through the trees."""
    some = np.linspace(0, len(rows.right) - 1, 40).astype(int)
    columns = np.hstack([rows.columns[some], np.zeros((len(some), 3), np.float32)])
    said = [model.predict(columns, prediction_type="RawFormulaVal") for model in models]
    EXPECTED.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(EXPECTED, columns=columns, said=np.array(said, np.float32))


def main() -> None:
    started = time.monotonic()
    loaded = counts()
    sets = development()
    rows = {name: rows_of(sentences, loaded) for name, sentences in sets.items()}
    known = pair_counts(sets, rows, loaded).arrays()
    given = [*((rows[name], 1.0) for name in TRAINED), *((one, TEXT_WEIGHT) for one in text_rows(loaded))]
    sys.stdout.write(f"{[len(one.right) for one, _ in given]} rows, {time.monotonic() - started:.0f} s\n")
    forests, models = [], []
    for unseen in range(PARTS):
        model = fitted(given, unseen, known)
        forest = exported(model)
        some = with_pairs(rows["odw"], unseen, known)
        apart = np.abs(forest.scores(some) - model.predict(some, prediction_type="RawFormulaVal")).max()
        sys.stdout.write(
            f"forest {unseen}: apart from CatBoost's own {apart:.6f}, {time.monotonic() - started:.0f} s\n"
        )
        sys.stdout.flush()
        forests.append(forest)
        models.append(model)
    expected(models, rows["odw"])
    sys.stdout.write(f"{saved(forests, known)} bytes\n")


if __name__ == "__main__":
    main()
