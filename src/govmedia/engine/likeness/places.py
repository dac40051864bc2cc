"""Words that make a name another one: places, fields of work and bodies that there are."""

import csv
import re
from collections.abc import Iterator
from functools import cache

from govmedia.engine.likeness.folding import BODY_WORDS, LEXICON, normalise
from govmedia.engine.platforms import FIELDS

_DIVISIONS = LEXICON.parent / "content" / "data" / "divisions.csv"
_PEOPLES = "(?:(?:[^族]{1,4}族)+|维吾尔|哈萨克|蒙古|柯尔克孜|塔吉克|锡伯)?"
_RANK = re.compile(f"(?<=..)(?:{_PEOPLES}自治[区州县旗]|特别行政区|地区|新区|林区|[省市区县盟旗])$")
# Work that sounds like other work: 检察 and 监察, 税务 and 水务, 法制 and 法治.
_MORE_WORK = (
    "监察",
    "纪检",
    "监督",
    "法制",
    "统战",
    "政协",
    "人大",
    "团委",
    "工会",
    "妇联",
    "档案",
    "气象",
    "邮政",
    "电力",
)


@cache
def places() -> frozenset[str]:
    """Names of divisions without their rank, and with it: 南京, 南京市."""
    with _DIVISIONS.open(encoding="utf-8", newline="") as lines:
        whole = {normalise(row["name"]) for row in csv.DictReader(lines)}
    bare = {bare_place(name) for name in whole}
    return frozenset(name for name in whole | bare if len(name) > 1)


def bare_place(name: str) -> str:
    """A division's name without its rank: 南京 for 南京市; 沛县 stays whole."""
    return _RANK.sub("", name)


@cache
def _words() -> frozenset[str]:
    work = {word for field in FIELDS.values() for word in field.words}
    return places() | {word for word in {*work, *BODY_WORDS, *_MORE_WORK} if len(word) > 1}


@cache
def _longest() -> int:
    return max(map(len, _words()))


def word_over(text: str, place: int) -> str:
    """The longest known word of the text that has the character at `place` in it; empty where there is none."""
    return max(_words_over(text, place), key=len, default="")


def _words_over(text: str, place: int) -> Iterator[str]:
    words = _words()
    for start in range(max(0, place - _longest() + 1), place + 1):
        for end in range(max(place, start + 1) + 1, min(len(text), start + _longest()) + 1):
            if text[start:end] in words:
                yield text[start:end]
