"""What judging goes by besides the edition: the calendar in use, and the versions kept with each verdict."""

from functools import lru_cache
from typing import Any

from govmedia.common.holidays import Stamp, calendar, calendar_at, stamp
from govmedia.engine.edition import Edition
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.judging import Judge, indicator_versions

HOLIDAYS = "holidays"


def judge_by(edition: Edition) -> Judge:
    """The indicators made ready for an edition and the calendar in use. Errors: HolidayError."""
    return Judge(edition, calendar())


def versions() -> dict[str, Any]:
    """Version of every indicator by code, and the fingerprint of the calendar under "holidays"."""
    return {**indicator_versions(), HOLIDAYS: _fingerprint(stamp())}


@lru_cache(maxsize=4)
def _fingerprint(files: Stamp) -> str:
    found = calendar_at(files)
    parts = [sorted(found.years), sorted(found.off), sorted(found.work)]
    return tagged_sm3(canonical_json(parts))
