"""Opening addresses that posts and feeds show and lead to: each once, one at a time to a host, within bounds,
nothing followed but redirects."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic
from typing import TypeVar

from govmedia.connectors.errors import Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client, Reply
from govmedia.connectors.limits import Limits
from govmedia.engine.content.pictures import BYTES_MOST

# How many a run takes on, of them of one host, and how many are opened before it is asked again whether to go on.
PER_RUN, OF_A_HOST, _AT_ONCE = 40, 5, 8
# A run shall not hold the worker for longer.
_RUN_S = 60.0
_CONCURRENCY = 10
PICTURES = Limits(total_s=10.0, body_bytes=BYTES_MOST)
PAGES = Limits(total_s=10.0, body_bytes=1024 * 1024)
_ACCEPT = {PICTURES: "image/*", PAGES: "text/html, application/xhtml+xml"}

Item = TypeVar("Item")


def for_a_run(go_on: Callable[[], bool]) -> Callable[[], bool]:
    """`go_on`, for as long as a run may last from now."""
    end = monotonic() + _RUN_S
    return lambda: go_on() and monotonic() < end


def a_few(items: Sequence[Item], go_on: Callable[[], bool]) -> Iterator[Sequence[Item]]:
    """The items, some at a time, until there are none or it shall not go on."""
    for start in range(0, len(items), _AT_ONCE):
        if not go_on():
            return
        yield items[start : start + _AT_ONCE]


def fetch_all(urls: Mapping[int, str], limits: Limits, guard: Guard) -> dict[int, Reply | Trouble]:
    """By key what each address answered, or why it did not."""
    return asyncio.run(_all(urls, limits, guard)) if urls else {}


async def _all(urls: Mapping[int, str], limits: Limits, guard: Guard) -> dict[int, Reply | Trouble]:
    async with Client(guard, limits, concurrency=_CONCURRENCY) as client:

        async def one(url: str) -> Reply | Trouble:
            try:
                return await client.get(url, {"Accept": _ACCEPT[limits]})
            except Trouble as why:
                return why

        return dict(zip(urls, await asyncio.gather(*map(one, urls.values())), strict=True))
