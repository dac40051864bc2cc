"""Dates as feeds write them: RFC 822 and its oddities, RFC 3339, W3C-DTF, and Chinese ways of writing.

A time without zone is read as +08:00, and so is "CST", which Chinese software writes for China's time. What
cannot be read, and years before 1970 (unset fields), give None; the far future is kept, as the posts room judges it.
Source: RFC 822 and 2822, RFC 3339, W3C note "Date and Time Formats".
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

CHINA = timezone(timedelta(hours=8))
EARLIEST = 1970
LATEST = 9999

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january", "一月", "1月"),
            ("feb", "february", "二月", "2月"),
            ("mar", "march", "三月", "3月"),
            ("apr", "april", "四月", "4月"),
            ("may", "五月", "5月"),
            ("jun", "june", "六月", "6月"),
            ("jul", "july", "七月", "7月"),
            ("aug", "august", "八月", "8月"),
            ("sep", "sept", "september", "九月", "9月"),
            ("oct", "october", "十月", "10月"),
            ("nov", "november", "十一月", "11月"),
            ("dec", "december", "十二月", "12月"),
        ),
        start=1,
    )
    for name in names
}
HOURS_EAST = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cst", "ct", "bjt", "hkt", "sgt", "awst", "北京时间", "中国标准时间", "东八区", "北京"), 8),
    **{"cest": 2, "cet": 1, "bst": 1, "eet": 2, "msk": 3, "jst": 9, "kst": 9},
    **{"est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
}
ZONE = r"(?P<zone>[+-]\d{1,2}(?::?\d{2}){0,2}|[a-z\u4e00-\u9fff]+(?:[+-]\d{1,2}(?::?\d{2})?)?)"
CLOCK = r"(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2}))?(?:[:分](?P<second>\d{1,2}))?(?:[.,](?P<part>\d+))?[分秒]?"
HALF = r"(?P<half>上午|下午|凌晨|早上|中午|晚上|am|pm)?\s*"

ISO = re.compile(
    r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})[日号]?)?)?月?年?"
    rf"(?:[t,\s]*(?:星期[一二三四五六日天]|周[一二三四五六日])?\s*{HALF}{CLOCK}\s*(?P<tail>am|pm)?)?\s*\(?{ZONE}?\)?\s*(?:\(.*\))?"
)
COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:[t\s]?(?P<hour>\d{{2}}):?(?P<minute>\d{{2}}):?(?P<second>\d{{2}})?(?:[.,](?P<part>\d+))?)?\s*{ZONE}?"
)
ORDINAL = re.compile(rf"(?P<year>\d{{4}})-(?P<days>\d{{3}})(?:t{CLOCK})?\s*{ZONE}?")
MAIL = re.compile(
    r"(?:[a-z\u4e00-\u9fff]+[.,，\s]+)*(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<name>[a-z]+|[一二三四五六七八九十]+月|\d{1,2}月)\.?,?"
    rf"[\s-]+(?P<year>\d{{2,4}})(?:,?\s+{CLOCK}\s*(?P<half>am|pm)?)?\s*{ZONE}?\s*(?:\(.*\))?"
)
ASCTIME = re.compile(
    r"(?:[a-z\u4e00-\u9fff]+[.,\s]+)?(?P<name>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?"
    rf"(?:\s+{CLOCK})?(?:\s+{ZONE}|,)?\s+(?P<year>\d{{4}})(?:,?\s+(?P<hour2>\d{{1,2}}):(?P<minute2>\d{{2}})"
    r"(?::(?P<second2>\d{2}))?\s*(?P<half>am|pm)?)?\s*(?P<zone2>[+-]\d{2}:?\d{2}|[a-z]+)?"
)
EPOCH = re.compile(r"(?P<epoch>\d{10})(?P<part>\d{3})?")
FAST_MAIL = re.compile(
    r"[A-Z][a-z]{2}, (\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|([+-])(\d\d)(\d\d))"
)


def parse_date(text: str | None) -> datetime | None:
    """The moment meant, aware, in the zone written; None for what is not a date."""
    if not text:
        return None
    text = text.strip()
    if len(text) > 100:
        return None
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> datetime | None:
    try:
        moment = _quick(text) or _slow(text)
        # A moment that no other zone can express (year 9999) would fail at the first comparison.
        return moment if moment is not None and EARLIEST <= moment.year < LATEST else None
    except (ValueError, OverflowError):
        return None


def _quick(text: str) -> datetime | None:
    match = FAST_MAIL.fullmatch(text)
    if match is not None:
        day, name, year, hour, minute, second, sign, zone_hours, zone_minutes = match.groups()
        month = MONTHS.get(name.lower())
        if month is None:
            return None
        zone = UTC if sign is None else _zone_of(int(sign + "1") * (int(zone_hours) * 60 + int(zone_minutes)))
        if int(hour) < 24 and int(second) < 60:
            return datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=zone)
        return None
    if len(text) >= 19 and text[4:5] == "-" and text[10:11] == "T":
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)
    return None


def _slow(text: str) -> datetime | None:
    text = " ".join(unicodedata.normalize("NFKC", text).lower().split()).strip(" ,.;")
    for pattern in (COMPACT, EPOCH, ORDINAL, ISO, MAIL, ASCTIME):
        match = pattern.fullmatch(text)
        if match is not None:
            return _build({name: value for name, value in match.groupdict().items() if value is not None})
    return None


def _build(found: dict[str, str]) -> datetime | None:
    if "epoch" in found:
        return datetime.fromtimestamp(int(found["epoch"]), UTC) + timedelta(milliseconds=int(found.get("part", 0)))
    month = MONTHS.get(found["name"]) if "name" in found else int(found.get("month", 1))
    zone = _zone(found.get("zone") or found.get("zone2"))
    if month is None:
        return None
    midnight = datetime(_year(found["year"]), month, int(found.get("day", 1)), tzinfo=zone)
    if "days" in found:
        midnight += timedelta(days=int(found["days"]) - 1)
    hour = int(found.get("hour") or found.get("hour2") or 0)
    minute = int(found.get("minute") or found.get("minute2") or 0)
    second = int(found.get("second") or found.get("second2") or 0)
    if hour > 24 or minute > 59 or second > 60:
        return None
    fraction = int((found.get("part", "0") + "000000")[:6]) if "part" in found else 0
    half = found.get("half") or found.get("tail")
    # Hour 24 and second 60 are legal ways to name the next day and a leap second.
    return midnight + timedelta(hours=_whole_day(hour, half), minutes=minute, seconds=second, microseconds=fraction)


def _whole_day(hour: int, half: str | None) -> int:
    if half in ("下午", "晚上", "pm") and hour < 12:
        return hour + 12
    if half == "中午" and hour < 6:
        return hour + 12
    if half in ("上午", "凌晨", "am") and hour == 12:
        return 0
    return hour


def _year(text: str) -> int:
    # Source: RFC 2822, section 4.3.
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(text) == 3 else year


def _zone(text: str | None) -> timezone:
    if not text:
        return CHINA
    if text in HOURS_EAST:
        return _zone_of(HOURS_EAST[text] * 60)
    match = re.fullmatch(r"(?:gmt|utc|ut|z)?([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?", text)
    if match is None:
        # Military letters say nothing reliable (RFC 2822, section 4.3); an unknown name is as good as none.
        return UTC if len(text) == 1 and text.isascii() else CHINA
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return _zone_of(-minutes if match[1] == "-" else minutes)


def _zone_of(minutes: int) -> timezone:
    if abs(minutes) > 16 * 60:
        raise ValueError("no such zone")
    return UTC if minutes == 0 else timezone(timedelta(minutes=minutes))
