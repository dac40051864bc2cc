"""How wide text sets: full-width characters are one em, others half of one."""

import unicodedata
from math import ceil


def ems(text: str) -> float:
    """The width of a text in ems."""
    return sum(1.0 if unicodedata.east_asian_width(mark) in "WFA" else 0.5 for mark in text)


def lines_of(text: str, width: float) -> int:
    """About how many lines of `width` ems a text takes; never less than one."""
    return max(1, ceil(ems(text) / width - 1e-9))
