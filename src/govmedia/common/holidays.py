"""The calendar in use: the packaged holidays and those of the installation, read again when a file changes."""

from functools import lru_cache

from django.conf import settings

from govmedia.engine.calendar import PACKAGED, Calendar

Stamp = tuple[tuple[str, int], ...]


def calendar() -> Calendar:
    """Working days as known now. Errors: HolidayError where a file is wrong."""
    return calendar_at(stamp())


def stamp() -> Stamp:
    """Which holiday files there are and when each was last written."""
    folders = (PACKAGED, *settings.HOLIDAY_FOLDERS)
    return tuple((str(path), path.stat().st_mtime_ns) for folder in folders for path in sorted(folder.glob("*.toml")))


@lru_cache(maxsize=4)
def calendar_at(files: Stamp) -> Calendar:
    """The calendar as of these files."""
    return Calendar.load(settings.HOLIDAY_FOLDERS)
