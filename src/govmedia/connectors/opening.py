"""Opening addresses that posts and feeds show and lead to: each once, one at a time to a host, within bounds,
nothing followed but redirects."""

import asyncio
from collections.abc import Mapping

from govmedia.connectors.errors import Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client, Reply
from govmedia.connectors.limits import Limits
from govmedia.engine.content.pictures import BYTES_MOST

_CONCURRENCY = 10
PICTURES = Limits(total_s=10.0, body_bytes=BYTES_MOST)
PAGES = Limits(total_s=10.0, body_bytes=1024 * 1024)
_ACCEPT = {PICTURES: "image/*", PAGES: "text/html, application/xhtml+xml"}


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
