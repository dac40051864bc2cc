"""Sentences drawn from libime's language model: general words and what follows what, which official text lacks.

They are nonsense over a distance, right nearby. Drawn word by word: after two words where such trios are listed, else
after one, else any. `python -m training.neural_words` writes var/training/drawn.txt.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.libime import PATH, read

TARGET = Path(__file__).resolve().parents[1] / "var" / "training" / "drawn.txt"
CHARACTERS = 3_000_000
SEED = 4
CHAINS = 4000
ENDS = ("，", "。", "、", "；")
END_SHARES = (0.55, 0.35, 0.06, 0.04)
END = 0.12
_NONE = -1


class Rows:
    """For each context (sorted keys) what follows, with running sums of chances."""

    def __init__(self, keys: NDArray[np.int64], following: NDArray[np.int64], chances: NDArray[np.float64]) -> None:
        order = np.argsort(keys, kind="stable")
        self.keys, self.following = keys[order], following[order]
        self.sums = np.r_[0.0, np.cumsum(chances[order])]

    def drawn(self, asked: NDArray[np.int64], chance: NDArray[np.float64]) -> NDArray[np.int64]:
        """What follows each asked context at a chance from 0 to 1; _NONE beyond what is listed."""
        low, high = np.searchsorted(self.keys, asked), np.searchsorted(self.keys, asked, side="right")
        target = self.sums[low] + chance
        found = np.searchsorted(self.sums, target, side="right") - 1
        return np.where(
            (found >= low) & (found < high), self.following[np.minimum(found, len(self.following) - 1)], _NONE
        )


def sentences(count: int, path: Path = PATH) -> str:
    """About so many characters of drawn sentences, one stream."""
    model = read(path)
    random = np.random.default_rng(SEED)
    size = len(model.words)
    none = model.words.index("<unk>")
    pairs = Rows(model.first, model.second, 10.0 ** model.pair_chances.astype(float))
    trios = Rows(
        model.trio_first * size + model.first[model.trio_pairs],
        model.second[model.trio_pairs],
        10.0 ** model.trio_chances.astype(float),
    )
    alone = 10.0 ** model.chances[:size].astype(float)
    alone[none] = 0
    singles = np.cumsum(alone) / alone.sum()
    before, last = np.full(CHAINS, none), np.full(CHAINS, none)
    lines: list[list[str]] = [[] for _ in range(CHAINS)]
    written = 0
    while written < count:
        chosen = trios.drawn(before * size + last, random.random(CHAINS))
        chosen = np.where(chosen == _NONE, pairs.drawn(last, random.random(CHAINS)), chosen)
        chosen = np.where(chosen == _NONE, np.searchsorted(singles, random.random(CHAINS)), chosen)
        ended = random.random(CHAINS) < END
        marks = random.choice(len(ENDS), CHAINS, p=END_SHARES)
        for chain, (word, over) in enumerate(zip(chosen.tolist(), ended.tolist(), strict=True)):
            sign = ENDS[marks[chain]] if over else model.words[word]
            lines[chain].append(sign)
            written += len(sign)
        before, last = np.where(ended, none, last), np.where(ended, none, chosen)
    return "\n".join("".join(line) for line in lines)


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    text = sentences(CHARACTERS)
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(text)} characters\n")


if __name__ == "__main__":
    main()
