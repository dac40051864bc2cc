"""The only place that reads the clock; everything else takes `now` as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar date of `moment` in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """The present calendar date in Asia/Shanghai."""
    return day_of(now())
