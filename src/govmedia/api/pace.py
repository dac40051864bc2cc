"""How many requests a token may make: a fixed number within each minute of the clock, counted in the cache.

With several processes each counts for itself.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

REQUESTS, WINDOW_S = 60, 60


@dataclass(frozen=True, slots=True)
class Pace:
    """What of the present minute a token has used; `reset_s` is how long it lasts yet."""

    used: int
    reset_s: int

    @property
    def exceeded(self) -> bool:
        return self.used > REQUESTS

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(REQUESTS),
            "RateLimit-Remaining": str(max(0, REQUESTS - self.used)),
            "RateLimit-Reset": str(self.reset_s),
        }


def counted(token: int, now: datetime) -> Pace:
    """Count one more request of the token."""
    window, gone_s = divmod(int(now.timestamp()), WINDOW_S)
    key = f"api.pace.{token}.{window}"
    cache.add(key, 0, 2 * WINDOW_S)
    try:
        used = cache.incr(key)
    except ValueError:
        # The cache made room just now and forgot the token.
        used = 1
    return Pace(used, WINDOW_S - gone_s)
