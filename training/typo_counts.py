"""Count the strings of the training text; tables of sounds, shapes, words, topics: `python -m training.typo_counts`.

Writes typo_counts.npz into the folder of models. Seeded. Takes three minutes and 4 GB of memory.
"""

import csv
import gzip
import sys
import time
from pathlib import Path

import jieba
import numpy as np
from bench.content_data import data_folder
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import BLANK, FIRST_HAN, POINTS, alphabet, gap_keys, keys, points
from govmedia.engine.content.typos.table import Table, packed
from training.confusions import confusion_arrays
from training.fuse import built
from training.topics import topic_arrays
from training.typo_text import counted_lines

MODELS = Path(__file__).resolve().parents[1] / "src" / "govmedia" / "engine" / "content" / "models"
# Strings of so many characters are kept when seen so often, with a fingerprint of so many bits.
KEPT = {2: (1, 12), 3: (1, 8), 4: (2, 8)}
# Two characters with one between them.
LEAST_GAP = 2
LONGEST_WORD = 4
NAME_COUNT = 5


def known_characters(seen: NDArray[np.int64]) -> str:
    """Chinese characters of the text and of GB 2312, in order of code point."""
    standard = bytes(range(256))
    table = {
        bytes([high, low]).decode("gb2312")
        for high in range(0xB0, 0xF8)
        for low in standard[0xA1:0xFF]
        if not (high == 0xD7 and low > 0xF9)
    }
    return "".join(chr(point) for point in range(0x4E00, 0xA000) if seen[point] or chr(point) in table)


def counted(ids: NDArray[np.uint16], length: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Distinct keys of the strings without blanks and foreign signs, and how often each stands in the text."""
    found = keys(ids, length)
    fit = np.ones(len(found), bool)
    for place in range(length):
        fit &= ids[place : place + len(found)] > BLANK
    found = np.sort(found[fit])
    starts = np.flatnonzero(np.r_[True, found[1:] != found[:-1]])
    return found[starts], np.diff(np.r_[starts, len(found)])


def names() -> list[str]:
    """Words of THUOCL (MIT) and names of divisions (WTFPL), whose counts are not comparable."""
    folder = data_folder() / "lexicons"
    found = []
    for path in sorted((folder / "THUOCL").glob("*.txt*")):
        packed_ = path.suffix == ".gz"
        text = gzip.decompress(path.read_bytes()).decode() if packed_ else path.read_text(encoding="utf-8")
        found += [line.split()[0] for line in text.splitlines() if line.strip()]
    for path in (folder / "administrative-divisions").glob("[pca]*.csv"):
        found += [row["name"] for row in csv.DictReader(path.open(encoding="utf-8"))]
    return found


def counted_gaps(ids: NDArray[np.uint16]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The same for two characters that have one between them."""
    fit = (ids[:-2] > BLANK) & (ids[2:] > BLANK)
    found, counts = np.unique(gap_keys(ids[:-2][fit], ids[2:][fit]), return_counts=True)
    return found[counts >= LEAST_GAP], counts[counts >= LEAST_GAP]


def dictionary() -> list[str]:
    """Lines of jieba's dictionary (MIT): word, count, part of speech."""
    return (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()


def word_counts(ids: NDArray[np.uint16]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Words of two to four known characters of jieba's dictionary (MIT) with its counts."""
    found: dict[int, int] = {}
    for line in dictionary():
        word, count, _ = line.split(" ")
        numbers = ids[points(word)]
        if 2 <= len(word) <= LONGEST_WORD and (numbers >= FIRST_HAN).all():
            found[int(keys(numbers, len(word))[0])] = max(1, int(count))
    for word in names():
        numbers = ids[points(word)]
        if 2 <= len(word) <= LONGEST_WORD and (numbers >= FIRST_HAN).all():
            found.setdefault(int(keys(numbers, len(word))[0]), NAME_COUNT)
    return np.array(list(found), np.uint64), np.array(list(found.values()), np.int64)


def stored(name: str, table: Table) -> dict[str, NDArray[np.generic]]:
    """A table as arrays of a file. Entries of twelve bits are packed."""
    entries = packed(table.entries) if table.bits + table.value_bits == 12 else table.entries
    shape = np.array([table.length, table.bits, table.value_bits], np.int32)
    return {f"{name}_entries": entries, f"{name}_shape": shape}


def main() -> None:
    started = time.monotonic()
    text = "\n".join(counted_lines())
    codes = points(text)
    seen = np.bincount(codes, minlength=POINTS)
    han = known_characters(seen)
    ids = alphabet(han)
    numbers = ids[codes]
    parts: dict[str, NDArray[np.generic]] = {"han": np.array([ord(sign) for sign in han], np.uint16)}
    parts["characters"] = np.bincount(numbers, minlength=FIRST_HAN + len(han)).astype(np.int32)
    for length, (least, bits) in KEPT.items():
        found, counts = counted(numbers, length)
        often = counts >= least
        table = built(found[often], counts[often], bits=bits)
        parts |= stored(f"strings{length}", table)
        sys.stdout.write(
            f"{length} characters: {often.sum()} of {len(found)} strings, {len(table.entries)} entries\n"
        )
    parts |= stored("gaps", built(*counted_gaps(numbers), bits=8))
    parts |= stored("words", built(*word_counts(ids), bits=8))
    parts |= confusion_arrays(han, parts["characters"])
    parts |= topic_arrays(numbers, FIRST_HAN + len(han))
    MODELS.mkdir(exist_ok=True)
    np.savez_compressed(MODELS / "typo_counts.npz", **parts)
    size = (MODELS / "typo_counts.npz").stat().st_size
    sys.stdout.write(f"{len(text)} characters, {size} bytes, {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main()
