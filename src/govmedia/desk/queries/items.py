"""One thing that waits for a person, as the start page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from govmedia.orgs.models import User

# So many of each kind; the rest stands behind the room's own list.
MOST = 15
# Hits in the queue are counted up to so many.
COUNTED = 99


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. `order` sorts: what is due first, then what has waited longest."""

    order: tuple[date, datetime]
    due: str
    title: str
    url: str
    deed: str
    small: str = ""
    late: bool = False
    soon: bool = False


def due_words(on: date, today: date) -> str:
    """`已超期 2 天`, `今天到期`, `明天到期`, `11-27 到期`."""
    days = (on - today).days
    if days < 0:
        return f"已超期 {-days} 天"
    return {0: "今天到期", 1: "明天到期"}.get(days, f"{on:%m-%d} 到期")


Source = Callable[[User, Mapping[str, Any], date], list[Item]]
