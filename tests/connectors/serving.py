"""A loopback server whose every answer a test writes itself, byte for byte."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Answer = Callable[[str, dict[str, str]], Awaitable[bytes] | bytes]


class Served:
    """A running server: its port, and the requests it got as (path, headers)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.at_once = 0
        self.most_at_once = 0

    def url(self, path: str = "/feed.xml") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def allow(self) -> list[str]:
        return [f"127.0.0.1:{self.port}"]


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[Served]:
    """Serve `answer(path, headers)`, the whole reply as bytes; each connection carries one request after another."""
    state = Served(0)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                headers = {
                    name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines[1:])
                }
                path = lines[0].split(" ")[1]
                state.requests.append((path, headers))
                state.at_once += 1
                state.most_at_once = max(state.most_at_once, state.at_once)
                said = answer(path, headers)
                data = said if isinstance(said, bytes) else await said
                writer.write(data)
                await writer.drain()
                state.at_once -= 1
                if b"Connection: close" in data[:500]:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A reply with its length; header names are given with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def rss(*items: str, head: str = "") -> bytes:
    """A small RSS 2.0 feed."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>鼓楼发布</title>'
        f"<link>http://gl.example.cn/</link><description>d</description>{head}{''.join(items)}</channel></rss>"
    ).encode()
