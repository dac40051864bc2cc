"""How each fault mode answers. A handler gets the request and what the feed would have said, and says otherwise."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from aiohttp import web

from govmedia.emulators.render import CONTENT_TYPES, RENDERERS, rss
from govmedia.emulators.source import EmulatedFeed, EmulatedItem, FeedSource

MEGABYTE = 1024 * 1024
FAR_YEAR = 2099
HANG_S = 120.0
RETRY_S = 120
# Not on loopback, never answered: what a redirect into an inner network looks like.
PRIVATE = "http://10.255.255.1/feed.xml"
BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">\n'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 10))
    + ']>\n<rss version="2.0"><channel><title>&a9;</title></channel></rss>\n'
)
LOGIN = (
    "<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'><title>用户登录</title></head>"
    "<body><h1>用户登录</h1><form method='post'><p>用户名<input name='u'><p>密码<input name='p' type='password'>"
    "<p><button>登录</button></form></body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A request for a feed that misbehaves; `form` is the format asked for, `site` the emulator's own address."""

    request: web.Request
    source: FeedSource
    feed: EmulatedFeed
    form: str
    site: str

    def render(self, feed: EmulatedFeed, items: Sequence[EmulatedItem]) -> str:
        """These posts as this account's feed, in the format asked for."""
        return RENDERERS[self.form](feed, items, self.site)

    def newest(self) -> list[EmulatedItem]:
        """What the feed would have shown."""
        return self.source.newest(self.feed.key)


Fault = Callable[[Case], Awaitable[web.StreamResponse]]


def plain(form: str, text: str) -> web.Response:
    """A feed as an unconditional reply."""
    return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPES[form]})


async def empty(case: Case) -> web.Response:
    """A valid feed without posts."""
    return plain(case.form, case.render(case.feed, []))


async def truncated(case: Case) -> web.Response:
    """The first two thirds, as if they were all."""
    whole = case.render(case.feed, case.newest()).encode()
    return web.Response(body=whole[: len(whole) * 2 // 3], headers={"Content-Type": CONTENT_TYPES[case.form]})


async def html_login(case: Case) -> web.Response:
    """A log-in page with status 200."""
    return web.Response(text=LOGIN, content_type="text/html")


def status(code: int) -> Fault:
    """A handler that answers with this status, and with Retry-After where that is usual."""

    async def handler(case: Case) -> web.Response:
        headers = {"Retry-After": str(RETRY_S)} if code in (429, 503) else {}
        return web.Response(status=code, text=f"{code}\n", headers=headers)

    return handler


async def slow(case: Case) -> web.Response:
    """Nothing for two minutes."""
    await asyncio.sleep(HANG_S)
    return web.Response(status=504)


async def redirect(case: Case) -> web.Response:
    """To the next hop, for ever."""
    hop = case.request.query.get("hop", "0")
    number = int(hop) + 1 if hop.isdecimal() and len(hop) < 9 else 1
    return web.Response(status=302, headers={"Location": f"{case.request.path}?hop={number}"})


async def redirect_private(case: Case) -> web.Response:
    """Into a private network."""
    return web.Response(status=302, headers={"Location": PRIVATE})


async def moved(case: Case) -> web.Response:
    """For good, to an address that works."""
    return web.Response(status=301, headers={"Location": case.request.path.replace("/feeds/", "/moved/", 1)})


async def too_large(case: Case) -> web.StreamResponse:
    """Fifty megabytes without a length."""
    response = web.StreamResponse(headers={"Content-Type": CONTENT_TYPES["rss"]})
    await response.prepare(case.request)
    await response.write(rss(case.feed, [], case.site).partition("</channel>")[0].encode())
    filler = b"<!-- " + b"x" * (MEGABYTE - 10) + b" -->\n"
    for _ in range(50):
        await response.write(filler)
    await response.write_eof(b"</channel></rss>")
    return response


async def zip_bomb(case: Case) -> web.Response:
    """A hundred kilobytes that unpack to a hundred megabytes."""
    return web.Response(
        body=_packed_zeros(), headers={"Content-Type": CONTENT_TYPES["rss"], "Content-Encoding": "gzip"}
    )


@lru_cache(maxsize=1)
def _packed_zeros() -> bytes:
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    block = b" " * MEGABYTE
    parts = [packer.compress(b"<rss><channel>")]
    parts.extend(packer.compress(block) for _ in range(100))
    return b"".join((*parts, packer.flush()))


async def xml_bomb(case: Case) -> web.Response:
    """Entities that expand to ten thousand million characters."""
    return plain("rss", BOMB)


async def wrong_account(case: Case) -> web.Response:
    """Another account's feed under this account's address."""
    feed = case.feed
    other = case.source.neighbour(feed.key) or replace(
        feed, key="nobody", title="另一个账号", link="http://other.invalid/"
    )
    return plain(case.form, case.render(other, case.source.newest(other.key)))


async def future_dates(case: Case) -> web.Response:
    """Every post dated 2099."""
    far = datetime(FAR_YEAR, 1, 1, tzinfo=UTC)
    items = [replace(item, published_at=far, updated_at=None) for item in case.newest()]
    return plain(case.form, case.render(case.feed, items))


async def no_dates(case: Case) -> web.Response:
    """No post dated."""
    items = [replace(item, published_at=None, updated_at=None) for item in case.newest()]
    return plain(case.form, case.render(case.feed, items))


async def gbk(case: Case) -> web.Response:
    """GB18030 bytes that nothing declares."""
    text = case.render(case.feed, case.newest()).replace(' encoding="UTF-8"', "")
    kind = CONTENT_TYPES[case.form].partition(";")[0]
    return web.Response(body=text.encode("gb18030"), headers={"Content-Type": kind})


async def ten_thousand(case: Case) -> web.Response:
    """Ten thousand posts: the newest ones over and over under new ids."""
    real = case.newest() or [EmulatedItem(case.feed.key, "0", case.feed.title, "")]
    items = [replace(real[n % len(real)], native_id=f"{case.feed.key}-many-{n}") for n in range(10_000)]
    return plain(case.form, case.render(case.feed, items))


FAULTS: dict[str, Fault] = {
    "empty": empty,
    "truncated": truncated,
    "html_login": html_login,
    **{f"http_{code}": status(code) for code in (401, 403, 404, 410, 429, 500, 503)},
    "slow": slow,
    "redirect": redirect,
    "redirect_private": redirect_private,
    "moved": moved,
    "too_large": too_large,
    "zip_bomb": zip_bomb,
    "xml_bomb": xml_bomb,
    "wrong_account": wrong_account,
    "future_dates": future_dates,
    "no_dates": no_dates,
    "gbk": gbk,
    "ten_thousand": ten_thousand,
}
