"""The text the neural layer is trained on, as numbers: chunks in a random order, with slips put into what is read.

News and laws (less of these, for they repeat themselves), some general text. Of news and laws `counted_lines` only:
the text on which the trees are trained stays unseen, so that they are told of it what they are told in use.
"""

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench.content_data import data_folder, training_news
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

from govmedia.engine.content.typos.alphabet import FIRST_HAN, STOP, alphabet, points
from training.typo_text import NEWS_SHARE, counted_lines

CHUNK = 96
# By part: how much of what is trained on is from it.
SHARES = {"news": 0.5, "laws": 0.2, "drawn": 0.2, "general": 0.1}
# How many of the characters that are read are slips, and of which sort: a character of the same sound, of any.
SLIPS = 0.04
ANY_SHARE = 0.15
FLAT = 0.7
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Characters in the order of the output, by sound. `order[n]` is the number of the n-th one."""

    han: str
    sounds: tuple[str, ...]
    order: Ids
    sizes: Ids

    @property
    def size(self) -> int:
        return FIRST_HAN + len(self.han)

    def places(self) -> tuple[Ids, Ids]:
        """For each number its sound and its place within the sound."""
        sound, place = np.zeros(self.size, np.int64), np.zeros(self.size, np.int64)
        starts = np.cumsum(np.r_[0, self.sizes])
        for number, (start, size) in enumerate(zip(starts, self.sizes, strict=False)):
            sound[self.order[start : start + size]] = number
            place[self.order[start : start + size]] = np.arange(size)
        return sound, place


def by_sound(han: str) -> Alphabet:
    """The first sound is that of all signs that are no Chinese characters."""
    groups: dict[str, list[int]] = {"": list(range(FIRST_HAN))}
    for place, sign in enumerate(han):
        groups.setdefault(lazy_pinyin(sign, style=Style.NORMAL)[0], []).append(FIRST_HAN + place)
    order = np.array([number for group in groups.values() for number in group], np.int64)
    return Alphabet(han, tuple(groups), order, np.array([len(group) for group in groups.values()], np.int64))


def general_lines() -> Iterator[str]:
    """The right sides of pairs that are no development set: literary sentences and medical questions."""
    for name in ("macro-gen-passage", "mcsc-valid"):
        with lzma.open(data_folder() / "csc-train" / f"{name}.tsv.xz", "rt", encoding="utf-8") as lines:
            yield from (line.rstrip("\n").split("\t")[1] for line in lines)


def streams(han: str, folder: Path) -> dict[str, NDArray[np.uint16]]:
    """All training text as numbers, by part; without `drawn.txt` (training/neural_words.py) where it is absent."""
    cache = folder / "text.npz"
    ids = alphabet(han)
    if not cache.exists():
        lines = list(counted_lines())
        split = sum(1 for line in training_news() if line and zlib.crc32(line.encode()) % NEWS_SHARE)
        parts = {"news": lines[:split], "laws": lines[split:]}
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(cache, **{name: ids[points("\n".join(part) + "\n")] for name, part in parts.items()})
    with np.load(cache) as parts:
        found = {name: parts[name] for name in ("news", "laws")}
    found["general"] = ids[points("\n".join(general_lines()) + "\n")]
    drawn = folder / "drawn.txt"
    return found | ({"drawn": ids[points(drawn.read_text(encoding="utf-8"))]} if drawn.exists() else {})


class Slips:
    """Puts slips into chunks."""

    def __init__(self, letters: Alphabet, seen: Ids) -> None:
        self._sound, self._place = letters.places()
        self._order, self._starts = letters.order, np.cumsum(np.r_[0, letters.sizes])
        weights = np.where(letters.order >= FIRST_HAN, (seen[letters.order] + 0.01) ** FLAT, 0.0)
        self._weights = np.r_[0.0, np.cumsum(weights)]
        self._all = np.r_[0.0, np.cumsum(np.where(np.arange(letters.size) >= FIRST_HAN, seen, 0))]

    def put(self, chunks: Ids, random: np.random.Generator) -> Ids:
        """The chunks with some characters replaced."""
        chosen = (random.random(chunks.shape) < SLIPS) & (chunks >= FIRST_HAN)
        old = chunks[chosen]
        low, high = self._weights[self._starts[self._sound[old]]], self._weights[self._starts[self._sound[old] + 1]]
        drawn = low + random.random(len(old)) * (high - low)
        same = self._order[np.searchsorted(self._weights, drawn, side="right") - 1]
        other = np.searchsorted(self._all, random.random(len(old)) * self._all[-1], side="right") - 1
        slipped = chunks.copy()
        slipped[chosen] = np.where(random.random(len(old)) < ANY_SHARE, other, same)
        return slipped


def chunks(texts: dict[str, NDArray[np.uint16]], random: np.random.Generator) -> Iterator[Ids]:
    """Chunks without end, STOP before and after each, of parts by SHARES; each round cuts a part at other places."""
    rounds = {name: _round(text, random) for name, text in texts.items()}
    shares = np.array([SHARES[name] for name in texts])
    while True:
        yield next(rounds[list(texts)[random.choice(len(texts), p=shares / shares.sum())]])


def _round(text: NDArray[np.uint16], random: np.random.Generator) -> Iterator[Ids]:
    while True:
        starts = np.arange(int(random.integers(CHUNK)), len(text) - CHUNK, CHUNK)
        random.shuffle(starts)
        for start in starts:
            yield np.r_[STOP, text[start : start + CHUNK], STOP].astype(np.int64)
