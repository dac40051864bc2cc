"""Stretches of time in which an account was seen."""

from datetime import datetime, timedelta

# Looks are at most 12 hours apart (see `pacing`). Three times that still counts as one stretch: a feed shows what
# was posted since the look before, and one or two failed looks must not punch a hole. Longer than that, its window
# may have moved past what was posted meanwhile, so the time between is not seen.
BRIDGE_HOURS = 36
BRIDGE = timedelta(hours=BRIDGE_HOURS)


def extends(end_at: datetime, now: datetime) -> bool:
    """Whether a successful look at `now` continues a stretch whose last successful look was at `end_at`."""
    return now - end_at <= BRIDGE
