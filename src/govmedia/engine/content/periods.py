"""Two ends of a period, dates or times of day, left and right of a dash or of 至: is the end before the beginning?"""

import re
from dataclasses import dataclass

from govmedia.engine.content.dates import days_in
from govmedia.engine.content.patterns import compiled

_CLOCK = r"(?:上午|下午|晚上?|凌晨)?\s?[0-9]{1,2}(?:[:：][0-9]{2}|[时点](?:[0-9]{1,2}分|[半整])?)"
_LEFT = compiled(
    r"(?:((?:19|20)[0-9]{2})\s?年\s?)?(?<![0-9.])([0-9]{1,2})\s?月(?:\s?([0-9]{1,2})\s?[日号]?)?"
    rf"(?:\s?[（(][^（）()\n]{{1,8}}[）)])?(?:\s?{_CLOCK})?(?:起|开始)?\s?\Z"
)
# 5—3月: the left end shares 月; the empty groups stand for a year and a day.
_LEFT_MONTH = compiled(r"(?<![0-9.月\-/])()([0-9]{1,2})()\Z")
_RIGHT = compiled(
    r"\s?((?:次|翌|来|明|下|第二|同|当)[年月])?(?:((?:19|20)[0-9]{2})\s?年\s?)?(?:([0-9]{1,2})\s?月\s?)?(?:([0-9]{1,2})\s?[日号])?"
)
_LEFT_POINTS = compiled(r"(?<![0-9.\-/])((?:19|20)[0-9]{2})[./]([0-9]{1,2})(?:[./]([0-9]{1,2}))?\s?\Z")
_RIGHT_POINTS = compiled(r"\s?((?:19|20)[0-9]{2})[./]([0-9]{1,2})(?:[./]([0-9]{1,2}))?(?![0-9])")
_PART = r"(上午|下午|晚上|晚间|晚|早上|早|凌晨|中午|次日|翌日|第二天|隔天)?\s?"
_TIME = r"([0-9]{1,2})\s?(?:[:：]\s?([0-9]{2})|[时点](?:([0-9]{1,2})分|(半|整))?)"
_LEFT_TIME = compiled(rf"{_PART}(?<![0-9:：.]){_TIME}\s?\Z")
_RIGHT_TIME = compiled(rf"\s?{_PART}{_TIME}(?![0-9:：.])")
_YEARLY = compiled(r"每年|年度|学年|财年|采暖|供暖|供热|冬|枯水|禁渔|休渔|防火期|跨年|越冬|榨季|雪季|滑雪|赛季")
_MONTHS_OF_YEAR_ROUND = 10


@dataclass(frozen=True, slots=True)
class Period:
    """A reversed period: where it stands, and whether it is certain that it is one."""

    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int


def dates(raw: str, start: int, end: int) -> tuple[bool, Period | None]:
    """Whether dates stand on both sides of the joint, and the period where it is reversed."""
    left, right = _LEFT_POINTS.search(raw, max(0, start - 11), start), _RIGHT_POINTS.match(raw, end)
    if left and right:
        low, high = (tuple(int(part or 0) for part in found.groups()) for found in (left, right))
        wrong = low > high if left[3] and right[3] else low[:2] > high[:2]
        return True, Period(left.start(), right.end(), True) if wrong else None
    left, right = _LEFT.search(raw, max(0, start - 34), start), _RIGHT.match(raw, end)
    if not left and right and right[3] and not right[4]:
        left = _LEFT_MONTH.search(raw, max(0, start - 3), start)
    if not left or not right or not (right[3] or right[4]):
        return False, None
    if right[1] or (right[4] and not right[3] and not left[3]):
        return True, None
    first = _Day(*(int(part or 0) for part in left.groups()))
    last = _Day(int(right[2] or 0), int(right[3] or first.month), int(right[4] or 0))
    yearly = _YEARLY.search(raw, max(0, start - 30), min(len(raw), end + 30))
    certain = _reversed(first, last, yearly is not None)
    return True, None if certain is None else Period(left.start(), right.end(), certain)


def _reversed(first: _Day, last: _Day, yearly: bool) -> bool | None:
    """None where the period may run forwards; else whether it is certain that it does not."""
    if not 1 <= first.month <= 12 or not 1 <= last.month <= 12 or (last.year and not first.year):
        return None
    both_days = bool(first.day and last.day)
    if last.year:
        late = (first.year, first.month) > (last.year, last.month)
        same = (first.year, first.month) == (last.year, last.month)
        return True if late or (same and both_days and first.day > last.day) else None
    if first.month == last.month:
        if not both_days or first.day <= last.day:
            return None
        return None if yearly else first.day - last.day > 1
    if first.month < last.month or yearly or _round_year(first, last):
        return None
    # Without the years 11月至2月 goes over the new year; one that would last ten months or more does not.
    return False if (last.month - first.month) % 12 >= _MONTHS_OF_YEAR_ROUND else None


def _round_year(first: _Day, last: _Day) -> bool:
    """True for a whole year (7月1日至6月30日) and a school's year."""
    if first.month == 9 and last.month in (6, 7):
        return True
    if first.month - last.month != 1:
        return False
    return not (first.day and last.day) or (first.day == 1 and last.day >= days_in(last.month) - 1)


def times(raw: str, start: int, end: int) -> tuple[bool, Period | None]:
    """Whether times of day stand on both sides of the joint, and the period where it is reversed."""
    right = _RIGHT_TIME.match(raw, end)
    left = _LEFT_TIME.search(raw, max(0, start - 14), start) if right else None
    if left is None or right is None:
        return False, None
    before, after = left[1] or "", right[1] or ""
    first, last = _minutes(left), _minutes(right)
    if first <= last or last < 60 or max(first, last) > 24 * 60:
        return True, None
    if _same_half(before, after, first, last):
        return True, Period(left.start(), right.end(), True)
    # From early afternoon to a morning: hardly over a night.
    odd = not before and not after and 13 * 60 <= first <= 16 * 60 + 30 and 7 * 60 + 30 <= last < 12 * 60
    return True, Period(left.start(), right.end(), False) if odd else None


def _same_half(before: str, after: str, first: int, last: int) -> bool:
    """True where both times are of one half of a day, so that the period cannot go over midnight or noon."""
    if not before and not after:
        return first >= 13 * 60 and last >= (12 if first <= 18 * 60 else 13) * 60
    if before == "上午" and after in ("", "上午"):
        return 6 * 60 <= last < 12 * 60 and first < 12 * 60 + 60
    if before == "下午" and after in ("", "下午"):
        return (first < 12 * 60) == (last < 12 * 60)
    return before in ("晚上", "晚") and after == before and (first < 12 * 60) == (last < 12 * 60)


def _minutes(found: re.Match[str]) -> int:
    return int(found[2]) * 60 + int(found[3] or found[4] or 0) + (30 if found[5] == "半" else 0)
