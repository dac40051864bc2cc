"""Make the tables of words and pairs of words out of libime's model: `python -m training.typo_words`.

Writes typo_words.npz into the folder of models; it is under LGPL-2.1-or-later as its source is. LIBIME_MODEL names
the model where Debian's package is not installed. Takes a minute.
"""

import sys

import numpy as np

from govmedia.engine.content.typos.alphabet import FIRST_HAN, keys, points
from govmedia.engine.content.typos.model import counts
from govmedia.engine.content.typos.phrases import (
    BACK_STEP,
    HIGHEST_PAIR,
    HIGHEST_TRIO,
    HIGHEST_WORD,
    LONGEST,
    PAIR_STEP,
    TRIO_STEP,
    WORD_STEP,
    join,
    step_of,
)  # fmt: skip
from training.fuse import table_of
from training.libime import read
from training.typo_counts import MODELS, stored


def main() -> None:
    found = read()
    ids = counts().ids
    numbers = np.zeros(len(found.words), np.uint64)
    for place, word in enumerate(found.words):
        signs = ids[points(word)]
        if len(word) <= LONGEST and (signs >= FIRST_HAN).all():
            numbers[place] = keys(signs, len(word))[0]
    fit = numbers > 0
    words = step_of(found.chances, HIGHEST_WORD, WORD_STEP, 63)[fit]
    backs = step_of(found.backs, 0.0, BACK_STEP, 63)[fit]
    both = fit[found.first] & fit[found.second]
    joined = join(numbers[found.first[both]], numbers[found.second[both]])
    joined, at = np.unique(joined, return_index=True)
    pairs = step_of(found.pair_chances, HIGHEST_PAIR, PAIR_STEP, 15)[both][at]
    keys1, keys2, keys3 = (
        numbers[one] for one in (found.trio_first, found.first[found.trio_pairs], found.second[found.trio_pairs])
    )
    whole = (keys1 > 0) & (keys2 > 0) & (keys3 > 0)
    threes, where = np.unique(join(join(keys1, keys2), keys3)[whole], return_index=True)
    trios = step_of(found.trio_chances, HIGHEST_TRIO, TRIO_STEP, 15)[whole][where]
    parts = stored("words", table_of(numbers[fit], words, bits=10, value_bits=6))
    parts |= stored("backs", table_of(numbers[fit], backs, bits=6, value_bits=6))
    parts |= stored("pairs", table_of(joined, pairs, bits=8))
    parts |= stored("trios", table_of(threes, trios, bits=8))
    path = MODELS / "typo_words.npz"
    np.savez_compressed(path, **parts)
    sys.stdout.write(f"{fit.sum()} words, {len(joined)} pairs, {len(threes)} trios, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
