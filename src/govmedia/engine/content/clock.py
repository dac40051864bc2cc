"""Times of day that cannot be: 25时, 9:75, 上午15时."""

import re
from collections.abc import Iterator

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

_PARTS = r"上午|下午|晚上|晚间|凌晨|早上|早晨|中午|清晨|傍晚|夜间|当日|当天|当晚|次日"
_TIME = Pattern(r"[0-9]{1,2}(?:[:：]([0-9]{2})(?![0-9:：%.])|[时点](?:([0-9]{1,2})分(?![之钟球米]))?)")
# 25:70 may be a score or a ratio; it is a time after a part of the day, a date or another time.
_TIMELY = compiled(
    rf"(?:(?:{_PARTS}|[早晚]|[0-9][日号]|时间[：:为]?|[于自])|[0-9][:：][0-9]{{2}}\s?[-—－~～至到]{{1,2}})\s?\Z"
)
_THEN = compiled(r"[，,]?(?:准时)?(?:开始|召开|举行|启动|集合|出发|开幕|前|止|结束|开放|开门|闭馆|起)")
_PART = compiled(rf"({_PARTS})\s?\Z")
_NOT_IN = {
    "上午": range(13, 25), "下午": range(24, 25), "凌晨": range(13, 24), "早上": range(12, 24),
    "早晨": range(12, 24), "清晨": range(12, 24), "中午": range(16, 24),
}  # fmt: skip
_LASTING = compiled(
    r"(?:历时|用时|耗时|长达|全程|累计|时长|成绩|持续|共|约|仅用|行程|飞行|运行|得分)[为是：:]?[\u4e00-\u9fff]{0,3}\Z"
)
_BASIS = "GB/T 7408.1-2023：时间的表示（时为00至24，分为00至59）"


def marks(raw: str) -> Iterator[Mark]:
    """Yield one mark for each time that no clock shows."""
    for found in _TIME.finditer(raw):
        start = found.start()
        hour = int(found[0][: 1 + found[0][1:2].isdigit()])
        if start and (raw[start - 1].isdigit() or raw[start - 1] in ".:："):
            continue
        if hour > 24 or int(found[1] or found[2] or 0) > 59:
            yield from _impossible(raw, found, hour)
        elif (part := _PART.search(raw, max(0, start - 4), start)) and hour in _NOT_IN.get(part[1], ()):
            message = f"“{part[1]}”与“{found[0]}”不一致"
            yield Mark(part.start(), found.end(), message, None, _BASIS, confidence=0.9)


def _impossible(raw: str, found: re.Match[str], hour: int) -> Iterator[Mark]:
    timely = _TIMELY.search(raw, max(0, found.start() - 9), found.start()) or _THEN.match(raw, found.end())
    if found[1] or not found[2]:
        # Digits alone are a time only where the words before say so; 点 counts scores and shares too.
        if timely and (found[1] or found[0].endswith("时")):
            yield _mark(found, hour, sure=hour <= 24 or not found[1])
        return
    lasting = _LASTING.search(raw, max(0, found.start() - 8), found.start())
    if int(found[2]) > 59 or not lasting:
        yield _mark(found, hour, sure=bool(hour <= 24 or timely) and not lasting)


def _mark(found: re.Match[str], hour: int, *, sure: bool) -> Mark:
    message = "一天只有24小时，没有这个时刻" if hour > 24 else "一小时只有60分，没有这个时刻"
    return Mark(found.start(), found.end(), message, None, _BASIS, confidence=0.95 if sure else 0.7, sure=sure)
