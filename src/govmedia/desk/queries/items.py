"""One thing that waits for a person, and how its date is said."""

from dataclasses import dataclass
from datetime import date, datetime


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
