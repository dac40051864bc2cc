"""Numerals: wrong zeros, Arabic and Chinese digits mixed, rough numbers, separators, set phrases with digits.

What official style allows is left alone: 2023年 without blanks, 二十一世纪, 1.2万, titles in 《》, 近三十多年来.
Source: GB/T 15835-2011《出版物上数字用法》.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from govmedia.engine.content import numerals, rough_words
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.tables import read_table

CODE = "form_numeral"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "数字用法"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "GB/T 15835-2011《出版物上数字用法》"
_FILE = Path(__file__).parents[1] / "data" / "numerals.toml"
_DIGIT = compiled(r"[0-9０-９]")
_DAY = compiled(r"[.．](?<=[0-9].)[0-9]{1,2}[”\"]?")
_DAY_BEFORE = compiled(r"(?<![0-9.])[0-9]{1,2}\Z")


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    """A pattern for miswritten phrases from their first digit on; to each such end, what stands before, and right."""
    ends: dict[str, list[tuple[str, str]]] = {}
    for right, ways in read_table(_FILE)["phrases"].items():
        for wrong in ways:
            head = wrong.rstrip("0123456789") if wrong[-1].isdigit() else wrong[: _first_digit(wrong)]
            ends.setdefault(wrong[len(head) :], []).append((head, right))
    # Grouped by the first digit, so that few ways are tried at each digit of a text.
    groups: dict[str, list[str]] = {}
    for end in sorted(ends, key=len, reverse=True):
        groups.setdefault(end[0], []).append(re.escape(end[1:]))
    return compiled("|".join(f"{digit}(?:{'|'.join(rest)})" for digit, rest in sorted(groups.items()))), ends


def _first_digit(written: str) -> int:
    return next(place for place, sign in enumerate(written) if sign.isdigit())


@lru_cache(maxsize=1)
def _days() -> dict[str, tuple[str, ...]]:
    return {day.replace("·", "."): tuple(words) for day, words in read_table(_FILE)["days"].items()}


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each number that the standard writes in another way."""
    for mark in _marks(text.raw):
        if not inside(text.titles, mark.start, mark.end) and not inside(text.addresses, mark.start, mark.end):
            yield mark


def _marks(raw: str) -> Iterator[Mark]:
    yield from numerals.zeros(raw)
    yield from numerals.rough(raw)
    yield from rough_words.marks(raw)
    if not _DIGIT.search(raw):
        return
    yield from numerals.mixed(raw)
    yield from numerals.dates(raw)
    yield from numerals.separators(raw)
    yield from numerals.widths(raw)
    yield from numerals.ranges(raw)
    yield from _set_phrases(raw)


def _set_phrases(raw: str) -> Iterator[Mark]:
    pattern, ends = _phrases()
    for found in pattern.finditer(raw):
        for head, right in ends[found[0]]:
            start = found.start() - len(head)
            if raw.startswith(head, start) and start >= 0 and not (start and raw[start - 1].isdigit()):
                message = f"固定词语用汉字数字：“{right}”"
                yield Mark(start, found.end(), message, right, f"{BASIS} 第4.2.3条", confidence=0.95)
                break
    for found in _DAY.finditer(raw) if "." in raw or "．" in raw else ():
        month = _DAY_BEFORE.search(raw, max(0, found.start() - 3), found.start())
        day = f"{month[0]}.{found[0][1:].strip('”')}" if month else ""
        if month and raw.startswith(_days().get(day, ()), found.end()) and day in _days():
            message = "含有月日的专名，月和日之间用间隔号“·”"
            end = found.start() + 1 + len(found[0][1:].strip('”"'))
            yield Mark(month.start(), end, message, day.replace(".", "·"), f"{BASIS} 第5.1.6条", confidence=0.9)


EXAMPLES = (
    Example("a zero in a year", "二0二四年工作要点", ("二0二四",)),
    Example("a letter in a year", "二O二四年一月", ("二O二四",)),
    Example("a rough number", "大约需要三、五天", ("三、五天",)),
    Example("some with digits", "来了10几个人", ("10几",)),
    Example("thousand after a digit", "补助5百元", ("5百",)),
    Example("a mixed fraction", "占总数的三分之2", ("三分之2",)),
    Example("about twice", "现场约50人左右", ("约50人左右",)),
    Example("at least twice", "参保率超过95%以上", ("超过95%以上",)),
    Example("two kinds of digits in a date", "2024年五月一日", ("4年五月一日",)),
    Example("separators", "总额12,3456元", ("12,3456",)),
    Example("a set phrase", "服务“3农”工作", ("3农",)),
    Example("as it should be", "二〇二四年，三五天，十几个人，5万元，三分之二，1.2万人"),
    Example("saving", "每年节约50万元左右"),
    Example("the last thirty years", "近三十多年来"),
    Example("quarters", "第三、四季度，七、八年级"),
)
