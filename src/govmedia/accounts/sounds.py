"""Pinyin of names, for search: one reading a character, with the words that are read otherwise."""

import json
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_LONGEST = 3
_FIRST_SIGN, _LAST_SIGN = 0x4E00, 0x9FFF


@cache
def _first_readings() -> dict[str, str]:
    # The table alone: importing the package would also load 47,000 phrases, 45 MB that search does not need.
    spec = find_spec("pypinyin")
    assert spec is not None and spec.origin is not None
    table = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8"))
    return {
        chr(int(number)): _toneless(readings.split(",")[0])
        for number, readings in table.items()
        if _FIRST_SIGN <= int(number) <= _LAST_SIGN
    }


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
    words, first = _words(), _first_readings()
    found: list[str] = []
    at = 0
    while at < len(text):
        word = next((text[at : at + n] for n in range(_LONGEST, 1, -1) if text[at : at + n] in words), "")
        found += words[word] if word else [first.get(text[at], text[at])]
        at += len(word) or 1
    return tuple(found)


def initials(text: str) -> str:
    """The first letters of the text's syllables."""
    return "".join(part[0] for part in syllables(text))
