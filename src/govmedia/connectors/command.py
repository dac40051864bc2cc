"""The core of `govmedia fetch`: one look at an interface, its posts as JSON Lines."""

import asyncio
import json
from datetime import datetime
from typing import TextIO

from govmedia.connectors.errors import OUTCOME_TEXT, Outcome
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client
from govmedia.connectors.registry import INTERFACES, LABELS
from govmedia.connectors.types import FetchResult


def run_fetch(
    interface: str, handle: str, since: datetime | None, out: TextIO, err: TextIO, guard: Guard, now: datetime
) -> int:
    """Write the posts dated `since` or later, and the undated ones, in the source's order.

    Exit status: 0 seen (also when there are no posts); 1 not seen, the cause on `err`; 2 unknown interface.
    """
    if interface not in INTERFACES:
        known = "、".join(f"{code}（{label}）" for code, label in LABELS.items())
        err.write(f"没有名为“{interface}”的数据接口。现有：{known}。\n")
        return 2
    result = asyncio.run(_look(interface, handle, guard, now))
    if result.feed is not None:
        for post in result.feed.entries:
            if since is None or post.published_at is None or post.published_at >= since:
                out.write(json.dumps(post.to_post(), ensure_ascii=False) + "\n")
        out.flush()
    if result.outcome is Outcome.ok:
        return 0
    err.write(f"{handle}：{OUTCOME_TEXT[result.outcome].label}。{result.cause}\n")
    return 1


async def _look(interface: str, handle: str, guard: Guard, now: datetime) -> FetchResult:
    async with Client(guard) as client:
        return await INTERFACES[interface].fetch(handle, client, now=now)
