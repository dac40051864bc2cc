"""Running the net without PyTorch, as the package would: its columns are further ones for the trees.

Two LSTMs read a window of the text from either side; a head joins what the one knows before a place with what the
other knows after it, and gives the chance of every character there: that of its sound times that among the characters
of its sound. The character that stands at the place is never read, so that its chance tells how well it fits.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import FIRST_HAN, STOP, Ids
from govmedia.engine.content.typos.model import Floats

FILE = Path(__file__).resolve().parents[1] / "var" / "training" / "neural.npz"
# A window has a core, whose places are judged, and so much before and after it for the readers to start with.
CORE = 48
LEAD = 24
AT_ONCE = 64
# Candidates whose odds by the first trees are lower are not looked at again.
GATE = -4.5
NAMES = (
    "net_new", "net_old", "net_gain", "net_best", "net_rank_new", "net_rank_old", "net_sound_new", "net_sound_old",
    "net_spread", *(f"net_by{shift:+d}" for shift in (-3, -2, -1, 1, 2, 3)), "net_line", "net_worst",
)  # fmt: skip
_BESIDE = (-3, -2, -1, 1, 2, 3)
Places = NDArray[np.int64]


def _sigmoid(values: Floats) -> Floats:
    np.negative(values, out=values)
    np.exp(values, out=values)
    values += 1
    np.reciprocal(values, out=values)
    return values


@dataclass(frozen=True, slots=True)
class Reader:
    """An LSTM: weights of what is read and of its own state, gates in the order input, forget, cell, output."""

    read: Floats
    own: Floats
    bias: Floats

    def states(self, letters: Floats) -> Floats:
        """The states after each letter; letters are (step, window, size)."""
        steps, windows, size = letters.shape
        width = len(self.own)
        given = (letters.reshape(-1, size) @ self.read + self.bias).reshape(steps, windows, -1)
        found = np.empty((steps, windows, width), np.float32)
        state = np.zeros((windows, width), np.float32)
        cell = np.zeros((windows, width), np.float32)
        for step in range(steps):
            gates = state @ self.own
            gates += given[step]
            both = _sigmoid(gates[:, : 2 * width])
            cell = both[:, width:] * cell + both[:, :width] * np.tanh(gates[:, 2 * width : 3 * width])
            state = _sigmoid(gates[:, 3 * width :]) * np.tanh(cell)
            found[step] = state
        return found


@dataclass(frozen=True, slots=True)
class Net:
    """The net. Outputs of characters stand in the order of sounds: `slots` says where, `sounds` of which sound."""

    letters: Floats
    before: Reader
    after: Reader
    join: Floats
    join_bias: Floats
    state: Floats
    state_bias: Floats
    sound_out: Floats
    sound_bias: Floats
    sign_out: Floats
    sign_bias: Floats
    starts: Places
    sounds: Places
    slots: Places

    def states(self, windows: Ids) -> Floats:
        """The state at each place but the first and the last of each window: (step, window, size)."""
        letters = self.letters[windows.T]
        left = self.before.states(letters[:-2])
        right = self.after.states(letters[:1:-1])[::-1]
        joined = left @ self.join[: left.shape[2]] + right @ self.join[left.shape[2] :] + self.join_bias
        found: Floats = _gelu(joined) @ self.state + self.state_bias
        return found

    def chances(self, states: Floats) -> tuple[Floats, Floats]:
        """Logarithms of the chances of sounds, and of characters in the order of slots, for rows of states."""
        sounds = _log_softmax(states @ self.sound_out + self.sound_bias)
        signs = states @ self.sign_out + self.sign_bias
        signs -= np.repeat(np.maximum.reduceat(signs, self.starts, axis=1), self._sizes(), axis=1)
        totals = np.log(np.add.reduceat(np.exp(signs), self.starts, axis=1))
        signs += np.repeat(sounds - totals, self._sizes(), axis=1)
        return sounds, signs

    def _sizes(self) -> Places:
        sizes: Places = np.diff(np.r_[self.starts, len(self.slots)])
        return sizes


def _gelu(values: Floats) -> Floats:
    """Of the form that training uses: with the hyperbolic tangent."""
    found: Floats = 0.5 * values * (1 + np.tanh(0.7978846 * (values + 0.044715 * values**3)))
    return found


def _log_softmax(values: Floats) -> Floats:
    values = values - values.max(axis=1, keepdims=True)
    found: Floats = values - np.log(np.exp(values).sum(axis=1, keepdims=True))
    return found


def _wide(parts: Any, name: str) -> Floats:
    found: Floats = parts[name].astype(np.float32)
    if f"{name}_scale" in parts:
        found *= parts[f"{name}_scale"].astype(np.float32)
    return found


def net(path: Path = FILE) -> Net:
    """The net of var/training/neural.npz. Errors: FileNotFoundError where it was not exported."""
    with np.load(path, allow_pickle=False) as parts:
        before, after = (
            Reader(*(_wide(parts, f"{side}_{name}") for name in ("read", "own", "bias")))
            for side in ("before", "after")
        )
        order, sizes = parts["order"].astype(np.int64), parts["sizes"].astype(np.int64)
        slots = np.empty(len(order), np.int64)
        slots[order] = np.arange(len(order))
        sounds = np.empty(len(order), np.int64)
        sounds[order] = np.repeat(np.arange(len(sizes)), sizes)
        return Net(
            letters=_wide(parts, "letters"), before=before, after=after,
            join=_wide(parts, "join"), join_bias=_wide(parts, "join_bias"),
            state=_wide(parts, "state"), state_bias=_wide(parts, "state_bias"),
            sound_out=_wide(parts, "sound_out"), sound_bias=_wide(parts, "sound_bias"),
            sign_out=_wide(parts, "sign_out"), sign_bias=_wide(parts, "sign_bias"),
            starts=np.cumsum(np.r_[0, sizes[:-1]]), sounds=sounds, slots=slots,
        )  # fmt: skip


def own_chances(net: Net, states: Floats, ids: Ids) -> Floats:
    """Logarithms of the chances of given characters, one for each row of states."""
    of = net.sounds[ids]
    found: Floats = _log_softmax(states @ net.sound_out + net.sound_bias)[np.arange(len(ids)), of]
    order = np.argsort(of, kind="stable")
    edges = np.flatnonzero(np.r_[True, of[order][1:] != of[order][:-1], True]) if len(ids) else np.zeros(1, np.int64)
    ends = np.r_[net.starts[1:], len(net.slots)]
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        rows = order[low:high]
        start, end = net.starts[of[rows[0]]], ends[of[rows[0]]]
        signs = states[rows] @ net.sign_out[:, start:end] + net.sign_bias[start:end]
        found[rows] += _log_softmax(signs)[np.arange(len(rows)), net.slots[ids[rows]] - start]
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """Windows of texts, and for each candidate its window and its place in the core."""

    windows: Ids
    owners: Places
    places: Places


def cut(ids: Ids, places: Places) -> Cut:
    """The windows that hold the places; these ascend."""
    blocks, owners = np.unique(places // CORE, return_inverse=True)
    padded = np.full((len(ids) // CORE + 1) * CORE + 2 * LEAD + 2, STOP, np.uint16)
    padded[LEAD + 1 : LEAD + 1 + len(ids)] = ids
    starts = blocks * CORE
    return Cut(padded[starts[:, None] + np.arange(CORE + 2 * LEAD + 2)], owners, places - starts[owners])


def columns(net: Net, given: Cut, candidates: Ids) -> Floats:
    """One row of NAMES for each candidate."""
    found = np.empty((len(candidates), len(NAMES)), np.float32)
    for first in range(0, len(given.windows), AT_ONCE):
        mine = np.flatnonzero((given.owners >= first) & (given.owners < first + AT_ONCE))
        windows = given.windows[first : first + AT_ONCE]
        found[mine] = _judged(net, windows, given.owners[mine] - first, given.places[mine], candidates[mine])
    return found


def _judged(net: Net, windows: Ids, rows: Places, at: Places, candidates: Ids) -> Floats:
    reach = max(_BESIDE)
    states = net.states(windows)[LEAD - reach : LEAD + CORE + reach]
    read = windows.T[LEAD + 1 - reach : LEAD + 1 + CORE + reach]
    known = own_chances(net, states.reshape(-1, states.shape[2]), read.reshape(-1)).reshape(read.shape)
    at = at + reach
    line, worst = _line(known, read)
    asked, place = np.unique(np.stack([rows, at]), axis=1, return_inverse=True)
    sounds, signs = net.chances(states[asked[1], asked[0]])
    written = read[at, rows]
    new, old = signs[place, net.slots[candidates]], signs[place, net.slots[written]]
    return np.stack([
        new, old, new - old, signs.max(axis=1)[place],
        np.log1p(_rank(signs, place, new)), np.log1p(_rank(signs, place, old)),
        sounds[place, net.sounds[candidates]], sounds[place, net.sounds[written]],
        -(np.exp(signs) * signs).sum(axis=1)[place],
        *(known[at + shift, rows] for shift in _BESIDE), line[rows], worst[rows],
    ], axis=1).astype(np.float32)  # fmt: skip


def _rank(signs: Floats, place: Places, value: Floats) -> NDArray[np.int64]:
    """How many characters are likelier than the given chance."""
    ordered = np.sort(signs, axis=1)
    below = [np.searchsorted(ordered[row], one, side="right") for row, one in zip(place, value, strict=True)]
    above: NDArray[np.int64] = signs.shape[1] - np.array(below, np.int64)
    return above


def _line(known: Floats, read: Ids) -> tuple[Floats, Floats]:
    """For each window how well its Chinese characters fit on average, and the second worst of them."""
    han = read >= FIRST_HAN
    mean = np.where(han, known, 0).sum(axis=0) / np.maximum(1, han.sum(axis=0))
    second = np.partition(np.where(han, known, 0), 1, axis=0)[1]
    return mean.astype(np.float32), second
