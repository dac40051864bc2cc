"""The one HTTP client: guarded on every hop, bounded, polite (one request at a time to a host), no cookies."""

import asyncio
import ssl
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp import ClientRequest, ClientTimeout, TCPConnector
from aiohttp.client_reqrep import ClientResponse
from aiohttp.connector import Connection
from multidict import CIMultiDictProxy
from yarl import URL

from govmedia.connectors.body import ASKED, read_body
from govmedia.connectors.errors import AddressRefused, Outcome, Trouble
from govmedia.connectors.guard import Guard, GuardedResolver, Lookup, Parsed, system_lookup
from govmedia.connectors.limits import Limits

USER_AGENT = "govmedia/0.1"
REDIRECTS = frozenset([301, 302, 303, 307, 308])
PERMANENT = frozenset([301, 308])
BODYLESS = frozenset([204, 205, 304])
KEEP_ALIVE_S = 15.0
KEPT_HOSTS = 300
LONGEST_WAIT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reply:
    """The last reply of a chain; `permanent_url` is set when every hop was permanent and none lost its TLS."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    final_url: str
    permanent_url: str | None
    address: str
    took_ms: int


class _Connector(TCPConnector):
    """Remembers the peer of the last connection to each host, which a reply without body no longer shows."""

    def __init__(self, resolver: GuardedResolver) -> None:
        super().__init__(limit=0, resolver=resolver, keepalive_timeout=KEEP_ALIVE_S, ttl_dns_cache=60)
        self.peers: dict[tuple[str | None, int | None], str] = {}

    async def connect(
        self, req: ClientRequest, traces: list[aiohttp.tracing.Trace], timeout: ClientTimeout
    ) -> Connection:
        connection = await super().connect(req, traces, timeout)
        peer = connection.transport.get_extra_info("peername") if connection.transport else None
        if peer:
            host = f"[{peer[0]}]" if ":" in peer[0] else peer[0]
            self.peers[req.url.raw_host, req.url.port] = f"{host}:{peer[1]}"
        return connection


class Client:
    """Opens URLs for the interfaces; use it as an async context manager.

    One request at a time to a host (name and port), at most `concurrency` at once; waiting for one's turn does
    not count against the time allowed. `lookup` resolves names (tests pass their own).
    """

    def __init__(
        self,
        guard: Guard,
        limits: Limits | None = None,
        *,
        concurrency: int = 100,
        user_agent: str = USER_AGENT,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._guard = guard
        self.limits = limits or Limits()
        self._concurrency = concurrency
        self._user_agent = user_agent
        self._lookup = lookup
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._kept: OrderedDict[str, float] = OrderedDict()
        self._whole = self._timeout(self.limits.total_s)

    async def __aenter__(self) -> Self:
        self._slots = asyncio.Semaphore(self._concurrency)
        self._connector = _Connector(GuardedResolver(self._guard, self._lookup))
        self._session = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ASKED},
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Follow redirects to the last reply, whatever its status; bodies of errors are cut at their own bound.

        Errors: Trouble with outcome refused_address, bad_redirect, network, timeout, retry_soon, too_large or
        parse_error, and the cause in Chinese.
        """
        started = time.monotonic()
        left_s = self.limits.total_s
        sent = dict(headers or {})
        parsed = self._guard.check_url(url)
        permanent = True
        visited = [parsed.url]
        while True:
            hop_started, reply = await self._hop(parsed, sent, left_s)
            left_s -= time.monotonic() - hop_started
            if reply.status not in REDIRECTS:
                moved_to = parsed.url if permanent and len(visited) > 1 else None
                took_ms = round((time.monotonic() - started) * 1000)
                return Reply(reply.status, reply.headers, reply.body, parsed.url, moved_to, reply.address, took_ms)
            target = self._next(parsed, reply, visited)
            permanent = permanent and reply.status in PERMANENT and not _loses_tls(parsed, target)
            if target.key != parsed.key or target.scheme != parsed.scheme:
                sent = {name: value for name, value in sent.items() if name.lower() != "authorization"}
            visited.append(target.url)
            parsed = target
            if left_s <= 0:
                raise Trouble(Outcome.timeout, f"对方 {self.limits.total_s:g} 秒内没有答完。")

    def _next(self, parsed: Parsed, reply: Reply, visited: list[str]) -> Parsed:
        location = reply.headers.get("Location", "").strip().replace(" ", "%20")
        if not location:
            raise Trouble(Outcome.bad_redirect, "对方要求跳转，却没有说跳到哪里。", status=reply.status)
        if len(visited) > self.limits.redirects:
            raise Trouble(Outcome.bad_redirect, f"跳转超过 {self.limits.redirects} 次。", status=reply.status)
        try:
            url = str(URL(parsed.url).join(URL(location)).with_fragment(None))
        except ValueError:
            raise Trouble(Outcome.bad_redirect, "对方给出的跳转地址写法不正确。", status=reply.status) from None
        if not url.startswith(("http://", "https://")):
            raise Trouble(Outcome.bad_redirect, "对方要求跳转到不是网页的地址。", status=reply.status)
        if url in visited:
            raise Trouble(Outcome.bad_redirect, "跳转绕回了原处，没有尽头。", status=reply.status)
        try:
            return self._guard.check_url(url)
        except AddressRefused as why:
            raise AddressRefused(f"跳转后，{why.cause}") from None

    async def _hop(self, parsed: Parsed, headers: dict[str, str], left_s: float) -> tuple[float, Reply]:
        turn = self._turns.get(parsed.key)
        if turn is None:
            turn = self._turns[parsed.key] = asyncio.Lock()
        async with turn, self._slots:
            started = time.monotonic()
            try:
                return started, await self._ask(parsed, headers, left_s, started)
            except Trouble:
                raise
            except (aiohttp.ClientError, TimeoutError, OSError) as why:
                raise _trouble_of(why, self.limits) from why

    async def _ask(self, parsed: Parsed, headers: dict[str, str], left_s: float, started: float) -> Reply:
        target = URL(parsed.url)
        if target.raw_host != parsed.host or target.port != parsed.port:
            raise AddressRefused("网址写法含糊，不同程序会理解成不同的主机。")
        if not self._keep_open(parsed.key, started):
            headers = {**headers, "Connection": "close"}
        async with self._session.get(
            target,
            headers=headers,
            allow_redirects=False,
            timeout=self._whole if left_s == self.limits.total_s else self._timeout(left_s),
        ) as response:
            address = self._connector.peers.pop((target.raw_host, target.port), "")
            body = await self._body(response)
            return Reply(response.status, response.headers, body, parsed.url, None, address, 0)

    async def _body(self, response: ClientResponse) -> bytes:
        if response.status in BODYLESS or response.status in REDIRECTS:
            return b""
        if response.status < 400:
            return await read_body(response, self.limits.body_bytes)
        try:
            return await read_body(response, self.limits.error_body_bytes)
        except Trouble:
            # The status says enough; nobody needs a long or broken error page.
            return b""

    def _keep_open(self, key: str, now_s: float) -> bool:
        """Whether the connection may stay open afterwards: bounded, so that many hosts do not eat all sockets."""
        while self._kept and next(iter(self._kept.values())) < now_s - KEEP_ALIVE_S:
            self._kept.popitem(last=False)
        if key not in self._kept and len(self._kept) >= KEPT_HOSTS:
            return False
        self._kept[key] = now_s
        self._kept.move_to_end(key)
        return True

    def _timeout(self, total_s: float) -> ClientTimeout:
        return ClientTimeout(total=total_s, connect=min(self.limits.connect_s, total_s))


def _loses_tls(before: Parsed, after: Parsed) -> bool:
    return before.scheme == "https" and after.scheme == "http"


def _trouble_of(why: Exception, limits: Limits) -> Trouble:
    if isinstance(why, aiohttp.ClientConnectorDNSError):
        return Trouble(Outcome.network, "域名解析失败。")
    if isinstance(why, (ssl.SSLError, ssl.CertificateError, aiohttp.ClientSSLError)):
        return Trouble(Outcome.retry_soon, "对方网站的安全证书有问题，没有建立连接。")
    if isinstance(why, aiohttp.ConnectionTimeoutError):
        return Trouble(Outcome.network, f"{limits.connect_s:g} 秒内没有连上对方。")
    if isinstance(why, TimeoutError):
        return Trouble(Outcome.timeout, f"对方 {limits.total_s:g} 秒内没有答完。")
    if isinstance(why, ConnectionRefusedError) or isinstance(getattr(why, "os_error", None), ConnectionRefusedError):
        return Trouble(Outcome.network, "连接被拒绝，没有连上对方。")
    if isinstance(why, aiohttp.ClientConnectorError):
        return Trouble(Outcome.network, "网络不通，没有连上对方。")
    if isinstance(why, (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, OSError)):
        return Trouble(Outcome.retry_soon, "对方传到一半就断开了连接。")
    return Trouble(Outcome.retry_soon, "对方的应答不合规范。")


def retry_after(value: str, now: datetime) -> datetime | None:
    """When a Retry-After header (seconds or an HTTP date) allows the next request; None where it says nothing.

    At most 30 days ahead, never before `now`. Source: RFC 9110, section 10.2.3.
    """
    value = value.strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(now, min(moment, now + LONGEST_WAIT))
