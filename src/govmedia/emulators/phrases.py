"""Made-up accounts and posts, for feeds that nobody wrote."""

import random
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from govmedia.emulators.source import WINDOW, EmulatedFeed, EmulatedItem

KINDS = ("rss", "atom", "json", "rdf")


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    return tomllib.loads((files("govmedia.emulators") / "phrases.toml").read_text("utf-8"))


def new_post(feed: EmulatedFeed, now: datetime, chance: random.Random) -> EmulatedItem:
    """A post of this moment for this account."""
    topic = chance.choice(_phrases()["topic"])
    return EmulatedItem(
        key=feed.key,
        native_id=f"{feed.key}-{int(now.timestamp() * 1000)}",
        title=topic["title"].format(who=feed.title),
        text=topic["text"].format(who=feed.title),
        published_at=now.replace(microsecond=0),
        author=feed.title,
    )


def made_up_feeds(accounts: int, now: datetime) -> list[EmulatedFeed]:
    """So many accounts, always the same ones, of all four kinds in turn."""
    places, duties = _phrases()["places"], _phrases()["duties"]
    return [
        EmulatedFeed(
            key=f"{number + 1:06d}",
            title=_name(places, duties, number),
            description=f"{_name(places, duties, number)}的模拟账号",
            kind=KINDS[number % len(KINDS)],
            lively=True,
            changed_at=now,
        )
        for number in range(accounts)
    ]


def _name(places: list[str], duties: list[str], number: int) -> str:
    round_no, place_no = divmod(number, len(places))
    serial, duty_no = divmod(round_no, len(duties))
    return f"{places[place_no]}{duties[duty_no]}" + (f"{serial + 1}号" if serial else "")


def made_up_posts(feeds: list[EmulatedFeed], now: datetime) -> Iterator[EmulatedItem]:
    """A window of posts for each account, about one a day, the newest of today."""
    chance = random.Random(20261123)  # noqa: S311 - the same made-up posts each time, no secret
    for feed in feeds:
        for days in range(WINDOW):
            yield new_post(feed, now - timedelta(days=days, minutes=chance.randrange(1, 600)), chance)
