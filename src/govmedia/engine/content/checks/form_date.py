"""Dates, times and weekdays that cannot be: 2月30日, 13月, 25时75分, and a weekday that is not the date's.

The year of a date without one is the one the text names before it, or that of the post's own day. Dates of the lunar
and other calendars are left alone. Source: the Gregorian calendar as GB/T 7408.1-2023 has it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from govmedia.engine.content import clock
from govmedia.engine.content.dates import OTHER_CALENDAR, days_in, leap, nearest_year, weekday, whole, years_before
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.content.weekdays import Beside, pairs, years_meant

CODE = "form_date"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "日期与时间"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "GB/T 7408.1-2023：日历日期的表示"

_GAP = r"[至到—\-－–~～、和及]"
# A date, and days that follow with the same month (4月10日、20日、31日; 6月1日至31日).
_DATE = compiled(
    r"月(?<=[0-9\s]月)\s?([0-9]{1,3})(?![0-9.])(\s?[日号])?"
    rf"((?:{_GAP}{{1,2}}[0-9]{{1,3}}\s?[日号]?(?![0-9月年.])){{0,8}})"
)
_HEAD = compiled(r"(?:(?<![0-9.])([0-9]{3,5})\s?年\s?)?(?<![0-9.])([0-9]{1,3})\s?\Z")
_LATER_DAY = compiled(r"([0-9]{1,3})\s?([日号]?)")
_MONTH = compiled(r"年\s?(0{1,2}|1[3-9]|[2-9][0-9])\s?月(?![龄薪大\s0-9])")
_MONTH_OF = Pattern(r"月份(?<=[0-9]月份)")
_HANZI_DATE = Pattern(r"年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,4})[日号]")
_HANZI_MONTH = Pattern(r"年(十[三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?)月")
_HANZI_ALONE = Pattern(r"月三十[一二三四五六七八九]?[日号]")
_ISO = Pattern(r"([-/.])(?<=(?:19|20)[0-9]{2}[-/.])([0-9]{1,2})\1([0-9]{1,2})(?![0-9A-Za-z\-/])")
_LONG_YEAR = Pattern(r"年(?<=20[0-9]{3}年)(?=\s?[0-9]{1,2}月)")
_GREGORIAN = compiled(r"(?:(?:1[89]|20)[0-9]{2}|[一二][八九〇零○][〇零○一二三四五六七八九]{2})\Z")
_HANZI_MONTH_ALONE = compiled(r"(?<![一二三四五六七八九〇零十])(二|四|六|九|十一)\Z")
_QUARTER = Pattern(r"季度(?<=[五六七八九5-9]季度)")
_WEEKDAY = Pattern(r"星期[七八九](?![十百])")
# 6月31号楼 is a building's number, not a day's.
_THING = compiled(r"[楼院线令文公店馆机井车厅门窗泊炉船地桥洞站台仓库坑矿闸堤房室厂岛墙]")
# Before a number with points or dashes that is a version, a standard or a file, not a day.
_CODED = compiled(r"编号|[图型单序账]号|号码|版本|标准|升级|合同|代码|条码|款式|规格")
_DENIED = compiled(r"没有|并无|不存在|不会有|写成|误写|错写|平年|闰")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each date or time that does not exist and each weekday that is not its date's."""
    raw = text.raw
    if "月" in raw:
        for found in _DATE.finditer(raw):
            if head := _HEAD.search(raw, max(0, found.start() - 12), found.start()):
                yield from _days(head, found, text, post, setting)
        yield from _months(raw)
        yield from _hanzi(raw)
    if "-" in raw or "/" in raw or "." in raw:
        yield from _iso(raw)
    yield from clock.marks(raw)
    for found in _QUARTER.finditer(raw):
        yield Mark(found.start() - 1, found.end(), "一年只有四个季度", None, BASIS, confidence=0.8, sure=False)
    for found in _WEEKDAY.finditer(raw):
        yield Mark(found.start(), found.end(), f"没有“{found[0]}”", None, BASIS, confidence=0.95)
    for beside in pairs(raw):
        if "周" in raw or "星期" in raw or "礼拜" in raw:
            yield from _weekday(beside, raw, post, setting)


def _impossible(month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"一年没有{month}月"
    if not 1 <= day <= days_in(month):
        return f"{month}月没有{day}日"
    return ""


def _excused(raw: str, start: int, end: int) -> bool:
    """True where the date is of another calendar, or the sentence itself says that it does not exist."""
    before = raw[max(0, start - 12) : start]
    return bool(OTHER_CALENDAR.search(before) or _DENIED.search(before) or _DENIED.search(raw, end, end + 12))


def _days(head: re.Match[str], found: re.Match[str], text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """The date itself and the days after it that share its month."""
    raw, month = text.raw, int(head[2])
    days = [(int(found[1]), found[2] or "", head.start(), found.end(2) if found[2] else found.end(1))]
    days += [
        (int(one[1]), one[2], one.start(), one.end())
        for one in _LATER_DAY.finditer(raw, found.start(3), found.end(3))
    ]
    for place, (day, unit, start, end) in enumerate(days):
        # A number without 日 belongs to the list only where 日 comes after it.
        if not any(after for _, after, _, _ in days[place:]) or (unit.endswith("号") and _THING.match(raw, end)):
            continue
        message = _impossible(month, day)
        if (message or (month, day) == (2, 29)) and not _excused(raw, head.start(), end):
            if message:
                yield Mark(start, end, message, None, BASIS, confidence=0.97)
            else:
                yield from _leap_day(start, end, head[1], raw, post, setting)


def _leap_day(start: int, end: int, year: str | None, raw: str, post: Post, setting: Setting) -> Iterator[Mark]:
    """29 February of a year that has none; without a year, of the post's own and of all years told before."""
    if year:
        if len(year) == 4 and not leap(int(year)):
            yield Mark(start, end, f"{year}年不是闰年，2月没有29日", None, BASIS, confidence=0.97)
        return
    years = years_before(raw, start)
    if post.published_at:
        years.append(nearest_year(setting.day, 2, 28))
    if years and not any(map(leap, years)):
        message = f"{years[0]}年不是闰年，2月没有29日"
        sure = post.published_at is not None and len(set(years)) == 1
        yield Mark(start, end, message, None, BASIS, confidence=0.8, sure=sure)


def _months(raw: str) -> Iterator[Mark]:
    for found in _MONTH.finditer(raw):
        if not _excused(raw, found.start(), found.end()):
            yield Mark(found.start(1), found.end(), f"一年没有{int(found[1])}月", None, BASIS, confidence=0.95)
    for found in _MONTH_OF.finditer(raw):
        head = _HEAD.search(raw, max(0, found.start() - 12), found.start())
        if head and not 1 <= int(head[2]) <= 12 and not _excused(raw, head.start(), found.end()):
            yield Mark(head.start(2), found.end(), f"一年没有{int(head[2])}月", None, BASIS, confidence=0.95)
    for found in _LONG_YEAR.finditer(raw):
        yield Mark(found.start() - 5, found.end(), "年份应为四位数字", None, BASIS, confidence=0.95)


def _hanzi(raw: str) -> Iterator[Mark]:
    """Dates in Chinese digits: after a Gregorian year they are Gregorian; without one they may be lunar."""
    for found in _HANZI_DATE.finditer(raw):
        month, day = whole(found[1]) or 0, whole(found[2]) or 0
        year = _GREGORIAN.search(raw, max(0, found.start() - 4), found.start())
        message = _impossible(month, day)
        if year and not message and (month, day) == (2, 29) and not leap(whole(year[0].replace("○", "〇")) or 2000):
            message = f"{year[0]}年不是闰年，二月没有二十九日"
        if year and message and not _excused(raw, found.start(1), found.end()):
            yield Mark(found.start(1), found.end(), message, None, BASIS, confidence=0.95)
    for found in _HANZI_MONTH.finditer(raw):
        if _GREGORIAN.search(raw, max(0, found.start() - 4), found.start()):
            yield Mark(found.start(1), found.end(), "一年没有这个月", None, BASIS, confidence=0.95)
    for found in _HANZI_ALONE.finditer(raw):
        month_word = _HANZI_MONTH_ALONE.search(raw, max(0, found.start() - 3), found.start())
        wrong = month_word and (found[0][3:4] not in "日号" or month_word[1] == "二")
        if month_word and wrong and not _excused(raw, month_word.start(), found.end()):
            message = "公历没有这一天（农历日期请注明）"
            yield Mark(month_word.start(), found.end(), message, None, BASIS, confidence=0.6, sure=False)


def _iso(raw: str) -> Iterator[Mark]:
    for found in _ISO.finditer(raw):
        start = found.start() - 4
        if start and ((raw[start - 1].isalnum() and raw[start - 1].isascii()) or raw[start - 1] in ".-/"):
            continue
        year, month, day = int(raw[start : start + 4]), int(found[2]), int(found[3])
        message = _impossible(month, day)
        if not message and (month, day) == (2, 29) and not leap(year):
            message = f"{year}年不是闰年，2月没有29日"
        coded = _CODED.search(raw, max(0, start - 8), start)
        if message and not coded and not _excused(raw, start, found.end()):
            # 2024.1.40 may be a version, 2024-13-05 a number of another kind.
            sure = found[1] != "." and 1 <= month <= 12 and 1 <= day <= 31
            yield Mark(start, found.end(), message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)


def _weekday(beside: Beside, raw: str, post: Post, setting: Setting) -> Iterator[Mark]:
    if _excused(raw, beside.start, beside.start):
        return
    years, certain = years_meant(beside, raw, post, setting)
    right = [weekday(year, beside.month, beside.day) for year in years]
    written = "日" if beside.written == "天" else beside.written
    if not right or "" in right or written in right:
        return
    message = f"{years[0]}年{beside.month}月{beside.day}日是星期{right[0]}"
    piece = raw[beside.start : beside.place] + right[0] + raw[beside.place + 1 : beside.end]
    sure = certain and beside.plain
    suggestion = piece if certain else None
    yield Mark(beside.start, beside.end, message, suggestion, BASIS, confidence=0.95 if sure else 0.6, sure=sure)


EXAMPLES = (
    Example("30 February", "报名截止到2024年2月30日", ("2024年2月30日",)),
    Example("31 November", "展览持续至11月31日", ("11月31日",)),
    Example("the month carries on", "活动时间为6月1日至31日", ("31日",)),
    Example("no leap year", "2023年2月29日开馆", ("2023年2月29日",)),
    Example("a month too many", "全年预计2024年13月完工", ("13月",)),
    Example("an impossible time", "会议定于上午9:75召开", ("9:75",)),
    Example("weekday and date disagree", "会议定于2024年5月1日（星期四）召开", ("2024年5月1日（星期四",)),
    Example(
        "the post's own year",
        "定于5月1日（周四）开放",
        ("5月1日（周四",),
        given={"published_at": datetime(2024, 4, 28, tzinfo=UTC)},
    ),
    Example("they agree", "会议定于2024年5月1日（星期三）召开"),
    Example("a lunar date", "农历二月三十日是庙会"),
    Example("a leap year", "2024年2月29日开馆"),
    Example("a building", "6月31号楼封顶"),
)
