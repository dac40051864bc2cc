"""The small net: what it may see of a text, and that its quick ways give what the plain ones give."""

import numpy as np
import pytest

from govmedia.engine.content.typos.alphabet import FIRST_HAN, STOP

neural = pytest.importorskip("training.neural_run")
CORE, LEAD, NAMES = neural.CORE, neural.LEAD, neural.NAMES
Cut, Net, Reader = neural.Cut, neural.Net, neural.Reader
columns, cut, own_chances = neural.columns, neural.cut, neural.own_chances

LETTERS = FIRST_HAN + 40
# Sounds of one character to many: the first is that of all signs.
SIZES = np.array([FIRST_HAN, 1, 7, 12, 20])


def made() -> Net:
    """A net of chance weights."""
    random = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:
        return random.normal(0, 0.6, shape).astype(np.float32)

    order = np.r_[np.arange(FIRST_HAN), FIRST_HAN + random.permutation(40)]
    slots = np.empty(LETTERS, np.int64)
    slots[order] = np.arange(LETTERS)
    sounds = np.empty(LETTERS, np.int64)
    sounds[order] = np.repeat(np.arange(len(SIZES)), SIZES)
    return Net(
        some(LETTERS, 6), Reader(some(6, 16), some(4, 16), some(16)), Reader(some(6, 16), some(4, 16), some(16)),
        some(8, 5), some(5), some(5, 7), some(7), some(7, len(SIZES)), some(len(SIZES)),
        some(7, LETTERS), some(LETTERS),
        starts=np.cumsum(np.r_[0, SIZES[:-1]]), sounds=sounds, slots=slots,
    )  # fmt: skip


def text(length: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(STOP, LETTERS, length).astype(np.uint16)


def test_chances_of_all_characters_sum_to_one() -> None:
    net, ids = made(), text(30)
    sounds, signs = net.chances(net.states(ids[None])[:, 0])
    assert np.allclose(np.exp(signs).sum(axis=1), 1, atol=1e-4)
    assert np.allclose(np.exp(sounds).sum(axis=1), 1, atol=1e-4)


def test_chance_of_a_character_within_its_sound() -> None:
    net, ids = made(), text(30)
    states = net.states(ids[None])[:, 0]
    sounds, signs = net.chances(states)
    of_sound = np.stack([np.exp(signs[:, net.slots[net.sounds == sound]]).sum(axis=1) for sound in range(len(SIZES))])
    assert np.allclose(of_sound.T, np.exp(sounds), atol=1e-4)


def test_own_chances_are_those_of_all() -> None:
    net, ids = made(), text(60)
    states = net.states(ids[None])[:, 0]
    _, signs = net.chances(states)
    inner = ids[1:-1]
    expected = signs[np.arange(len(inner)), net.slots[inner]]
    assert np.allclose(own_chances(net, states, inner), expected, atol=1e-4)


def test_a_place_is_judged_by_all_but_itself() -> None:
    net, ids = made(), text(20)
    other = ids.copy()
    other[9] = STOP + 1 if ids[9] != STOP + 1 else STOP
    before, after = net.states(ids[None])[:, 0], net.states(other[None])[:, 0]
    assert np.array_equal(before[8], after[8])
    assert not np.allclose(before[7], after[7]) and not np.allclose(before[9], after[9])


@pytest.mark.parametrize("length", [1, CORE - 1, CORE, CORE + 1, 3 * CORE])
def test_windows_hold_what_stands_around_a_place(length: int) -> None:
    ids = text(length)
    places = np.arange(length)
    given = cut(ids, places)
    read = given.windows[given.owners, given.places + LEAD + 1]
    assert np.array_equal(read, ids)
    right = given.windows[given.owners, given.places + LEAD + 2]
    assert np.array_equal(right[:-1], ids[1:]) and right[-1] == STOP


def test_columns_say_how_candidate_and_text_fit() -> None:
    net, ids = made(), text(3 * CORE)
    places = np.array([3, 3, CORE + 5, 2 * CORE + 40])
    candidates = np.array([FIRST_HAN, FIRST_HAN + 9, FIRST_HAN + 3, FIRST_HAN + 4], np.uint16)
    given = cut(ids, places)
    found = columns(net, given, candidates)
    assert found.shape == (4, len(NAMES))
    for row in range(4):
        window = given.windows[given.owners[row]]
        _, signs = net.chances(net.states(window[None])[:, 0])
        of = signs[given.places[row] + LEAD]
        new, old = of[net.slots[candidates[row]]], of[net.slots[ids[places[row]]]]
        assert np.allclose(found[row, :4], [new, old, new - old, of.max()], atol=1e-4)
        assert np.isclose(found[row, NAMES.index("net_rank_new")], np.log1p((of > new).sum()), atol=1e-5)


def test_windows_are_judged_alike_alone_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    net, ids = made(), text(6 * CORE)
    places = np.arange(5, 6 * CORE, 11)
    candidates = text(len(places), seed=2)
    together = columns(net, cut(ids, places), candidates)
    monkeypatch.setattr(neural, "AT_ONCE", 1)
    assert np.allclose(columns(net, cut(ids, places), candidates), together, atol=1e-4)


def test_nothing_asked_nothing_found() -> None:
    nothing = Cut(np.empty((0, CORE + 2 * LEAD + 2), np.uint16), np.empty(0, np.int64), np.empty(0, np.int64))
    assert columns(made(), nothing, np.empty(0, np.uint16)).shape == (0, len(NAMES))
