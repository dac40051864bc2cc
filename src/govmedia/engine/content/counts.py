"""Counts stated beside what they count: days of a period, means, price times number."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from govmedia.engine.content.dates import days_in, whole
from govmedia.engine.content.numbers import ARABIC, counted, value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import COUNTERS
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致"
# 5月1日至5日放假，共4天
_SAID = compiled(r"天(?<=[0-9一二两三四五六七八九十\s]天)")
_CLOCK = r"(?:上午|下午|早|晚)?(?:[0-9]{1,2}(?:[:：][0-9]{2}|[时点](?:[0-9]{1,2}分)?))?"
_DAYS = compiled(
    rf"(?:((?:19|20)[0-9]{{2}})年)?(?<![0-9.])([0-9]{{1,2}})月([0-9]{{1,2}})日?(?:[（(][^（）()]{{1,6}}[）)])?{_CLOCK}[至到—\-－–~～]{{1,2}}"
    r"(?:((?:19|20)[0-9]{2})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日"
    rf"(?:[（(][^（）()]{{1,6}}[）)])?{_CLOCK}([^，。；0-9]{{0,8}})[，,（(]?\s?(?:共计?|为期|历时|合计|总共|会期|展期|工期|放假|封闭)\s?"
    r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?\Z"
)
_DAYS_FIRST = Pattern(
    r"(?:为期|历时|共计?|会期|展期|工期|放假)\s?([0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?天[^。；0-9]{0,10}"
    r"(?:((?:19|20)[0-9]{2})年)?([0-9]{1,2})月([0-9]{1,2})日?(?:[（(][^（）()]{1,6}[）)])?[至到—\-－–~～]{1,2}"
    r"(?:((?:19|20)[0-9]{2})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日"
)
_MEAN = Pattern(rf"均(?<=[户人亩]均)[^0-9。；]{{0,6}}({ARABIC})([万]?)元")
_MEAN_OF = compiled(
    rf"({ARABIC})([万亿]?)元[^0-9。；]{{0,14}}[，,][^0-9。；]{{0,8}}({ARABIC})([万]?)([户人名亩])[^0-9。；]{{0,8}}[，,]\Z"
)
# 每人500元，共120人，合计6万元
_EACH = r"([人户亩个台辆名头套件月]|平方米)"
_PRODUCT = Pattern(
    rf"每{_EACH}[^，。；0-9]{{0,8}}({ARABIC})([万]?)元[，,、（(][^，。；0-9]{{0,8}}({ARABIC})([万]?){_EACH}"
    rf"[^。；0-9]{{0,10}}(?:合计|共计|总计|共)[^，。；0-9]{{0,8}}({ARABIC})([万亿]?)元"
)
_ROUGH = compiled(r"约|近|超|逾|余|左右|以上|以下|至少|不少于|不超过|最多|[0-9万]多")
# 3个工作组，每组5人，共15人
_GROUP = Pattern(
    rf"每[个支]?([\u4e00-\u9fff])[^，。；0-9]{{0,6}}?({ARABIC}|[两三四五六七八九十])(万?)(个单元|{COUNTERS}|分)[^，。；0-9]{{0,6}}[，,]"
    rf"(?:共计|合计|总计|总共|共|总分|总数|总额|总金额)[^，。；0-9]{{0,8}}({ARABIC})([万亿]?)\4"
)
_GROUPS = compiled(
    rf"(?<![0-9.])({ARABIC}|[两三四五六七八九十])(万?)[个支]?[^，。；0-9]{{0,6}}?([\u4e00-\u9fff])[^，。；0-9]{{0,3}}[，,（(]\Z"
)
# 10月1日至3日，每晚1场，共3场
_DAILY = Pattern(
    r"(?<![0-9.])([0-9]{1,2})月([0-9]{1,2})日?[至到—\-－–~～]{1,2}(?:([0-9]{1,2})月)?([0-9]{1,2})日[^。；0-9]{0,6}[，,]每[天日晚]"
    rf"[^。；0-9]{{0,4}}({ARABIC})([场次趟班期件台名人])[^。；0-9]{{0,4}}[，,](?:共计?|合计|总计)[^。；0-9]{{0,6}}({ARABIC})\6"
)
# 每周二、周四、周六开放，每周开放3天; 每月5日、15日，每月2次
_WEEKLY = Pattern(
    r"每(?:周|星期)([一二三四五六日天](?:[、和及](?:周|星期)?[一二三四五六日天]){1,6})(?![至到—])[^。；0-9]{0,12}[，,]每周[^，。；0-9]{0,4}([0-9一二两三四五六七])[天次]"
)
_MONTHLY = Pattern(
    r"每月((?:[0-9]{1,2}日[、和]){1,6}[0-9]{1,2}日)[^。；0-9]{0,8}[，,]每月[^，。；0-9]{0,4}([0-9一二两三四五六七])[天次]"
)


def days(raw: str) -> Iterator[Mark]:
    """A period beside its number of days."""
    for said in _SAID.finditer(raw):
        period = _DAYS.search(raw, max(0, said.start() - 60), said.start())
        if period is None:
            continue
        length = _length(*(int(part) if part else None for part in period.groups()[:6]))
        stated = whole(period[8])
        if not length or not stated:
            continue
        # 29 February may be among the days; and some count the nights, one less, but not for a holiday.
        right = {length} | ({length + 1} if not period[1] and _over_february(period) else set())
        if stated not in right and ("放假" in period[7] or stated != length - 1):
            message = f"起止日期共{length}天，写作{stated}天"
            yield Mark(period.start(), said.end(), message, None, BASIS, confidence=0.85)


def days_before(raw: str) -> Iterator[Mark]:
    """为期5天，从6月1日至6月7日."""
    for found in _DAYS_FIRST.finditer(raw):
        length, stated = _length(*(int(part) if part else None for part in found.groups()[1:7])), whole(found[1])
        if length and stated and stated not in (length, length - 1, length + (length >= 28)):
            message = f"起止日期共{length}天，写作{stated}天"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.7, sure=False)


def averages(raw: str) -> Iterator[Mark]:
    """300万元，惠及1000户，户均2000元."""
    for mean in _MEAN.finditer(raw):
        found = _MEAN_OF.search(raw, max(0, mean.start() - 50), mean.start() - 1)
        if found is None or found[5] != raw[mean.start() - 1].replace("人", found[5] if found[5] in "人名" else "人"):
            continue
        total, number, each = counted(found[1], found[2]), counted(found[3], found[4]), counted(mean[1], mean[2])
        if total and number and each and abs(total / number - each) > total / number / 20:
            right = _plain(round(total / number, 2))
            message = f"平均数与总数不符：应为{right}元，写作{_plain(each)}元"
            yield Mark(found.start(), mean.end(), message, None, BASIS, confidence=0.6, sure=False)


def _over_february(period: re.Match[str]) -> bool:
    first, last = int(period[2]), int(period[5] or period[2])
    return first <= 2 < last or last < first


def _length(
    year: int | None, month: int | None, day: int | None, year2: int | None, month2: int | None, day2: int | None
) -> int:
    """Days from the first to the last, both counted; 0 where one does not exist."""
    month2 = month2 or month
    if not month or not month2 or not day or not day2 or max(month, month2) > 12:
        return 0
    first = year or 2023
    last = year2 or (first + 1 if month2 < month else first)
    if not 1 <= day <= days_in(month, first) or not 1 <= day2 <= days_in(month2, last):
        return 0
    return max(0, (date(last, month2, day2) - date(first, month, day)).days + 1)


def products(raw: str) -> Iterator[Mark]:
    """A price for each, a number, and a sum that is not their product."""
    for found in _PRODUCT.finditer(raw):
        if found[1] not in (found[6], "人" if found[6] == "名" else found[6]):
            continue
        price, number, stated = (counted(found[place], found[place + 1]) for place in (2, 4, 7))
        if price is None or number is None or stated is None:
            continue
        right = price * number
        if abs(right - stated) > right / 100:
            message = f"单价乘以数量应为{_plain(right)}元，写作{_plain(stated)}元"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.7, sure=False)


def groups(raw: str) -> Iterator[Mark]:
    """A number of groups, how many are in each, and a total that is not their product."""
    for each in _GROUP.finditer(raw):
        found = _GROUPS.search(raw, max(0, each.start() - 24), each.start())
        if found is None or each[1] not in found[0][len(found[1]) :] or _ROUGH.search(raw, found.start(), each.end()):
            continue
        number, size, stated = counted(found[1], found[2]), counted(each[2], each[3]), counted(each[5], each[6])
        if number and size and stated and abs(number * size - stated) > (stated / 100 if each[6] else 0):
            message = f"{_plain(number)}乘以{_plain(size)}应为{_plain(number * size)}，写作{_plain(stated)}"
            yield Mark(found.start(), each.end(), message, None, BASIS, confidence=0.7, sure=False)


def rounds(raw: str) -> Iterator[Mark]:
    """So many a day of a period, days of the week or the month beside their number."""
    for found in _DAILY.finditer(raw):
        length = _length(None, int(found[1]), int(found[2]), None, int(found[3] or found[1]), int(found[4]))
        each, stated = value(found[5]), value(found[7])
        if length and each and stated and each * length != stated:
            message = f"{length}天共{_plain(each * length)}{found[6]}，写作{_plain(stated)}{found[6]}"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.7, sure=False)
    for pattern, signs in ((_WEEKLY, "一二三四五六日天"), (_MONTHLY, "日")):
        for found in pattern.finditer(raw):
            listed, stated_days = sum(sign in signs for sign in found[1]), whole(found[2])
            if stated_days and stated_days != listed:
                message = f"列出{listed}天，写作{found[2]}"
                yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.7, sure=False)


def _plain(worth: Decimal) -> str:
    return f"{worth.normalize():f}"
