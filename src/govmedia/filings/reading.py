"""Reading an account's feed once, so that the form fills itself."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client
from govmedia.connectors.registry import INTERFACES
from govmedia.connectors.types import Feed, FetchResult, Snapshot
from govmedia.engine.links import is_web
from govmedia.filings.content import clean_draft, plain_line
from govmedia.filings.models import Filing
from govmedia.posts.services import fingerprint_at

INTERFACE = "feed"
SHOWN_POSTS = 5
_TITLE_CHARS = 200
# Whose page a feed's link leads to tells the platform; hosts by their end.
PLATFORM_HOSTS: Mapping[str, str] = {
    "mp.weixin.qq.com": "wechat_mp", "channels.weixin.qq.com": "wechat_channels", "weibo.com": "weibo",
    "weibo.cn": "weibo", "toutiao.com": "toutiao", "douyin.com": "douyin", "kuaishou.com": "kuaishou",
    "bilibili.com": "bilibili", "xiaohongshu.com": "xiaohongshu",
}  # fmt: skip


def look(url: str, *, now: datetime) -> FetchResult:
    """One guarded look at the address, at most 15 seconds; faults come back as outcome and cause."""

    async def once() -> FetchResult:
        async with Client(Guard(settings.FETCH_ALLOW)) as client:
            return await INTERFACES[INTERFACE].fetch(url, client, now=now)

    return asyncio.run(once())


def kept(url: str, result: FetchResult, *, now: datetime) -> dict[str, Any]:
    """What a filing keeps of a look: plain values, short, safe to store."""
    row: dict[str, Any] = {
        "url": url,
        "at": now.isoformat(),
        "ok": result.feed is not None and result.outcome.seen,
        "outcome": str(result.outcome),
        "cause": result.cause,
        "moved_to": result.moved_to or "",
        "address": result.address,
        "body_sm3": result.body_sm3,
    }
    return {**row, **_feed(result.feed)} if result.feed is not None and result.outcome.seen else row


def _feed(feed: Feed) -> dict[str, Any]:
    dated = [entry.published_at for entry in feed.entries if entry.published_at is not None]
    filled = {"name": feed.title[:80], "description": feed.description[:500], "url": _web(feed.link)}
    return {
        "title": plain_line(feed.title, _TITLE_CHARS),
        "feed_id": plain_line(feed.feed_id, 500),
        "count": len(feed.entries),
        "latest_at": max(dated).isoformat() if dated else "",
        "avatar": fingerprint_at(feed.picture) if _web(feed.picture) else None,
        "posts": [_post(entry) for entry in feed.entries[:SHOWN_POSTS]],
        "filled": {**clean_draft(Filing.Kind.OPEN, filled), "platform": platform_of(feed.link)},
    }


def _post(entry: Snapshot) -> dict[str, str]:
    at = entry.published_at.isoformat() if entry.published_at else ""
    return {"title": plain_line(entry.title or entry.text, _TITLE_CHARS), "url": _web(entry.url), "at": at}


def _web(url: str) -> str:
    """The address if it is one of the web: a feed may say anything, and we make links of it."""
    return url[:2000] if is_web(url) else ""


def platform_of(link: str) -> str:
    """The platform a link leads to; empty where its host tells nothing."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return next((code for end, code in PLATFORM_HOSTS.items() if host == end or host.endswith(f".{end}")), "")
