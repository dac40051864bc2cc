"""Taking down a page as it is now: its bytes, the headers of the answer, a picture; in a thread of its own.

The worker goes on meanwhile: whatever hangs here is ended by its own bounds and holds nobody up. The thread knows no
database; what it brings is stored by whoever asks for it.
"""

import asyncio
import queue
import threading
from dataclasses import dataclass, field

from govmedia.connectors.chromium import Picture, browser, picture
from govmedia.connectors.errors import Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client, Reply
from govmedia.connectors.limits import Limits

LIMITS = Limits(total_s=10.0, body_bytes=2 * 1024 * 1024)
HEADERS_MOST, HEADER_MOST = 60, 500
NO_BROWSER = "本机没有安装 Chromium，没有截图。"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken down for a finding: an address as it answers, and one as it looks; empty: nothing."""

    finding_id: int
    fetched: str = ""
    shown: str = ""
    feed: bool = False


@dataclass(slots=True)
class Captured:
    """What came of it. `notes` say in Chinese what could not be had."""

    order: Order
    reply: Reply | None = None
    shot: Picture | None = None
    notes: list[str] = field(default_factory=list)


def headers_of(reply: Reply) -> list[list[str]]:
    """The headers of an answer, in order and bounded."""
    return [[name[:100], value[:HEADER_MOST]] for name, value in list(reply.headers.items())[:HEADERS_MOST]]


async def capture(order: Order, guard: Guard) -> Captured:
    """Fetch and picture what was ordered; never raises for what the other side does."""
    done = Captured(order)
    if order.fetched:
        try:
            async with Client(guard, LIMITS) as client:
                done.reply = await client.get(order.fetched)
        except Trouble as why:
            done.notes.append(f"没有取到当时的返回：{why.cause}")
    if order.shown:
        binary = browser()
        try:
            done.shot = await picture(order.shown, guard, binary=binary) if binary else None
        except Trouble as why:
            done.notes.append(f"没有截到图：{why.cause}")
        if binary is None:
            done.notes.append(NO_BROWSER)
    return done


class Camera:
    """One capture at a time, in the background."""

    def __init__(self) -> None:
        self._results: queue.SimpleQueue[Captured] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, order: Order, guard: Guard) -> None:
        """Begin; only where it is not busy."""
        self._thread = threading.Thread(target=self._run, args=(order, guard), daemon=True, name="camera")
        self._thread.start()

    def wait(self, timeout_s: float) -> None:
        """Until the capture at hand is done, at most so long."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def results(self) -> list[Captured]:
        """What was finished since the last call."""
        found = []
        while not self._results.empty():
            found.append(self._results.get())
        return found

    def _run(self, order: Order, guard: Guard) -> None:
        try:
            done = asyncio.run(capture(order, guard))
        except Exception as why:
            done = Captured(order, notes=[f"留存时程序出错（{type(why).__name__}）。"])
        self._results.put(done)
