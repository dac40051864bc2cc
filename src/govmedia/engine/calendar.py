"""Calendar days, working days and quarters of Asia/Shanghai. Holidays are data: one TOML file a year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Self

from govmedia.engine.tables import TableError, is_day, is_whole, read_table

PACKAGED = Path(__file__).with_name("holidays")
# No summer time since 1991, so a fixed offset is exact for every account and needs no zone data on the machine.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2100
WORKING_DAYS_MAX = 3660


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai of an aware moment."""
    return moment.astimezone(SHANGHAI).date()


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter (1 to 4) of a day."""
    return day.year, (day.month + 2) // 3


def quarter_range(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter. Errors: ValueError for a quarter outside 1 to 4."""
    if not 1 <= quarter <= 4:
        raise ValueError(f"季度应为 1 到 4，而不是 {quarter}。")
    first = date(year, 3 * quarter - 2, 1)
    following = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return first, following - ONE_DAY


def quarter_before(year: int, quarter: int) -> tuple[int, int]:
    """Year and quarter of the quarter before.

    >>> quarter_before(2026, 1)
    (2025, 4)
    """
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def quarter_name(year: int, quarter: int) -> str:
    """As titles have it.

    >>> quarter_name(2026, 4)
    '2026年第四季度'
    """
    return f"{year}年第{'一二三四'[quarter - 1]}季度"


class UnknownYear(ValueError):
    """Working days of a year whose holidays are not known; `text` says so in Chinese and what to do."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.text = (
            f"{year} 年的节假日安排尚未导入，算不出工作日。请用 govmedia import holidays 导入国务院办公厅的通知。"
        )
        super().__init__(self.text)


class HolidayError(TableError):
    """A holiday file that cannot be used; `text` says in Chinese what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time. `known` False: a year's holidays are missing, only weekends were left out."""

    on: date
    known: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and make-up working days of the years that are known."""

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> Self:
        """The packaged years and those of the folders; of one year the last file counts, as notices get amended.

        Errors: HolidayError where a file is wrong.
        """
        tables: dict[int, Mapping[str, Any]] = {}
        for folder in (PACKAGED, *folders):
            for path in sorted(folder.glob("*.toml")):
                table = read_table(path, HolidayError)
                problems = list(_problems(table))
                if problems:
                    raise HolidayError(f"{path}：{problems[0]}")
                tables[table["year"]] = table
        return cls(
            years=frozenset(tables),
            off=frozenset(day for table in tables.values() for day in _off_days(table)),
            work=frozenset(day for table in tables.values() for day in table["work"]),
        )

    def known(self, day: date) -> bool:
        """True where the holidays of the day's year are known."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Errors: UnknownYear."""
        if day.year not in self.years:
            raise UnknownYear(day.year)
        return self._works(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day, which itself is not counted; 0 gives the day itself.

        Errors: UnknownYear where any day on the way is of an unknown year; ValueError for a count out of reason.
        """
        deadline = self.deadline(day, count)
        if not deadline.known:
            raise UnknownYear(next(year for year in range(day.year, deadline.on.year + 1) if year not in self.years))
        return deadline.on

    def deadline(self, day: date, count: int) -> Deadline:
        """As `add_working_days`, but an unknown year is reported instead of refused."""
        if not 0 <= count <= WORKING_DAYS_MAX:
            raise ValueError(f"工作日数应在 0 到 {WORKING_DAYS_MAX} 之间，而不是 {count}。")
        known = True
        while count:
            day += ONE_DAY
            known = known and day.year in self.years
            count -= self._works(day)
        return Deadline(day, known)

    def working_day_before(self, day: date) -> date:
        """The last working day before a day; of a year whose holidays are unknown only weekends are left out."""
        day -= ONE_DAY
        while not self._works(day):
            day -= ONE_DAY
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Working days later than `after` up to and with `until`; 0 where `until` is not later.

        Errors: UnknownYear.
        """
        return sum(self.is_working_day(day) for day in _days(after + ONE_DAY, until))

    def _works(self, day: date) -> bool:
        return day in self.work or (day.weekday() < 5 and day not in self.off)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _off_days(table: Mapping[str, Any]) -> Iterator[date]:
    for span in table["off"]:
        yield from _days(span["from"], span["to"])


def check_holidays(path: Path) -> list[str]:
    """What is wrong with a holiday file, in Chinese; an empty list where it can be used."""
    try:
        return list(_problems(read_table(path, HolidayError)))
    except HolidayError as why:
        return [why.text]


def _problems(table: Mapping[str, Any]) -> Iterator[str]:
    year = table.get("year")
    if not is_whole(year, FIRST_YEAR) or year > LAST_YEAR:
        yield f"缺少 year，或不在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。请写 year = 2027 这样的年份。"
        return
    for key in ("title", "source"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield f"缺少 {key}。请写明通知的名称和文号或网址。"
    off = table.get("off")
    work = table.get("work")
    if not isinstance(off, list) or not off:
        yield "缺少 [[off]]。请逐个节日写 name、from、to。"
    else:
        yield from _span_problems(off, year)
    if not isinstance(work, list) or not all(is_day(day) for day in work):
        yield "缺少 work，或其中有不是日期的内容。没有调休上班日请写 work = []。"
    else:
        yield from _work_problems(work, off, year)


def _span_problems(off: Iterable[Any], year: int) -> Iterator[str]:
    for number, span in enumerate(off, 1):
        if not isinstance(span, dict) or not is_day(span.get("from")) or not is_day(span.get("to")):
            yield f"第 {number} 个 [[off]] 缺少 from 或 to，或不是日期。请写成 from = {year}-01-01。"
        elif not _near(span["from"], year) or not _near(span["to"], year):
            yield f"第 {number} 个 [[off]] 的日期不属于 {year} 年。请核对年份。"
        elif not 0 <= (span["to"] - span["from"]).days <= 15:
            yield f"第 {number} 个 [[off]] 从 {span['from']} 到 {span['to']} 不合理。请核对先后和天数。"


def _work_problems(work: Iterable[date], off: object, year: int) -> Iterator[str]:
    spans = [span for span in off if isinstance(span, dict)] if isinstance(off, list) else []
    for day in work:
        if not _near(day, year):
            yield f"work 中的 {day} 不属于 {year} 年。请核对年份。"
        elif day.weekday() < 5:
            yield f"work 中的 {day} 本来就是星期一至星期五。调休上班日应是周末，请核对。"
        elif any(is_day(s.get("from")) and is_day(s.get("to")) and s["from"] <= day <= s["to"] for s in spans):
            yield f"{day} 既在放假日里，又在 work 里。请核对。"


def _near(day: date, year: int) -> bool:
    """A notice may begin with the last December days before its year (2022-12-31 belongs to that of 2023)."""
    return day.year == year or (day.year == year - 1 and day.month == 12)
