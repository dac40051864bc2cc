"""Word statistics out of libime's model (Debian's `libime-data-language-model`, zh_CN.lm, LGPL-2.1-or-later).

The file is KenLM's trie of three orders, quantised to eight bits, with compressed pointers (kenlm/lm/search_trie.hh,
quantize.hh, bit_packing.hh, vocab.hh say how it is laid out). Read are its words with their chances and back-off
weights, and its pairs of words with theirs. A pair is found below its second word.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PATH = Path(os.environ.get("LIBIME_MODEL", "/usr/lib/x86_64-linux-gnu/libime/zh_CN.lm"))
_COUNTS = 108
_VOCABULARY = 136
_TABLE = 256
_QUANT_BITS = 16
_UNIGRAM = np.dtype([("chance", "<f4"), ("back", "<f4"), ("next", "<u8")])


@dataclass(frozen=True, slots=True)
class Words:
    """Words, the logarithms (base ten) of their chances and back-off weights; pairs and trios with their chances.

    Words of pairs are given by their numbers; `trio_first` is the number of a trio's first word, `trio_pairs` that of
    the pair of its second and third.
    """

    words: list[str]
    chances: NDArray[np.float32]
    backs: NDArray[np.float32]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    pair_chances: NDArray[np.float32]
    trio_first: NDArray[np.int64]
    trio_pairs: NDArray[np.int64]
    trio_chances: NDArray[np.float32]


def _bits_for(highest: int) -> int:
    return max(1, highest.bit_length())


def read(path: Path = PATH) -> Words:
    """The words and pairs of a model file. Errors: ValueError where the file is not laid out so."""
    data = path.read_bytes()
    ones, twos, threes = (int(count) for count in np.frombuffer(data, "<u8", 3, _COUNTS))
    quant = _VOCABULARY + (ones + 1) * 8
    if data[:8] != b"mmap lm " or data[quant : quant + 3] != bytes([2, 8, 8]):
        raise ValueError(f"{path} is not a model of the kind that is read here")
    chances = np.frombuffer(data, "<f4", _TABLE, quant + 8)
    start = quant + 8 + 3 * _TABLE * 4
    unigrams = np.frombuffer(data, _UNIGRAM, ones + 1, start)
    strings = data.rfind(b"<unk>\0")
    words = [word.decode() for word in data[strings:].split(b"\0")[:ones]]
    word_bits = _bits_for(ones)
    # The records of pairs end where those of trios begin, and these end where the words begin.
    trios = strings - (((1 + threes) * (word_bits + 8) + 7) // 8 + 8)
    first_byte, width = _records(data, start + (ones + 2) * 16, trios, twos, word_bits, unigrams["next"])
    child = _field(data, first_byte, width, 0, word_bits, twos)
    bins = _field(data, first_byte, width, word_bits, _QUANT_BITS, twos) >> 8
    second = np.repeat(np.arange(ones), np.diff(unigrams["next"].astype(np.int64)))
    starts = _trio_starts(data, start + (ones + 2) * 16, first_byte, width, word_bits, twos)
    trio_chances = np.frombuffer(data, "<f4", _TABLE, quant + 8 + 2 * _TABLE * 4)
    return Words(
        words, unigrams["chance"][:ones], unigrams["back"][:ones], child, second, chances[bins],
        _field(data, trios, word_bits + 8, 0, word_bits, threes), np.repeat(np.arange(twos), np.diff(starts)),
        trio_chances[_field(data, trios, word_bits + 8, word_bits, 8, threes)],
    )  # fmt: skip


def _trio_starts(data: bytes, table: int, first: int, width: int, word_bits: int, count: int) -> NDArray[np.int64]:
    """Where the trios below each pair start: the low bits stand in the pair's record, the high ones in a table."""
    low_bits = width - word_bits - _QUANT_BITS
    aligned = (table + 8 + 7) // 8 * 8
    high = np.frombuffer(data, "<u8", (first - aligned) // 8, aligned).astype(np.int64)
    number = np.arange(count + 1)
    low = _field(data, first, width, word_bits + _QUANT_BITS, low_bits, count + 1)
    return ((np.searchsorted(high, number, side="right") - 1) << low_bits) | low


def _records(
    data: bytes, least: int, end: int, count: int, word_bits: int, starts: NDArray[np.uint64]
) -> tuple[int, int]:
    """Where the records of pairs start and how wide they are: so that below each word the others stand in order."""
    long = np.flatnonzero(np.diff(starts.astype(np.int64)) > 200)[:4]
    for width in range(word_bits + _QUANT_BITS, word_bits + _QUANT_BITS + 24):
        first = end - (((1 + count) * width + 7) // 8 + 8)
        runs = [_field(data, first, width, 0, word_bits, 100, skip=int(starts[one])) for one in long]
        if first >= least and all((np.diff(run) > 0).all() for run in runs):
            return first, width
    raise ValueError("the pairs of words are not where they should be")


def _field(
    data: bytes, first: int, width: int, shift: int, bits: int, count: int, *, skip: int = 0
) -> NDArray[np.int64]:
    """A field of `bits` at `shift` of records that are `width` bits wide."""
    at = (np.arange(count, dtype=np.int64) + skip) * width + shift
    source = np.frombuffer(data, np.uint8, offset=first)
    found = np.zeros(count, np.int64)
    for byte in range(4):
        found |= source[at // 8 + byte].astype(np.int64) << (8 * byte)
    return (found >> (at % 8)) & ((1 << bits) - 1)
