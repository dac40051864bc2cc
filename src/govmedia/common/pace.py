"""How many requests somebody may make: a fixed number within each minute of the clock, counted in the cache.

A token is counted by itself, and who comes without one by the address he comes from. With several processes each
counts for itself.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

REQUESTS, WINDOW_S = 60, 60


@dataclass(frozen=True, slots=True)
class Pace:
    """What of the present minute was used of `most` requests; `reset_s` is how long it lasts yet."""

    used: int
    reset_s: int
    most: int

    @property
    def exceeded(self) -> bool:
        return self.used > self.most

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.most),
            "RateLimit-Remaining": str(max(0, self.most - self.used)),
            "RateLimit-Reset": str(self.reset_s),
        }


def counted(who: int | str, now: datetime, most: int) -> Pace:
    """Count one more request of a token (its key) or of an address."""
    window, gone_s = divmod(int(now.timestamp()), WINDOW_S)
    key = f"pace.{who}.{window}"
    cache.add(key, 0, 2 * WINDOW_S)
    try:
        used = cache.incr(key)
    except ValueError:
        # The cache made room just now and forgot who it was.
        used = 1
    return Pace(used, WINDOW_S - gone_s, most)
