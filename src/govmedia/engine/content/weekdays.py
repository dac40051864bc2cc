"""Weekdays beside dates: find the pairs, and tell which years the writer may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govmedia.engine.content.dates import nearest_year, years_before
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Post, Setting

_WORD = Pattern(r"[期拜周]([一二三四五六日天])")
_GAP = r"[至到—\-－–~～、和及]{1,2}"
_FEAST = (
    r"(?:(?:农历|阴历)?[一二三四五六七八九十正冬腊闰]{1,4}月[初一二三四五六七八九十廿卅]{2,3}"
    r"|除夕|元旦|春节|元宵节?|清明节?|劳动节|端午节?|中秋节?|国庆节?|[\u4e00-\u9fff]{1,2}节)"
)
# A date that ends where the weekday begins; between them perhaps a bracket, a comma, a feast or the lunar day.
_BEFORE = compiled(
    r"(?:(?:(?P<year>(?:19|20)[0-9]{2})\s?年\s?)?(?<![0-9.])(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?[日号]?"
    rf"(?:{_GAP}(?:(?P<month2>[0-9]{{1,2}})\s?月\s?)?(?P<day2>[0-9]{{1,2}})\s?[日号]?)?"
    r"|(?<![0-9])(?P<iso>(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\7[0-9]{1,2}))"
    rf"\s?(?:[（(]{_FEAST}[）)])?\s?(?P<open>[（(]?)(?:{_FEAST}[，,、；; ]?)?(?P<comma>[，,]?)\s?(?:本|下|上|这)?\Z"
)
# The second day of 5月4日（周六）至5日（周日）.
_SECOND = compiled(
    r"(?:(?P<year>(?:19|20)[0-9]{2})\s?年\s?)?(?<![0-9.])(?P<month>[0-9]{1,2})\s?月\s?(?P<first>[0-9]{1,2})\s?[日号]?"
    rf"\s?[（(][^（）()]{{2,8}}[）)]\s?{_GAP}\s?(?P<day>[0-9]{{1,2}})\s?[日号]?\s?[（(]\Z"
)
# 周三（5月1日）
_AFTER = compiled(
    r"\s?[（(]\s?(?:(?P<year>(?:19|20)[0-9]{2})\s?年\s?)?(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?[日号]?\s?[）)]"
)
_NEXT = compiled(rf"\s?{_GAP}\s?(?:星期|礼拜|周)?([一二三四五六日天])(?![\u4e00-\u9fff])")
_GOES_ON = compiled(r"\s?[至到—\-－–~～、和及或]|[一二三四五六日末内]")
# What may follow a weekday without brackets; other characters may make it a name or another word.
_ENDS = compiled(r"[\s，。、；：！,.;:!（(）)】”]|[上下晚早中凌前起在举召的正开将为是]|[0-9]|\Z")


@dataclass(frozen=True, slots=True)
class Beside:
    """A date and the weekday beside it; `year` 0 where none is written.

    `start` to `end` covers both; `place` is where the weekday's character stands. `plain`: nothing but the two, or a
    bracket, stands between them.
    """

    start: int
    end: int
    year: int
    month: int
    day: int
    written: str
    place: int
    plain: bool = True


def pairs(raw: str) -> Iterator[Beside]:
    """Every date with a weekday beside it."""
    for word in _WORD.finditer(raw):
        begin = word.start() - (word[0][0] != "周")
        low = max(0, begin - 48)
        window = raw[low:begin]
        if before := _BEFORE.search(window):
            yield from _before(raw, low, before, word)
        elif second := _SECOND.search(window):
            year, month, day = _numbers(second, "year", "month", "day")
            if day >= int(second["first"]):
                yield Beside(low + second.start("day"), word.end(), year, month, day, word[1], word.start(1))
        if after := _AFTER.match(raw, word.end()):
            year, month, day = _numbers(after, "year", "month", "day")
            yield Beside(begin, after.end(), year, month, day, word[1], word.start(1))


def _numbers(found: re.Match[str], *names: str) -> list[int]:
    return [int(found[name] or 0) for name in names]


def _before(raw: str, low: int, found: re.Match[str], word: re.Match[str]) -> Iterator[Beside]:
    start, place, opened = low + found.start(), word.start(1), bool(found["open"])
    year, month, day = (
        [int(part) for part in re.split(r"[-./]", found["iso"])]
        if found["iso"]
        else _numbers(found, "year", "month", "day")
    )
    later = _NEXT.match(raw, word.end())
    if found["day2"]:
        month2, day2 = int(found["month2"] or month), int(found["day2"])
        if later and opened and (month2, day2) != (month, day):
            yield Beside(start, word.end(), year, month, day, word[1], place)
            year += 1 if year and month2 < month else 0
            yield Beside(start, later.end(), year, month2, day2, later[1], later.start(1))
    elif not _GOES_ON.match(raw, word.end()) and (opened or _ENDS.match(raw, word.end())):
        yield Beside(start, word.end(), year, month, day, word[1], place, plain=opened or not found["comma"])


def years_meant(beside: Beside, raw: str, post: Post, setting: Setting) -> tuple[list[int], bool]:
    """The years the date may be of, and whether that is certain. None where nothing tells."""
    if beside.year:
        return [beside.year], True
    told = years_before(raw, beside.start)
    if post.published_at and 1 <= beside.month <= 12 and beside.day:
        nearest = nearest_year(setting.day, beside.month, beside.day)
        others = [year for year in told if year != nearest]
        return [nearest, *others], not others
    return told, len(told) == 1
