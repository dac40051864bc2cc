"""What judging goes by besides the edition: the calendar in use, and the versions kept with each verdict."""

from functools import lru_cache
from typing import Any

from django.conf import settings

from govmedia.engine.calendar import PACKAGED, Calendar
from govmedia.engine.edition import Edition
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.judging import Judge, indicator_versions

HOLIDAYS = "holidays"


def judge_by(edition: Edition) -> Judge:
    """The indicators made ready for an edition and the calendar in use. Errors: HolidayError."""
    return Judge(edition, _calendar(_stamp()))


def versions() -> dict[str, Any]:
    """Version of every indicator by code, and the fingerprint of the calendar under "holidays"."""
    return {**indicator_versions(), HOLIDAYS: _fingerprint(_stamp())}


def _stamp() -> tuple[tuple[str, int], ...]:
    """Which holiday files there are and when each was last written, so that a changed file is read again."""
    folders = (PACKAGED, *settings.HOLIDAY_FOLDERS)
    return tuple((str(path), path.stat().st_mtime_ns) for folder in folders for path in sorted(folder.glob("*.toml")))


@lru_cache(maxsize=4)
def _calendar(stamp: tuple[tuple[str, int], ...]) -> Calendar:
    return Calendar.load(settings.HOLIDAY_FOLDERS)


@lru_cache(maxsize=4)
def _fingerprint(stamp: tuple[tuple[str, int], ...]) -> str:
    calendar = _calendar(stamp)
    parts = [sorted(calendar.years), sorted(calendar.off), sorted(calendar.work)]
    return tagged_sm3(canonical_json(parts))
