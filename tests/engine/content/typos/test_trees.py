"""Our walk through the trees gives what CatBoost itself gave, kept when they were trained."""

from pathlib import Path

import numpy as np
import pytest

from govmedia.engine.content.typos.features import NAMES
from govmedia.engine.content.typos.trees import Forest, judges

EXPECTED = Path(__file__).parents[3] / "data" / "inspection" / "typo_trees_expected.npz"


@pytest.mark.parametrize("number", range(5))
def test_scores_equal_those_of_the_library(number):
    with np.load(EXPECTED) as kept:
        columns, said = kept["columns"], kept["said"]
    assert columns.shape[1] == len(NAMES) + 3
    assert np.ptp(said[number]) > 1
    assert judges().forests[number].scores(columns) == pytest.approx(said[number], abs=1e-4)


def test_answers_are_the_bits_of_the_leaf():
    forest = Forest(
        np.array([[0, 1]]), np.array([[0.5, 2.0]], np.float32), np.array([[1, 2, 3, 4]], np.float32), 10.0
    )
    rows = np.array([[0, 0], [1, 0], [0, 3], [1, 3]], np.float32)
    assert forest.scores(rows).tolist() == [11, 12, 13, 14]


def test_the_mean_of_all_forests_stays_above_the_bound_asked_for():
    with np.load(EXPECTED) as kept:
        columns = kept["columns"][:, :-3]
    keys = np.full(len(columns), -1, np.int64)
    mean = np.mean([judges().scores(columns, keys, part, least=-99) for part in range(5)], axis=0)
    found = judges().scores(columns, keys, least=0.0)
    sure = mean >= 0.5
    assert found[sure] == pytest.approx(mean[sure], abs=1e-4)
