"""The emulator of feeds: serves each account's feed over HTTP as real sites do, and misbehaves on request.

GET  /feeds/KEY.rss|atom|json|rdf   the feed; ETag, Last-Modified, 304, gzip
GET  /posts/KEY/ID                  a post as a page
GET  /pictures/NAME, /pages/NAME, /avatars/NAME    what posts and feeds lead to, see `beyond`
GET  /                              what there is, with a switch for each feed
GET  /control/                      the modes, as JSON
POST /control/KEY?mode=MODE         switch a feed; from this machine only
"""

import asyncio
import gzip
import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web

from govmedia.emulators import beyond, pages
from govmedia.emulators.faults import FAULTS, Case
from govmedia.emulators.modes import MODES
from govmedia.emulators.phrases import new_post
from govmedia.emulators.render import CONTENT_TYPES, RENDERERS
from govmedia.emulators.source import EmulatedFeed, FeedSource, FileSource

Clock = Callable[[], datetime]
CACHED = 128
WORTH_PACKING = 1024
LOOPBACK_NAMES = frozenset(["localhost", "127.0.0.1", "[::1]"])


@dataclass(frozen=True, slots=True)
class Rendered:
    """A feed as it goes over the wire, plain and packed."""

    plain: bytes
    packed: bytes


class FeedServer:
    """A running emulator; `url` is its address without a slash at the end."""

    def __init__(self, source: FeedSource, clock: Clock, lively_s: float | None) -> None:
        self._source = source
        self._clock = clock
        self._lively_s = lively_s
        self._cache: OrderedDict[tuple[str, str, str, int], Rendered] = OrderedDict()
        self._chance = random.Random()  # noqa: S311 - picks which made-up post appears, no secret
        self._life: asyncio.Task[None] | None = None
        self.url = ""
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Listen. Errors: OSError where the port is taken."""
        application = web.Application()
        application.add_routes(
            [
                web.get(r"/{place:feeds|moved}/{key}.{form:rss|atom|json|rdf}", self._feed),
                web.get("/posts/{key}/{native_id:.+}", self._post),
                web.get("/pictures/{name}", beyond.picture),
                web.get("/avatars/{name}", beyond.face),
                web.get("/pages/{name}", beyond.page),
                web.get("/control/", self._modes),
                web.post("/control/{key}", self._switch),
                web.get("/style.css", self._style),
                web.get("/", self._overview),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.url = f"http://{host}:{self.port}"
        if self._lively_s is not None:
            self._life = asyncio.create_task(self._live(self._lively_s))

    async def close(self) -> None:
        """Stop listening."""
        if self._life is not None:
            self._life.cancel()
            with suppress(asyncio.CancelledError):
                await self._life
        await self._runner.cleanup()

    async def _live(self, pause_s: float) -> None:
        while True:
            await asyncio.sleep(pause_s)
            for feed in self._source.some_lively(1):
                now = self._clock()
                self._source.add_item(new_post(feed, now, self._chance), now)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        feed = self._source.feed(request.match_info["key"])
        if feed is None:
            return web.Response(status=404, text="没有这个账号。\n")
        form = request.match_info["form"]
        site = f"{request.scheme}://{request.host}"
        fault = FAULTS.get(feed.mode)
        if fault is not None and not (feed.mode == "moved" and request.match_info["place"] == "moved"):
            return await fault(Case(request, self._source, feed, form, site))
        return self._faithful(request, feed, form, site)

    def _faithful(self, request: web.Request, feed: EmulatedFeed, form: str, site: str) -> web.Response:
        changed_at = feed.changed_at.astimezone(UTC).replace(microsecond=0)
        etag = f'"{feed.revision}-{int(changed_at.timestamp())}-{form}"'
        headers = {
            "ETag": etag,
            "Last-Modified": format_datetime(changed_at, usegmt=True),
            "Content-Type": CONTENT_TYPES[form],
            "Vary": "Accept-Encoding",
        }
        if _unchanged(request, etag, changed_at):
            return web.Response(status=304, headers={name: headers[name] for name in ("ETag", "Last-Modified")})
        rendered = self._rendered(feed, form, site)
        if rendered.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=rendered.packed, headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=rendered.plain, headers=headers)

    def _rendered(self, feed: EmulatedFeed, form: str, site: str) -> Rendered:
        key = (feed.key, form, site, feed.revision)
        rendered = self._cache.get(key)
        if rendered is None:
            plain = RENDERERS[form](feed, self._source.newest(feed.key), site).encode()
            rendered = Rendered(plain, gzip.compress(plain, 1) if len(plain) > WORTH_PACKING else b"")
            self._cache[key] = rendered
            if len(self._cache) > CACHED:
                self._cache.popitem(last=False)
        return rendered

    async def _post(self, request: web.Request) -> web.Response:
        feed = self._source.feed(request.match_info["key"])
        item = self._source.item(request.match_info["key"], request.match_info["native_id"])
        if feed is None or item is None:
            return web.Response(status=404, text=pages.page("没有这篇内容", ""), content_type="text/html")
        return web.Response(text=pages.post(feed, item), content_type="text/html")

    async def _overview(self, request: web.Request) -> web.Response:
        wanted = request.query.get("page", "1")
        number = max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 8 else 1
        feeds = self._source.feeds((number - 1) * pages.PER_PAGE, pages.PER_PAGE)
        return web.Response(text=pages.overview(feeds, self._source.count(), number), content_type="text/html")

    async def _style(self, request: web.Request) -> web.Response:
        return web.Response(text=pages.style(), content_type="text/css")

    async def _modes(self, request: web.Request) -> web.Response:
        return web.json_response({"modes": MODES})

    async def _switch(self, request: web.Request) -> web.Response:
        if not _from_here(request):
            return web.json_response({"detail": "只能在本机切换。"}, status=403)
        mode = request.query.get("mode") or str((await request.post()).get("mode", ""))
        if mode not in MODES:
            return web.json_response({"detail": f"没有“{mode}”这种状态。", "modes": list(MODES)}, status=400)
        key = request.match_info["key"]
        if not self._source.set_mode(key, mode, self._clock()):
            return web.json_response({"detail": "没有这个账号。"}, status=404)
        if "text/html" in request.headers.get("Accept", ""):
            return web.Response(status=303, headers={"Location": "/"})
        return web.json_response({"key": key, "mode": mode})


def _from_here(request: web.Request) -> bool:
    """Whether the request comes from this machine, and not from a page of another site in its browser."""
    remote = ip_address(request.remote or "0.0.0.0")  # noqa: S104 - an unknown peer is not ours
    host = request.host.rpartition(":")[0] if not request.host.endswith("]") else request.host
    origin = request.headers.get("Origin")
    same = origin is None or origin == f"{request.scheme}://{request.host}"
    return remote.is_loopback and same and (host or request.host) in LOOPBACK_NAMES


def _unchanged(request: web.Request, etag: str, changed_at: datetime) -> bool:
    """Source: RFC 9110, section 13.2.2: If-None-Match decides alone where it is given."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return known.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in known.split(",")]
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since) >= changed_at
    except (ValueError, TypeError):
        return False


async def serve_feeds(
    source: FeedSource, port: int, *, clock: Clock, host: str = "127.0.0.1", lively_s: float | None = None
) -> FeedServer:
    """Start serving in the running loop (port 0: any free one); a lively feed posts every `lively_s` seconds."""
    server = FeedServer(source, clock, lively_s)
    await server.start(host, port)
    return server


@contextmanager
def feeds_in_thread(path: Path | str, clock: Clock, port: int = 0) -> Iterator[str]:
    """The emulator over a file, in a thread of its own while the block runs; gives its address."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()
    address: list[str] = []

    async def live() -> None:
        source = FileSource(path)
        server = await serve_feeds(source, port, clock=clock)
        address.append(server.url)
        ready.set()
        await stop.wait()
        await server.close()
        source.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
