"""Two ends of a range of quantities, ordinals or years, left and right of a dash or of 至."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from govmedia.engine.content.numbers import ARABIC, HANZI, MULTIPLES, counted, value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern

_UNITS = (
    r"周岁|岁|个百分点|%|％|元|个工作日|工作日|个小时|小时|分钟|个月|个|人次|人|名|位|家|户|天|周|秒|平方米|平方公里|立方米|公里|千米"
    r"|厘米|毫米|米|公斤|千克|克|吨|亩|公顷|次|台|辆|件|条|项|篇|场|倍|千瓦时|千瓦|毫升|升|座|套|张|只|头|株|棵|斤|支|批|种|℃|km|kg|cm|mm|mL|ml"
)
_LEFT = compiled(
    rf"(?<![0-9A-Za-z.,/\-—±])(?<![0-9][:：])(百分之)?({ARABIC}|{HANZI})\s?([百千十]?[万亿]|[百千])?({_UNITS})?\s?\Z"
)
_RIGHT = compiled(
    rf"\s?(百分之)?({ARABIC}|{HANZI})\s?([百千十]?[万亿]|[百千](?![瓦克米]))?(?:余|多)?({_UNITS})?(?![0-9.:：=/])"
)
# Distances and terms counted back from an end: 届满前90日至30日, 提前100米至50米.
_FROM_AN_END = compiled(r"提前|[^以]前|距|离|倒")
# 365天-104天 is a difference.
_SUM = compiled(r"(?:（[^（）]{1,8}）|[）)])?\s?[=＝÷×+\-－]\s?[0-9（]|\s?[=＝]")
_ORDINALS = r"(?:季度|[条款项章节页届期批版卷册课讲周])"
_LEFT_ORDINAL = compiled(rf"第({ARABIC}|{HANZI})({_ORDINALS})?\Z")
_RIGHT_ORDINAL = compiled(rf"第?({ARABIC}|{HANZI})({_ORDINALS})")
_LEFT_YEAR = compiled(r"(?<![0-9.\-—A-Za-z/])((?:19|20)[0-9]{2}|[一二][九〇零][〇零一二三四五六七八九]{2})年?\Z")
_RIGHT_YEAR = compiled(r"((?:19|20)[0-9]{2}|[一二][九〇零][〇零一二三四五六七八九]{2})(?:学)?年(?![0-9前])")
_LEFT_AGE = compiled(r"(?<![0-9])([2-9]0)年代\Z")
_RIGHT_AGE = compiled(r"([2-9]0)年代")


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends as they stand around a joint, `start` to `end` in the field."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    kind: str
    sure: bool = True

    @property
    def reversed(self) -> bool:
        return self.low > self.high


def ordinals(raw: str, start: int, end: int) -> Range | None:
    """第五条至第三条; `start` to `end` is the joint."""
    left = _LEFT_ORDINAL.search(raw, max(0, start - 12), start)
    right = _RIGHT_ORDINAL.match(raw, end) if left else None
    if left is None or right is None or left[2] not in (None, right[2]):
        return None
    return _range(left.start(), right.end(), value(left[1]), value(right[1]), "序号")


def years(raw: str, start: int, end: int) -> Range | None:
    """2023年至2019年, 90年代至80年代."""
    left = _LEFT_YEAR.search(raw, max(0, start - 6), start)
    right = _RIGHT_YEAR.match(raw, end) if left else None
    if left is None or right is None:
        left = _LEFT_AGE.search(raw, max(0, start - 5), start)
        right = _RIGHT_AGE.match(raw, end) if left else None
    if left is None or right is None:
        return None
    return _range(left.start(), right.end(), value(left[1]), value(right[1]), "年份")


def quantities(raw: str, start: int, end: int) -> Range | None:
    """50—30元, 百分之八十至百分之六十, 5万元至3万元: both ends of one unit, which stands at the right one at least.

    Not sure where the joint is a word: 应当在其百分之九十至百分之六十之间 goes down and is right.
    """
    right = _RIGHT.match(raw, end)
    left = _LEFT.search(raw, max(0, start - 24), start) if right else None
    if right is None or left is None or not (right[4] or right[1]):
        return None
    if left[4] not in (None, right[4]) or (left[1] and not right[1]):
        return None
    low, high = counted(left[2], left[3] or ""), counted(right[2], right[3] or "")
    # In 3—5万元 the left end shares the multiple, in 8000—1万元 it does not.
    multiple = _multiple(right)
    if low is not None and high is not None and not left[3] and not left[4] and multiple > 1 and low < 100:
        low *= multiple
    found = _range(left.start(), right.end(), low, high, "数值")
    if (
        found is None
        or _FROM_AN_END.search(raw, max(0, left.start() - 12), left.start())
        or _SUM.search(raw, right.end(), right.end() + 14)
    ):
        return None
    return replace(found, sure=raw[start] not in "至到")


def _multiple(right: re.Match[str]) -> Decimal:
    """10000 in 5万 and 五万, 1 in 50 and 五十."""
    shared = (right[3] or "") or right[2][len(right[2].rstrip("万亿")) :]
    return Decimal(MULTIPLES[shared]) if shared in ("万", "亿") else Decimal(1)


def _range(start: int, end: int, low: Decimal | None, high: Decimal | None, kind: str) -> Range | None:
    return Range(start, end, low, high, kind) if low is not None and high is not None else None


# 五万元以上三万元以下: nothing stands between the bounds.
_UPPER = Pattern(
    rf"以上至?(百分之)?({ARABIC}|{HANZI})([百千十]?[万亿]|[百千])?(元|个月|日|天|年|倍|个工作日|工作日|平方米|米|人|名|%|％|周岁|岁|小时|公里)?(?:以下|以内)"
)
_LOWER = compiled(
    rf"(?<![0-9.])(百分之)?({ARABIC}|{HANZI})([百千十]?[万亿]|[百千])?(元|个月|日|天|年|倍|个工作日|工作日|平方米|米|人|名|%|％|周岁|岁|小时|公里)?\Z"
)
_DAYS = {"日": 1, "天": 1, "个月": 30, "年": 365}
# 不少于50人、不超过30人
_LIMITS = Pattern(
    rf"(?:不少于|不低于|不得少于|不得低于|不短于|不早于|至少|最少|最低)[为是]?({ARABIC}|{HANZI})([百千十]?[万亿]|[百千])?({_UNITS})"
    rf"[，、,；且并但又]{{0,3}}(?:不超过|不多于|不高于|不得超过|不得多于|不得高于|不长于|至多|最多|最高)[为是]?({ARABIC}|{HANZI})([百千十]?[万亿]|[百千])?({_UNITS})"
)


def legal_bounds(raw: str) -> Iterator[Range]:
    """Pairs of 以上 and 以下 side by side whose lower bound is the greater one."""
    for upper in _UPPER.finditer(raw):
        lower = _LOWER.search(raw, max(0, upper.start() - 18), upper.start())
        if lower is None or bool(lower[1]) != bool(upper[1]):
            continue
        low, high = counted(lower[2], lower[3] or ""), counted(upper[2], upper[3] or "")
        if low is None or high is None:
            continue
        if lower[4] != upper[4]:
            if lower[4] not in _DAYS or upper[4] not in _DAYS:
                continue
            low, high = low * _DAYS[lower[4]], high * _DAYS[upper[4]]
        if low > high:
            # 六十周岁以上十八周岁以下 may name two groups.
            yield Range(lower.start(), upper.end(), low, high, "幅度", sure="岁" not in (upper[4] or ""))


def limits(raw: str) -> Iterator[Range]:
    """不少于 and 不超过 side by side whose lower limit is the greater one."""
    for found in _LIMITS.finditer(raw):
        low, high = counted(found[1], found[2] or ""), counted(found[4], found[5] or "")
        if low is not None and high is not None and found[3] == found[6] and low > high:
            yield Range(found.start(), found.end(), low, high, "上下限")
