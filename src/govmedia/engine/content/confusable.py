"""Which characters are taken for one another: by sound (tones and mixed-up sounds aside) or by shape.

Shapes: data/shapes.csv, what two published confusion sets agree on, cut down to the characters that stand in names
which are checked (data/SOURCES.md).
"""

import csv
from functools import cache, lru_cache
from pathlib import Path

from govmedia.engine.pinyin import readings

_SHAPES = Path(__file__).parent / "data" / "shapes.csv"
# Sounds that speakers and input methods mix up: the right side stands for both.
_MIXED_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_MIXED_ENDS = (("ing", "in"), ("eng", "en"), ("ang", "an"))
# The characters in daily use: the first level of GB 2312.
_FIRST_ROW, _LAST_ROW = 0xB0, 0xD7


def plain_sound(reading: str) -> str:
    """A reading without tone in the one spelling for sounds that are mixed up."""
    for mixed, plain in _MIXED_STARTS:
        if reading.startswith(mixed):
            reading = plain + reading[len(mixed) :]
            break
    for mixed, plain in _MIXED_ENDS:
        if reading.endswith(mixed):
            return reading[: -len(mixed)] + plain
    return reading


@lru_cache(maxsize=8192)
def _sounds(sign: str) -> frozenset[str]:
    return frozenset(plain_sound(reading) for reading in readings(sign))


@cache
def _by_sound() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in range(_FIRST_ROW, _LAST_ROW + 1):
        for column in range(0xA1, 0xFF):
            sign = bytes((row, column)).decode("gb2312", "ignore")
            for sound in _sounds(sign) if sign else ():
                found.setdefault(sound, []).append(sign)
    return {sound: "".join(signs) for sound, signs in found.items()}


@cache
def _by_shape() -> dict[str, str]:
    with _SHAPES.open(encoding="utf-8", newline="") as lines:
        return {row["sign"]: row["like"] for row in csv.DictReader(lines)}


def same_sound(one: str, other: str) -> bool:
    """True where two characters sound alike, tones and commonly mixed-up sounds aside."""
    return not _sounds(one).isdisjoint(_sounds(other))


def same_shape(one: str, other: str) -> bool:
    """True where two characters look alike."""
    return other in _by_shape().get(one, "") or one in _by_shape().get(other, "")


def alike(one: str, other: str) -> bool:
    """True where one of two characters may be typed or read for the other."""
    return same_sound(one, other) or same_shape(one, other)


@cache
def taken_for(sign: str) -> str:
    """The characters in daily use that may stand where `sign` is meant, itself left out."""
    found = {mate for sound in _sounds(sign) for mate in _by_sound().get(sound, "")} | set(_by_shape().get(sign, ""))
    return "".join(sorted(found - {sign}))
