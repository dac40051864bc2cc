"""Reversed ranges: 5月10日至5月5日, 下午5:00—2:30, 2023年至2019年, 50—30元, 第五条至第三条, 五万元以上三万元以下.

A range that goes down on purpose (从100元降至80元, 由高到低), a period over midnight or the new year, temperatures,
scores and telephone numbers are left alone. Source: GB/T 15835-2011, 5.1.3 (numerical ranges) and plain arithmetic.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content import periods, ranges
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.ranges import Range
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "form_range"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "起止颠倒的范围"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "GB/T 15835-2011 第5.1.3条：数值范围由起点写到终点"

_JOINT = Pattern(r"([至到—\-－–~～])\1?(?=\s?[0-9第百一二两三四五六七八九十次翌明上下晚早])")
_BEFORE_JOINT = frozenset(
    "0123456789零〇一二两三四五六七八九十百千万亿年月日号时点分岁元人名位户天秒%％半整起始米里克吨亩个家次条倍件项场台辆座套"
    "张只头株棵斤支批种篇升瓦周代款章节页届期卷册课讲顷℃度）) "
)
# Words before that say the writer goes down on purpose.
_FROM = compiled(r"[由从自][^，。；、：]{0,8}\Z")
_DOWN = compiled(r"[减缩跌落压退倒逆递削]|降(?![雨水雪])|下调|收窄|回落|先后")
_DOWN_SENTENCE = compiled(
    r"[从由](?:高到低|大到小|多到少|高至低|大至小|多至少|后往前|后向前)|降序|递减|倒计时|倒序|逆序|倒数|倒推|回溯|追溯|倒查|依次递|比分"
)
# Temperatures fall; what is kept between two of them is a range.
_HELD = compiled(r"控制|保持|储存|贮存|保存|适宜|设定|调至|范围|之间|正常")
_BACK = compiled(r"倒计时|倒序|逆序|倒推|回溯|追溯|倒查|倒叙")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each range whose end comes before its beginning."""
    raw = text.raw
    for joint in _JOINT.finditer(raw):
        place = joint.start()
        if place and raw[place - 1] in _BEFORE_JOINT:
            yield from _range(raw, place, joint.end())
    for found in ranges.legal_bounds(raw):
        yield _mark(raw, found, "幅度的下限大于上限")
    if "不" in raw or "低于" in raw or "至少" in raw:
        for found in ranges.limits(raw):
            yield _mark(raw, found, "下限大于上限")


def _range(raw: str, start: int, end: int) -> Iterator[Mark]:
    for finder, what in ((periods.dates, "日期"), (periods.times, "时间")):
        seen, period = finder(raw, start, end)
        if period and not _backwards(raw, period.start, _BACK):
            message = f"起止{what}颠倒：结束早于开始" + ("" if period.sure else "，或缺少“次年”“次日”")
            confidence = 0.95 if period.sure else 0.6
            yield Mark(period.start, period.end, message, None, BASIS, confidence=confidence, sure=period.sure)
        if seen:
            return
    for find in (ranges.ordinals, ranges.years, ranges.quantities):
        found = find(raw, start, end)
        if found:
            if found.reversed and not _purposely(raw, found, raw[start]):
                yield _mark(raw, found, f"{found.kind}范围的起止颠倒")
            return


def _purposely(raw: str, found: Range, joint: str) -> bool:
    """True where the words around say that the range goes down on purpose."""
    if "℃" in raw[found.start : found.end] and not _HELD.search(raw, max(0, found.start - 14), found.end + 6):
        return True
    if found.kind == "数值":
        before = max(_clause(raw, found.start), found.start - 14)
        if _DOWN.search(raw, before, found.start):
            return True
        if joint in "至到" and _FROM.search(raw, before, found.start):
            return True
    return _backwards(raw, found.start, _DOWN_SENTENCE)


def _backwards(raw: str, start: int, words: re.Pattern[str]) -> bool:
    return bool(words.search(raw, max(_clause(raw, start), start - 60), min(len(raw), start + 60)))


def _clause(raw: str, start: int) -> int:
    return max(raw.rfind(sign, max(0, start - 80), start) for sign in "。；\n") + 1


def _mark(raw: str, found: Range, message: str) -> Mark:
    text = f"{message}：{_plain(found.low)}大于{_plain(found.high)}"
    return Mark(found.start, found.end, text, None, BASIS, confidence=0.95 if found.sure else 0.7, sure=found.sure)


def _plain(worth: Decimal) -> str:
    return f"{worth.normalize():f}"


EXAMPLES = (
    Example("dates", "报名时间为5月10日至5月5日", ("5月10日至5月5日",)),
    Example("years", "规划期为2025—2021年", ("2025—2021年",)),
    Example("times", "下午5:00—2:30办理业务", ("下午5:00—2:30",)),
    Example("amounts", "每户补助500—300元", ("500—300元",)),
    Example("articles", "见第十五条至第十条", ("第十五条至第十条",)),
    Example("legal bounds", "处五万元以上三万元以下罚款", ("五万元以上三万元以下",)),
    Example("over midnight", "晚8点至次日6点禁止施工"),
    Example("over the new year", "11月15日至3月15日为供暖期"),
    Example("down on purpose", "票价由50元至30元不等，从高到低排列"),
    Example("a telephone number", "咨询电话：025-83人工台"),
    Example("temperature", "夜间气温5℃到-3℃"),
)
