"""Slips made from clean sentences the way input methods make them."""

import re
from collections import defaultdict
from collections.abc import Sequence

import jieba
import numpy as np
from bench.content_data import Pair
from pypinyin import lazy_pinyin

from govmedia.engine.content.typos.alphabet import FIRST_HAN
from govmedia.engine.content.typos.kinds import KEY, SHAPE, SIMILAR_SOUND, SOUND, STROKE
from govmedia.engine.content.typos.model import Counts
from training.typo_counts import dictionary

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Half the slips take another word of the same sound; the others another character, for one of these reasons.
WORD_SHARE = 0.5
REASONS = ((SOUND, 0.62), (SIMILAR_SOUND, 0.12), (KEY, 0.12), (SHAPE, 0.09), (STROKE, 0.05))
SECOND_SHARE = 0.15
LEAST_COUNT = 3
LONGEST = 3


class Slips:
    """Makes wrong sentences of right ones; the same for the same seed."""

    def __init__(self, counts: Counts, seed: int) -> None:
        jieba.setLogLevel(60)
        self._counts = counts
        self._random = np.random.default_rng(seed)
        self._alike: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
        for line in dictionary():
            word, count, _ = line.split(" ")
            if len(word) <= LONGEST and int(count) >= LEAST_COUNT and _HAN.fullmatch(word):
                self._alike[len(word), "".join(lazy_pinyin(word))].append((word, int(count)))

    def made(self, sentences: Sequence[str]) -> list[Pair]:
        """One wrong version of each sentence that has a word to go wrong."""
        found = []
        for right in sentences:
            wrong = self._slip(right)
            if wrong and self._random.random() < SECOND_SHARE:
                wrong = self._slip(wrong) or wrong
            if wrong:
                found.append(Pair(wrong, right))
        return found

    def _slip(self, sentence: str) -> str | None:
        words = [(word, start) for word, start, _ in jieba.tokenize(sentence) if _HAN.fullmatch(word)]
        if not words:
            return None
        lengths = np.array([len(word) for word, _ in words], float)
        for _ in range(6):
            word, start = words[self._random.choice(len(words), p=lengths / lengths.sum())]
            other = self._word(word) if self._random.random() < WORD_SHARE else self._character(word)
            if other:
                return sentence[:start] + other + sentence[start + len(word) :]
        return None

    def _word(self, word: str) -> str | None:
        alike = [one for one in self._alike.get((len(word), "".join(lazy_pinyin(word))), ()) if one[0] != word]
        if len(word) > LONGEST or not alike:
            return None
        weights = np.array([count for _, count in alike], float) ** 0.6
        return alike[self._random.choice(len(alike), p=weights / weights.sum())][0]

    def _character(self, word: str) -> str | None:
        place = int(self._random.integers(len(word)))
        number = int(self._counts.ids[ord(word[place])])
        if number < FIRST_HAN:
            return None
        start, end = self._counts.starts[number], self._counts.starts[number + 1]
        kinds, others = self._counts.kinds[start:end], self._counts.candidates[start:end]
        reason = self._random.choice([bit for bit, _ in REASONS], p=[share for _, share in REASONS])
        fit = kinds & reason > 0
        if reason in (SIMILAR_SOUND, KEY):
            fit &= kinds & SOUND == 0
        if not fit.any():
            return None
        weights = np.exp(0.7 * self._counts.log_characters[others[fit]])
        other = self._random.choice(others[fit], p=weights / weights.sum())
        return word[:place] + self._counts.han[other - FIRST_HAN] + word[place + 1 :]
