"""Days of the calendar as they are written: does the day exist, which weekday is it, and which year is meant."""

from datetime import date

from govmedia.engine.content.numbers import value
from govmedia.engine.content.patterns import compiled

WEEKDAYS = "一二三四五六日"
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Calendars that are not the Gregorian one; months and days follow other rules there.
OTHER_CALENDAR = compiled(
    r"[农阴夏旧古皇藏回彝傣佛教苗]历|伊斯兰历|儒略历|希吉来|埃塞俄比亚|科普特|老历|正月|腊月|冬月|闰.{0,2}月|初[一二三四五六七八九十]"
    r"|乾隆|康熙|雍正|嘉庆|道光|咸丰|同治|光绪|宣统|万历|洪武|永乐|贞观"
)
_MENTIONED = compiled(r"(?<![0-9])((?:19|20)[0-9]{2})\s?年(?!度)")


def days_in(month: int, year: int | None = None) -> int:
    """How many days the month has; February has 29 where the year is unknown."""
    if month == 2 and year is not None and not leap(year):
        return 28
    return _LENGTHS[month - 1]


def leap(year: int) -> bool:
    """True for a leap year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def weekday(year: int, month: int, day: int) -> str:
    """The character of the day's weekday; empty where the day does not exist."""
    if not 1 <= month <= 12 or not 1 <= day <= days_in(month, year) or not 1 <= year <= 9999:
        return ""
    return WEEKDAYS[date(year, month, day).weekday()]


def whole(written: str) -> int | None:
    """A year, month or day in Arabic or Chinese digits; None where it is none."""
    worth = value(written)
    return int(worth) if worth is not None else None


def nearest_year(today: date, month: int, day: int) -> int:
    """The year that puts the day closest to today: in January 12月30日 is last year's."""
    around = (today.year - 1, today.year, today.year + 1)
    return min(around, key=lambda year: abs((date(year, month, min(day, days_in(month, year))) - today).days))


def years_before(raw: str, place: int, reach: int = 400) -> list[int]:
    """The years (公元, four digits) mentioned before a place, last first, without repeats."""
    found = [int(one.group(1)) for one in _MENTIONED.finditer(raw, max(0, place - reach), place)]
    return list(dict.fromkeys(reversed(found)))
