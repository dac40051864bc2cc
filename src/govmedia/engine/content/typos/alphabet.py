"""Characters as small numbers, so that strings of up to four of them fit one key."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint16]

OTHER, BLANK, DIGIT, LETTER, UNKNOWN = 1, 2, 3, 4, 5
FIRST_MARK = 8
# Marks of punctuation that are told apart; the ASCII ones are read as the Chinese ones.
MARKS = "。，、；：？！“”《》（）·—…%‘’〔〕"
_ASCII = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", '"': "”", "'": "’"}
STOP = FIRST_MARK
FIRST_HAN = FIRST_MARK + len(MARKS)
BITS = 13
POINTS = 65536


def alphabet(han: str) -> Ids:
    """The number of each code point, given the Chinese characters that are to be known, in order."""
    ids = np.full(POINTS, OTHER, np.uint16)
    ids[0x4E00:0xA000] = UNKNOWN
    for sign in "0123456789０１２３４５６７８９":
        ids[ord(sign)] = DIGIT
    for start in (0x41, 0x61, 0xFF21, 0xFF41):
        ids[start : start + 26] = LETTER
    for sign in " \u3000\t\u00a0":
        ids[ord(sign)] = BLANK
    for place, sign in enumerate(MARKS):
        ids[ord(sign)] = FIRST_MARK + place
    for sign, same in _ASCII.items():
        ids[ord(sign)] = ids[ord(same)]
    # A paragraph ends as a sentence does.
    ids[ord("\n")] = ids[ord("\r")] = STOP
    for place, sign in enumerate(han):
        ids[ord(sign)] = FIRST_HAN + place
    return ids


def points(text: str) -> NDArray[np.uint16]:
    """The code points of a text; those beyond the basic plane as the last one of it."""
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(wide, POINTS - 1).astype(np.uint16)


def keys(ids: Ids, length: int) -> NDArray[np.uint64]:
    """The keys of all strings of `length` characters, in order."""
    count = max(0, len(ids) - length + 1)
    found = ids[:count].astype(np.uint64)
    for place in range(1, length):
        found <<= np.uint64(BITS)
        found |= ids[place : place + count]
    return found


def gap_keys(left: Ids, right: Ids) -> NDArray[np.uint64]:
    """The keys of two characters that have one between them."""
    return (left.astype(np.uint64) << np.uint64(2 * BITS)) | right
