"""Kinds of characters found all over a text at once: one look at each character for all kinds together.

A pattern that is tried at every blank or bracket of a text costs as much as all the rest; which characters of a text
are of a kind is known here for a thousandth of it.
"""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Where a kind may have characters; the rest are ideographs and private use.
_RANGES = (range(0x20000), range(0x2F800, 0x2FA20), range(0xE0000, 0xE01F0))
_CLASSES: list[str] = []
# Shorter texts are quicker looked at one character after another.
LONG = 512
_NOWHERE = np.array([], np.intp)


class Kind:
    """Characters of a class as `re` writes it ([0-9]); there can be eight kinds."""

    def __init__(self, signs: str) -> None:
        self._bit = np.uint8(1 << len(_CLASSES))
        self._one = re.compile(signs)
        _CLASSES.append(signs)
        _table.cache_clear()
        _kinds.cache_clear()

    def places(self, text: str) -> NDArray[np.intp]:
        """Where characters of the kind stand."""
        if len(text) >= LONG:
            return np.flatnonzero(_kinds(text) & self._bit)
        found = [one.start() for one in self._one.finditer(text)]
        return np.array(found, np.intp) if found else _NOWHERE

    def left_out(self, text: str) -> str:
        """The text without the characters of the kind."""
        if len(text) < LONG:
            return self._one.sub("", text)
        places = self.places(text)
        return _text(np.delete(codes(text), places)) if places.size else text

    def signs_in(self, text: str) -> str:
        """The characters of the kind, in order."""
        if len(text) < LONG:
            return "".join(self._one.findall(text))
        return _text(codes(text)[self.places(text)])


@lru_cache(maxsize=2)
def codes(text: str) -> NDArray[np.uint32]:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _text(points: NDArray[np.uint32]) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=2)
def _kinds(text: str) -> NDArray[np.uint8]:
    """The bits of the kinds of each character."""
    return _table().take(codes(text))


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint8]:
    """The bits of the kinds of every code point."""
    table = np.zeros(0x110000, np.uint8)
    for span in _RANGES:
        signs = "".join(map(chr, span))
        for number, members in enumerate(_CLASSES):
            table[[ord(sign) for sign in re.findall(members, signs)]] |= np.uint8(1 << number)
    return table
