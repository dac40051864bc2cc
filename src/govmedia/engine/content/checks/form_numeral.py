"""Numerals: wrong zeros, Arabic and Chinese digits mixed, rough numbers, separators, set phrases with digits.

What official style allows is left alone: 2023年 without blanks, 二十一世纪, 1.2万, titles in 《》, 近三十多年来.
Source: GB/T 15835-2011《出版物上数字用法》.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from govmedia.engine.content import numerals, rough_words
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern, ahead
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
_DAY = compiled(r"\.(?<=[0-9]\.)([0-9]{1,2})[”\"]?")
_FEAST = compiled(r"[”\"]?(?:国际)?(?:劳动节|青年节|儿童节|建军节|国庆|妇女节|勋章|假期|小长假|黄金周)")
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


@ahead
@lru_cache(maxsize=1)
def _miswritten() -> Pattern:
    return Pattern("|".join(re.escape(wrong) for ways in read_table(_FILE)["phrases"].values() for wrong in ways))


def _first_digit(written: str) -> int:
    return next(place for place, sign in enumerate(written) if sign.isdigit())


@lru_cache(maxsize=1)
def _days() -> dict[str, tuple[str, ...]]:
    return {day.replace("·", "."): tuple(words) for day, words in read_table(_FILE)["days"].items()}


@lru_cache(maxsize=1)
def _feasts() -> dict[str, str]:
    return {wrong: right for right, ways in read_table(_FILE)["feasts"].items() for wrong in ways}


@lru_cache(maxsize=1)
def _pointed() -> dict[str, str]:
    return {wrong: right for right, ways in read_table(_FILE)["pointed"].items() for wrong in ways}


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each number that the standard writes in another way."""
    for mark in _marks(text.raw):
        if not inside(text.titles, mark.start, mark.end) and not inside(text.addresses, mark.start, mark.end):
            yield mark


def _marks(raw: str) -> Iterator[Mark]:
    yield from numerals.zeros(raw)
    yield from numerals.rough(raw)
    yield from rough_words.marks(raw)
    if "." in raw or "．" in raw or "·" in raw:
        yield from _points(raw)
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
    for found in pattern.finditer(raw) if _miswritten().search(raw) else ():
        # The longest end that fits may lack its head where a shorter one has it: 星期3下午, 周3下午.
        for cut in range(len(found[0]), 0, -1):
            if mark := _set_phrase(raw, found.start(), found[0][:cut], ends.get(found[0][:cut], ())):
                yield mark
                break
    if "." in raw or "．" in raw or "·" in raw:
        yield from _named_days(raw)


def _set_phrase(raw: str, place: int, end: str, heads: Iterable[tuple[str, str]]) -> Mark | None:
    for head, right in heads:
        start = place - len(head)
        if start >= 0 and raw.startswith(head, start) and not (start and raw[start - 1].isdigit()):
            message = f"固定词语用汉字数字：“{right}”"
            return Mark(start, place + len(end), message, right, f"{BASIS} 第4.2.3条", confidence=0.95)
    return None


def _points(raw: str) -> Iterator[Mark]:
    for wrong, right in _pointed().items() if ".五" in raw or "·五" in raw else ():
        place = raw.find(wrong)
        if place >= 0:
            message = f"固定词语中不加点：“{right}”"
            yield Mark(place, place + len(wrong), message, right, BASIS, confidence=0.9)
    yield from numerals.points(raw)


def _named_days(raw: str) -> Iterator[Mark]:
    for found in _DAY.finditer(raw):
        month = _DAY_BEFORE.search(raw, max(0, found.start() - 3), found.start())
        if month is None:
            continue
        day = f"{month[0]}.{found[1]}"
        end = found.end(1)
        if (feast := _feasts().get(day)) and _FEAST.match(raw, end):
            message = f"节日名称用汉字数字：“{feast}”"
            yield Mark(month.start(), end, message, feast, f"{BASIS} 第4.2.3条", confidence=0.9)
        elif day in _days() and raw.startswith(_days()[day], found.end()):
            message = "含有月日的专名，月和日之间用间隔号“·”"
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
