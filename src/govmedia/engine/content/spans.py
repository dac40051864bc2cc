"""Lengths of time beside their beginning and end: hours of a day, working days, months, years."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from govmedia.engine.content.dates import days_in, whole
from govmedia.engine.content.figures import plain
from govmedia.engine.content.numbers import ARABIC, value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：时长与起止时间相符"
_TO = r"[至到—\-－–~～]{1,2}"
_TIME = (
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上|晚|早|夜间)?\s?([0-9]{1,2})"
    r"(?:[:：]([0-5][0-9])|[时点](?:([0-9]{1,2})分|(半))?(?!间))"
)
_ON = r"(?:([0-9]{1,2})月([0-9]{1,2})日|([0-9]{1,2})日)?"
_LASTS = r"(?:停水|停电|停气|停热|历时|持续|共计?|合计|为期|时长|封闭|管制|检修|施工|耗时)(?:时间|时长)?(?:为|约定)?"
_HOURS = Pattern(rf"{_LASTS}\s?({ARABIC}|[一二两三四五六七八九十]{{1,3}})个?(半)?小时")
_CLOCKS = compiled(
    rf"{_ON}\s?{_TIME}(?:开始)?[，,]?\s?(?:{_TO})\s?(?:(次日|第二天|翌日)|(?:当日|当天)|([0-9]{{1,2}})月([0-9]{{1,2}})日|([0-9]{{1,2}})日)?"
    rf"\s?{_TIME}[^。；0-9]{{0,10}}\Z"
)
_WORKDAYS = Pattern(r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})个?工作日")
_PERIOD = (
    r"(?:((?:19|20)[0-9]{2})年)?(?<![0-9.])([0-9]{1,2})月([0-9]{1,2})日?(?:[（(][^（）()]{1,6}[）)])?"
    rf"{_TO}(?:((?:19|20)[0-9]{{2}})年)?(?:([0-9]{{1,2}})月)?([0-9]{{1,2}})日"
)
_PERIOD_BEFORE = compiled(
    rf"{_PERIOD}(?:[（(]星期[^（）()]{{1,3}}[）)])?[，,（(]?\s?(?:共计?|公示期限?为?|为期|期限为?)?\s?\Z"
)
_MONTHS = Pattern(r"(?:为期|历时|共计?|工期|周期)\s?([0-9]{1,2}|[一二两三四五六七八九十]{1,2})个月(?!以|左右|多)")
_OF_MONTHS = compiled(
    rf"((?:19|20)[0-9]{{2}})年([0-9]{{1,2}})月(?:([0-9]{{1,2}})日|底|初)?{_TO}(?:((?:19|20)[0-9]{{2}})年)?([0-9]{{1,2}})月(?:([0-9]{{1,2}})日|底|初)?"
    r"[^。；0-9]{0,8}[，,（(]?\s?\Z"
)
# 成立于1955年，至2025年已走过70年历程
_YEARS = Pattern(
    r"((?:19|20)[0-9]{2})年[^。；0-9]{0,12}?(?:到|至|截至|截止|—)((?:19|20)[0-9]{2})年[^。；0-9]{0,10}(?:已|走过|历经|历时|共|为期|整整)[^。；0-9]{0,4}([0-9]{1,3})年"
)
_AFTERNOON = ("下午", "傍晚", "晚上", "晚")


def spans(raw: str) -> Iterator[Mark]:
    """Yield a mark for each length that its beginning and end contradict."""
    if "小时" in raw:
        yield from _hours(raw)
    if "工作日" in raw:
        yield from _working_days(raw)
    if "年" in raw:
        for found in _YEARS.finditer(raw):
            years = int(found[2]) - int(found[1])
            if years > 0 and int(found[3]) not in (years - 1, years, years + 1):
                yield _mark(found.start(), found.end(), f"{years}年", f"{found[3]}年")
    if "个月" in raw:
        yield from _months(raw)


def _hours(raw: str) -> Iterator[Mark]:
    for said in _HOURS.finditer(raw):
        found = _CLOCKS.search(raw, max(0, said.start() - 50), said.start())
        stated = value(said[1])
        if found is None or stated is None:
            continue
        length = _minutes(found)
        if length and abs(length - (stated * 60 + (30 if said[2] else 0))) > 30:
            yield _mark(found.start(), said.end(), f"{plain(round(Decimal(length) / 60, 1))}小时", said[0])


def _minutes(found: re.Match[str]) -> int | None:
    """From the first time to the second; None where the day of the second is not clear."""
    first, last = _clock(*found.group(4, 5, 6, 7, 8)), _clock(*found.group(13, 14, 15, 16, 17))
    if first is None or last is None:
        return None
    days = 1 if found[9] else 0
    if found[11] or found[12]:
        if not (found[2] or found[3]) or (found[10] and found[10] != found[1]):
            return None
        days = int(found[11] or found[12]) - int(found[2] or found[3])
    length = last - first + days * 24 * 60
    # 8点至5点 may end in the afternoon.
    return length if length > 0 and (days or found[13] or found[15] or last >= 13 * 60 or found[4]) else None


def _clock(part: str | None, hour: str, minute: str | None, minute2: str | None, half: str | None) -> int | None:
    hours = int(hour) + (12 if part in _AFTERNOON and int(hour) < 12 else 0)
    minutes = int(minute or minute2 or (30 if half else 0))
    return hours * 60 + minutes if hours <= 24 and minutes < 60 else None


def _working_days(raw: str) -> Iterator[Mark]:
    for said in _WORKDAYS.finditer(raw):
        found = _PERIOD_BEFORE.search(raw, max(0, said.start() - 60), said.start())
        stated = whole(said[1])
        days = _days(*(int(one) if one else None for one in found.groups()[:6])) if found else []
        if not found or not stated or not days:
            continue
        if stated > len(days) or (found[1] and stated > sum(day.weekday() < 5 for day in days) + 2):
            most = len(days)
            yield _mark(
                found.start(), said.end(), f"{most}天，其中工作日更少" if stated <= most else f"{most}天", said[0]
            )


def _days(
    year: int | None, month: int | None, day: int | None, year2: int | None, month2: int | None, day2: int | None
) -> list[date]:
    month2 = month2 or month
    if not month or not month2 or not day or not day2 or max(month, month2) > 12:
        return []
    first = year or 2024
    last = year2 or (first + 1 if month2 < month else first)
    if not 1 <= day <= days_in(month, first) or not 1 <= day2 <= days_in(month2, last):
        return []
    start, length = date(first, month, day), (date(last, month2, day2) - date(first, month, day)).days
    return [start + timedelta(days=one) for one in range(min(length, 400) + 1)]


def _months(raw: str) -> Iterator[Mark]:
    for said in _MONTHS.finditer(raw):
        found = _OF_MONTHS.search(raw, max(0, said.start() - 50), said.start())
        stated = whole(said[1])
        if found is None or not stated or not 1 <= int(found[2]) <= 12 >= int(found[5]):
            continue
        months = (int(found[4] or found[1]) - int(found[1])) * 12 + int(found[5]) - int(found[2])
        if months >= 0 and stated not in (months, months + 1):
            yield _mark(found.start(), said.end(), f"{months + 1}个月", said[0])


def _mark(start: int, end: int, right: str, stated: str) -> Mark:
    message = f"时长与起止时间不符：起止时间共{right}，写作“{stated}”"
    return Mark(start, end, message, None, BASIS, confidence=0.7, sure=False)
