"""Tables of counts: what was put in is found, what was not is seldom taken for seen."""

import numpy as np
import pytest

from govmedia.engine.content.typos.table import STEPS, Table, packed, unpacked

fuse = pytest.importorskip("training.fuse")


@pytest.fixture(scope="module")
def filled() -> tuple[Table, np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    keys = np.unique(random.integers(0, 1 << 52, 20_000).astype(np.uint64))
    counts = random.integers(1, 200_000, len(keys))
    return fuse.built(keys, counts, bits=8), keys, counts


def test_levels_are_the_steps_of_the_counts(filled):
    table, keys, counts = filled
    assert (table.levels(keys) == [sum(count >= step for step in STEPS) for count in counts]).all()


def test_strings_that_were_not_seen_are_seldom_taken_for_seen(filled):
    table, keys, _ = filled
    others = np.setdiff1d(np.random.default_rng(6).integers(0, 1 << 52, 20_000).astype(np.uint64), keys)
    assert (table.levels(others) > 0).mean() < 2 / 2**8


def test_entries_of_twelve_bits_come_back_from_their_packing(filled):
    table, _, _ = filled
    assert (unpacked(packed(table.entries)) == table.entries).all()


def test_arrays_asked_at_once_are_answered_apart(filled):
    table, keys, _ = filled
    one, two, three = table.levels_of([keys[:7], keys[7:7], keys[7:20]])
    assert one.tolist() == table.levels(keys[:7]).tolist()
    assert two.tolist() == []
    assert three.tolist() == table.levels(keys[7:20]).tolist()
