"""How fresh the public pages are: when an account was last seen, and how many were within a day.

A small directory is counted when a page is asked for, and remembered for a minute; of a large one the worker keeps
the figures, at most as old.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from govmedia.accounts import queries as accounts
from govmedia.common import installation
from govmedia.common.clock import now as clock
from govmedia.public.tallies import SMALL

DAY = timedelta(days=1)
KEPT = "public.freshness"
KEPT_S = 60
# Figures of a worker that stands still are older than this, and are counted again.
STALE = timedelta(minutes=5)


def of(stored: Any) -> dict[str, Any]:
    """as_of (a moment or None), seen, live; `stored` is what the worker keeps under KEPT."""
    moment = clock()
    if stored and moment - datetime.fromisoformat(stored["at"]) < STALE:
        as_of = stored["as_of"]
        return {**stored, "as_of": datetime.fromisoformat(as_of) if as_of else None}
    found: dict[str, Any] | None = cache.get(KEPT)
    if found is None:
        found = counted(moment)
        cache.set(KEPT, found, KEPT_S)
    return found


def counted(now: datetime) -> dict[str, Any]:
    """The figures as they are."""
    live = accounts.live()
    as_of = live.aggregate(at=Max("last_seen_at"))["at"]
    return {"as_of": as_of, "seen": live.filter(last_seen_at__gt=now - DAY).count(), "live": live.count()}


def keep_freshness(*, now: datetime) -> bool:
    """Keep the figures of a large directory; returns whether there is one."""
    found = counted(now)
    if found["live"] <= SMALL:
        return False
    as_of = found["as_of"]
    installation.write(KEPT, {**found, "as_of": as_of.isoformat() if as_of else None, "at": now.isoformat()})
    return True
