"""The table of readings that pypinyin ships, without the rest of it.

Importing that package would also load 47,000 phrases, 45 MB that nothing here needs.
"""

import json
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

# The Chinese characters of the basic plane; the 20,000 beyond it stand in no name or word that is looked at.
_FIRST, _LAST = 0x3400, 0x9FFF
_TONES = str.maketrans(
    {tone: unicodedata.normalize("NFD", tone)[0] for tone in "āáǎàēéěèīíǐìōóǒòūúǔùńňǹḿ"}
    | dict.fromkeys("ǖǘǚǜü", "v")
    | dict.fromkeys("ếề", "e")
)


@cache
def _table() -> dict[str, str]:
    spec = find_spec("pypinyin")
    assert spec is not None and spec.origin is not None
    table = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8"))
    return {chr(int(number)): written for number, written in table.items() if _FIRST <= int(number) <= _LAST}


def written_readings(sign: str) -> list[str]:
    """The readings of a character in pinyin with tone marks, the commonest first; empty for other signs.

    >>> written_readings("重")
    ['zhòng', 'chóng', 'tóng']
    """
    found = _table().get(sign)
    return found.split(",") if found else []


def toneless(written: str) -> str:
    """A reading without its tone mark; ü is v."""
    return written.translate(_TONES)


@lru_cache(maxsize=8192)
def readings(sign: str) -> frozenset[str]:
    """All readings of one character in pinyin without tones; empty for what is no Chinese character."""
    return frozenset(toneless(written) for written in written_readings(sign))
