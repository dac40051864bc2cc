"""Geometry of the small pictures in pages: stacked bars and the year's calendar. Pure; no tags in here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CELL, STEP, LEFT, TOP = 12, 15, 26, 18
MONTHS = ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a stacked bar; `x` and `width` are percentages of the bar as text, ready for SVG attributes."""

    tone: str
    label: str
    count: int
    x: str
    width: str


def share(part: float, whole: float) -> Decimal:
    """`part` of `whole` in per cent, unrounded; 0 where `whole` is 0."""
    return Decimal(str(part)) * 100 / Decimal(str(whole)) if whole else Decimal(0)


def rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP)


def segments(parts: Iterable[tuple[str, int, str]]) -> list[Segment]:
    """Pieces of a bar from (tone, count, label); empty pieces are left out, the last one ends at exactly 100 %."""
    given = [part for part in parts if part[1]]
    total = sum(count for _, count, _ in given)
    found, before = [], 0
    for tone, count, label in given:
        start, end = (rounded(share(edge, total), "0.01") for edge in (before, before + count))
        found.append(Segment(tone, label, count, f"{start}%", f"{end - start}%"))
        before += count
    return found


@dataclass(frozen=True, slots=True)
class Day:
    """What one day of an account looked like: `posts` is None where the day was not seen."""

    on: date
    posts: int | None
    gap: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int
    css: str
    title: str
    not_seen: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year as columns of weeks (Monday first) with its month marks and one sentence in words."""

    cells: list[Cell]
    months: list[tuple[int, str]]
    width: int
    height: int
    summary: str


def _day(given: Day | Mapping[str, object]) -> Day:
    return given if isinstance(given, Day) else Day(**given)  # type: ignore[arg-type]


def _look(day: Day) -> tuple[str, str]:
    if day.outside:
        return "heat-out", "不在统计期内"
    if day.posts is None:
        return "heat-un", "未见"
    level = 0 if not day.posts else 1 if day.posts == 1 else 2 if day.posts <= 3 else 3
    words = f"发布 {day.posts} 篇" if day.posts else "无发布"
    return f"heat-{level}", words


def _cell(day: Day, first: date) -> Cell:
    css, words = _look(day)
    offset = (day.on - first).days
    gap = "，计入更新间隔" if day.gap else ""
    return Cell(
        LEFT + offset // 7 * STEP,
        TOP + offset % 7 * STEP,
        f"{css} heat-gap" if day.gap else css,
        f"{day.on.isoformat()}：{words}{gap}",
        css == "heat-un",
    )


def _months(days: Sequence[Day], first: date) -> list[tuple[int, str]]:
    marks = [(LEFT + (day.on - first).days // 7 * STEP, MONTHS[day.on.month - 1]) for day in days if day.on.day == 1]
    return [mark for mark, following in zip(marks, [*marks[1:], None], strict=True) if mark and following != mark]


def _summary(days: Sequence[Day]) -> str:
    inside = [day for day in days if not day.outside]
    seen = [day for day in inside if day.posts is not None]
    posts = sum(day.posts or 0 for day in seen)
    text = f"{days[0].on.isoformat()} 至 {days[-1].on.isoformat()}：看到 {len(seen)} 天，共发布 {posts:,} 篇"
    if len(seen) < len(inside):
        text += f"，未见 {len(inside) - len(seen)} 天"
    gaps = sum(day.gap for day in inside)
    return text + (f"，计入更新间隔 {gaps} 天" if gaps else "") + "。"


def calendar(given: Iterable[Day | Mapping[str, object]]) -> Calendar | None:
    """The calendar of consecutive `given` days in order (Day, or a mapping with its fields); None without a day."""
    days = [_day(day) for day in given]
    if not days:
        return None
    first = days[0].on - timedelta(days=days[0].on.weekday())
    weeks = (days[-1].on - first).days // 7 + 1
    return Calendar(
        [_cell(day, first) for day in days],
        _months(days, first),
        LEFT + weeks * STEP,
        TOP + 7 * STEP,
        _summary(days),
    )
