"""Choose the set pairs of wrong and right words by evidence: `python -m training.typo_pairs`.

`typo_pairs_own.txt` holds our own, from experience with official text: a right form a line, then wrong ones. They
were chosen by eye, each against what words that follow one another make; here they only may not stand in the training
text more than a stray time or two, as faults do.

An entry of the public lists stays where the wrong form never stands in the training text and is no word of any
dictionary here, the right one does stand there or is a word, both are of one length and in simplified characters, and
the wrong form is not what two words that follow one another make: it has four characters or more, or its first half
ends and its second half begins words so rarely that they would not meet once in ten million words. DROPPED were
struck out by eye.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import daachorse
from bench.content_data import data_folder, training_laws, training_news
from pypinyin.phrases_dict import phrases_dict

from govmedia.engine.content.text import Text
from training.typo_counts import dictionary, names

TARGET = (
    Path(__file__).resolve().parents[1] / "src" / "govmedia" / "engine" / "content" / "lexicons" / "typo_pairs.csv"
)
SOURCES = {
    "houbb/word-checker": "houbb-word-checker-zh/word_checker_zh.txt",
    "shibing624/pycorrector": "pycorrector-data/custom_confusion.txt",
    "yongzhuo/macro-correct": "macro-correct-confusion/confusion_dict.json",
}
OWN = "own"
OWN_PAIRS = Path(__file__).with_name("typo_pairs_own.txt")
# So often a wrong form of our own may stand in 20 million characters of news and laws.
STRAY = 5
SAFE_LENGTH = 4
# Slips of learners of Chinese: too rare in official posts to risk short ones.
LEARNERS = "shibing624/pycorrector"
RARE = 0.1
WORDS = 1_000_000
# Right words in some reading, wrong "corrections", forms that are only less usual.
DROPPED = set(Path(__file__).with_name("typo_pairs_dropped.txt").read_text(encoding="utf-8").split())


def entries() -> Iterator[tuple[str, str, str]]:
    """Wrong form, right form, source; our own first."""
    for line in OWN_PAIRS.read_text(encoding="utf-8").splitlines():
        right, *wrongs = line.split()
        yield from ((wrong, right, OWN) for wrong in wrongs)
    for source, name in SOURCES.items():
        text = (data_folder() / "lexicons" / name).read_text(encoding="utf-8")
        rows = json.loads(text).items() if name.endswith("json") else (line.split()[:2] for line in text.splitlines())
        for row in rows:
            if len(row) == 2 and not row[0].startswith("#"):
                yield row[0], row[1], source


def plain(word: str) -> bool:
    """True for simplified Chinese characters only."""
    return all("\u4e00" <= sign <= "\u9fff" for sign in word) and Text(word).folded == word


def edges() -> tuple[Counter[str], Counter[str], int]:
    """How often words end and begin with a character, and how many words were counted."""
    ends: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    total = 0
    for line in dictionary():
        word, count, _ = line.split(" ")
        ends[word[-1]] += int(count)
        begins[word[0]] += int(count)
        total += int(count)
    return ends, begins, total


def counted(words: list[str]) -> Counter[str]:
    """How often each word stands in the training text."""
    machine = daachorse.CharwiseDoubleArrayAhoCorasick(words)
    found: Counter[str] = Counter()
    for texts in (training_news(), training_laws()):
        for text in texts:
            found.update(words[number] for _, _, number in machine.find_overlapping(text))
    return found


def chosen() -> list[tuple[str, str, str]]:
    """The entries that stay."""
    fit: dict[str, tuple[str, str]] = {}
    for wrong, right, source in entries():
        if len(wrong) == len(right) > 1 and wrong != right and plain(wrong + right) and wrong not in DROPPED:
            fit.setdefault(wrong, (right, source))
    seen = counted(sorted({*fit, *(right for right, _ in fit.values())}))
    known = {line.split(" ")[0] for line in dictionary()} | set(names()) | set(phrases_dict)
    ends, begins, total = edges()
    kept = []
    for wrong, (right, source) in sorted(fit.items()):
        meets = max(ends[wrong[at - 1]] * begins[wrong[at]] for at in range(1, len(wrong))) / total**2 * WORDS
        alone = len(wrong) >= SAFE_LENGTH or (meets < RARE and source != LEARNERS)
        clean = not seen[wrong] and wrong not in known and (seen[right] > 1 or right in known) and alone
        if seen[wrong] <= STRAY if source == OWN else clean:
            kept.append((wrong, right, source))
    return kept


def main() -> None:
    kept = chosen()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("wrong", "right", "source"))
        writer.writerows(kept)
    sys.stdout.write(f"{len(kept)} pairs, {dict(Counter(len(wrong) for wrong, _, _ in kept))}\n")


if __name__ == "__main__":
    main()
