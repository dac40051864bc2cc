"""A proxy on this machine for a browser: every host it asks for goes through the guard, and its traffic is bounded.

Chromium resolves no name and opens no connection by itself then: private addresses stay shut to scripts of a page as
they do to the fetcher. It lives only as long as one page is looked at.
"""

import asyncio
import contextlib
import socket
from types import TracebackType
from typing import Self

from govmedia.connectors.errors import AddressRefused
from govmedia.connectors.guard import Guard, GuardedResolver, Lookup, Parsed, system_lookup

HEAD_MOST = 64 * 1024
HEAD_S, CONNECT_S, IDLE_S = 10.0, 5.0, 20.0
PIECE = 64 * 1024
REFUSED_MOST = 20
# A page is read and never filled in.
READING = frozenset({"GET", "HEAD"})
DROPPED = ("connection:", "proxy-", "keep-alive:", "upgrade:")


class GuardedProxy:
    """Use it as an async context manager; `port` is where it listens, `refused` the addresses it did not open."""

    def __init__(self, guard: Guard, *, bytes_most: int, lookup: Lookup = system_lookup) -> None:
        self._guard = guard
        self._resolver = GuardedResolver(guard, lookup)
        self._left = bytes_most
        self._tasks: set[asyncio.Task[None]] = set()
        self.refused: list[str] = []
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_MOST)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # Transports are closed in the loop's next turns.
        await asyncio.sleep(0.01)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._one(reader, writer)
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(HEAD_S):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        method, _, rest = first.partition(" ")
        target = rest.rpartition(" ")[0]
        if method != "CONNECT" and method not in READING:
            await _answer(writer, "405 Method Not Allowed")
            return
        url = f"https://{target}/" if method == "CONNECT" else target
        try:
            parsed = self._guard.check_url(url)
            far_reader, far_writer = await self._open(parsed)
        except (AddressRefused, OSError, TimeoutError) as why:
            if isinstance(why, AddressRefused) and len(self.refused) < REFUSED_MOST:
                self.refused.append(url[:200])
            await _answer(writer, "403 Forbidden" if isinstance(why, AddressRefused) else "502 Bad Gateway")
            return
        try:
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                far_writer.write(_plain_head(method, parsed, lines))
            await asyncio.gather(self._pipe(reader, far_writer), self._pipe(far_reader, writer))
        finally:
            far_writer.close()

    async def _open(self, parsed: Parsed) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to an address that was judged. Errors: AddressRefused, OSError, TimeoutError."""
        if parsed.address is not None:
            hosts = [str(parsed.address)]
        else:
            found = await self._resolver.resolve(parsed.host, parsed.port, socket.AF_UNSPEC)
            hosts = [one["host"] for one in found]
        async with asyncio.timeout(CONNECT_S):
            return await asyncio.open_connection(hosts[0], parsed.port)

    async def _pipe(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Bytes from one side to the other until it ends, says nothing for long, or the bound is reached."""
        with contextlib.suppress(OSError, TimeoutError):
            while self._left > 0:
                async with asyncio.timeout(IDLE_S):
                    piece = await source.read(PIECE)
                if not piece:
                    break
                self._left -= len(piece)
                sink.write(piece)
                await sink.drain()
        with contextlib.suppress(OSError):
            sink.close()


def _plain_head(method: str, parsed: Parsed, lines: list[str]) -> bytes:
    """The request as the host itself reads it, for one answer only."""
    path = parsed.url.split("/", 3)[3] if parsed.url.count("/") > 2 else ""
    kept = [line for line in lines if line and not line.lower().startswith(DROPPED)]
    return "\r\n".join([f"{method} /{path} HTTP/1.1", *kept, "Connection: close", "", ""]).encode("latin-1")


async def _answer(writer: asyncio.StreamWriter, status: str) -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii"))
    await writer.drain()
