"""Feeds: RSS, Atom and JSON Feed over HTTP; the handle is the URL."""

import asyncio
from datetime import datetime

from govmedia.connectors.errors import OUTCOME_TEXT, Outcome, Trouble
from govmedia.connectors.feed_parse import parse_feed
from govmedia.connectors.http import Client, Reply, retry_after
from govmedia.connectors.types import Feed, FetchResult
from govmedia.engine.hashing import sm3_hex

CODE = "feed"
LABEL = "订阅源"
SHOWS = frozenset({"posts"})

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/xml;q=0.9, */*;q=0.5"
)
# Above this, reading takes long enough to be felt by the others in the loop.
LARGE_BODY = 256 * 1024
STATUS_OUTCOMES = {
    304: (Outcome.retry_soon, "对方答“没有变化”（304），但这次问的是全部内容。"),
    401: (Outcome.needs_reauthorise, "对方要求登录（401）。"),
    403: (Outcome.needs_reauthorise, "对方拒绝访问（403）。"),
    404: (Outcome.not_found, "对方说没有这个地址（404）。"),
    407: (Outcome.needs_reauthorise, "对方要求代理认证（407）。"),
    408: (Outcome.retry_soon, "对方说等待超时（408）。"),
    410: (Outcome.gone, "对方说这个地址已永久停用（410）。"),
    421: (Outcome.retry_soon, "对方说请求送错了地方（421）。"),
    425: (Outcome.retry_soon, "对方要求稍后再试（425）。"),
    429: (Outcome.rate_limited, "对方说访问过于频繁（429）。"),
}


async def fetch(
    handle: str, client: Client, *, etag: str = "", last_modified: str = "", now: datetime
) -> FetchResult:
    """One look at the feed at URL `handle`, conditional where `etag` or `last_modified` are given.

    Never raises for the feed's faults: they come back as outcome and cause.
    """
    headers = {"Accept": ACCEPT}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    try:
        reply = await client.get(handle.strip(), headers)
    except Trouble as why:
        return FetchResult(why.outcome, why.text, status=why.status, final_url=handle)
    if reply.status == 304 and len(headers) > 1:
        return FetchResult(
            Outcome.not_modified,
            status=304,
            etag=reply.headers.get("ETag", etag),
            last_modified=reply.headers.get("Last-Modified", last_modified),
            moved_to=reply.permanent_url,
            address=reply.address,
            took_ms=reply.took_ms,
            final_url=reply.final_url,
        )
    if not 200 <= reply.status < 300:
        return _refused(reply, now)
    return await _read(reply)


def _refused(reply: Reply, now: datetime) -> FetchResult:
    outcome, cause = STATUS_OUTCOMES.get(
        reply.status,
        (Outcome.retry_soon, f"对方服务器出错或正忙（{reply.status}）。")
        if reply.status >= 500
        else (Outcome.not_a_feed, f"对方没有给出订阅源（状态码 {reply.status}）。"),
    )
    return FetchResult(
        outcome,
        cause + OUTCOME_TEXT[outcome].advice,
        reply.status,
        retry_at=retry_after(reply.headers.get("Retry-After", ""), now),
        address=reply.address,
        took_ms=reply.took_ms,
        final_url=reply.final_url,
    )


async def _read(reply: Reply) -> FetchResult:
    charset = _charset(reply.headers.get("Content-Type", ""))
    feed: Feed | None = None
    try:
        if len(reply.body) > LARGE_BODY:
            feed = await asyncio.to_thread(parse_feed, reply.body, reply.final_url, charset)
        else:
            feed = parse_feed(reply.body, reply.final_url, charset)
        outcome, cause = _judged(feed)
    except Trouble as why:
        outcome, cause = why.outcome, why.cause
    good = outcome is Outcome.ok
    # A bad page's validators and address prove nothing: the next look asks for the whole again.
    return FetchResult(
        outcome,
        "" if good else cause + OUTCOME_TEXT[outcome].advice,
        reply.status,
        feed=feed,
        etag=reply.headers.get("ETag", "") if good else "",
        last_modified=reply.headers.get("Last-Modified", "") if good else "",
        moved_to=reply.permanent_url if good else None,
        body_sm3=sm3_hex(reply.body),
        size=len(reply.body),
        address=reply.address,
        took_ms=reply.took_ms,
        final_url=reply.final_url,
    )


def _judged(feed: Feed) -> tuple[Outcome, str]:
    if feed.truncated:
        return Outcome.parse_error, f"内容不完整，读到第 {len(feed.entries)} 条后中断。"
    if feed.expired:
        return Outcome.gone, "订阅源自称已停止更新（expired）。"
    return Outcome.ok, ""


def _charset(content_type: str) -> str:
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()
    return ""
