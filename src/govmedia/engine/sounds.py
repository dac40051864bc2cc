"""Pinyin of names: how a character is read first, words that are read otherwise, how else, and their order."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from govmedia.engine.pinyin import written_readings

_LONGEST = 3
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# More readings than these stand in dictionaries only.
_MOST_READINGS = 3


@lru_cache(maxsize=8192)
def _first_reading(sign: str) -> str:
    return next((_toneless(written) for written in written_readings(sign)), sign)


def _toneless(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    # ü is typed v on every keyboard.
    return "".join(sign for sign in parts.replace("u\u0308", "v") if not unicodedata.combining(sign))


@cache
def _words() -> dict[str, list[str]]:
    lines = Path(__file__).with_name("readings.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: syllables for word, *syllables in rows}


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """The text's syllables without tones; what is no Chinese character stands for itself.

    >>> syllables("重庆12345")
    ('chong', 'qing', '1', '2', '3', '4', '5')
    """
    words = _words()
    found: list[str] = []
    at = 0
    while at < len(text):
        word = next((text[at : at + n] for n in range(_LONGEST, 1, -1) if text[at : at + n] in words), "")
        found += words[word] if word else [_first_reading(text[at])]
        at += len(word) or 1
    return tuple(found)


@lru_cache(maxsize=8192)
def _all_readings(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_toneless(written) for written in written_readings(sign)))


def readings(text: str) -> list[tuple[str, ...]]:
    """By character all ways to read it, the likeliest first.

    >>> readings("重庆")
    [('chong', 'zhong', 'tong'), ('qing',)]
    """
    return [
        tuple(dict.fromkeys((first, *_all_readings(sign))))[:_MOST_READINGS]
        for sign, first in zip(text, syllables(text), strict=True)
    ]


@cache
def known_syllables() -> frozenset[str]:
    """All syllables that a character can be read as; the bare consonants of interjections are none."""
    return frozenset(
        sound
        for sign in map(chr, range(0x4E00, 0x9FA6))
        for sound in _all_readings(sign)
        if set(sound) & set("aeiouv")
    )


def initials(text: str) -> str:
    """The first letters of the text's syllables."""
    return "".join(part[0] for part in syllables(text))


def place_in_order(text: str) -> str:
    """A key that puts names in the order of a dictionary: by syllable, tone and character, sign by sign; digits and
    letters come before. It is made of 0-9 and a-z, which every database sorts alike.

    >>> sorted(["张家港", "章丘", "安庆", "12345热线", "重庆", "长沙"], key=place_in_order)
    ['12345热线', '安庆', '长沙', '重庆', '张家港', '章丘']
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(_place(sign, heard) for sign, heard in zip(plain, syllables(plain), strict=True))


@lru_cache(maxsize=16384)
def _place(sign: str, heard: str) -> str:
    if sign.isascii():
        return ("0" if sign.isdigit() else "1") + sign if sign.isalnum() else ""
    if not (written := written_readings(sign)):
        return ""
    reading = next((one for one in written if _toneless(one) == heard), written[0])
    tone = next((_TONES[part] for part in unicodedata.normalize("NFD", reading) if part in _TONES), "5")
    return heard + tone + _four(ord(sign))


def _four(number: int) -> str:
    signs = []
    for _ in range(4):
        number, rest = divmod(number, len(_DIGITS))
        signs.append(_DIGITS[rest])
    return "".join(reversed(signs))
