"""Fetching many interfaces at once, and handing over what came in batches while the rest is still under way."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from govmedia.connectors.errors import OUTCOME_TEXT, Outcome
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client
from govmedia.connectors.registry import INTERFACES
from govmedia.connectors.types import FetchResult
from govmedia.posts.targets import Target

CONCURRENCY = 100
# So long new requests are begun; the rest is left for the next round.
ROUND_S = 240
# After so many requests in a row without an answer the rest of a host is left for later.
STRIKES = 3
UNANSWERED = frozenset({Outcome.timeout, Outcome.network})
# None: not looked at in this round.
Fetched = tuple[Target, FetchResult | None]


def fetch_batches(
    targets: Sequence[Target], *, guard: Guard, now: datetime, size: int, go_on: Callable[[], bool]
) -> Iterator[list[Fetched]]:
    """Fetch all targets, at most one at a time from a host; yield batches of about `size` as they come in.

    The event loop stands still while the caller deals with a batch: the other sides go on answering meanwhile, and
    no second thread fights for the interpreter. `go_on` is asked before each batch; False leaves the rest.
    """
    with asyncio.Runner() as runner:
        work = _Round(targets, guard, now)
        try:
            runner.run(work.start())
            while batch := runner.run(work.batch(size)):
                yield batch
                work.stopped = work.stopped or not go_on()
        finally:
            runner.run(work.close())


class _Round:
    """One event loop's worth of fetching: a task for each host, and the results not yet handed over."""

    def __init__(self, targets: Sequence[Target], guard: Guard, now: datetime) -> None:
        self.stopped = False
        self._now = now
        self._client = Client(guard, concurrency=CONCURRENCY)
        self._left = len(targets)
        self._done: list[Fetched] = []
        self._wanted = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._hosts: dict[str, deque[Target]] = {}
        for target in targets:
            self._hosts.setdefault(target.host, deque()).append(target)

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._until_s = loop.time() + ROUND_S
        self._enough = asyncio.Event()
        await self._client.__aenter__()
        for queue in self._hosts.values():
            self._begin(queue)

    async def batch(self, size: int) -> list[Fetched]:
        """The next `size` results, fewer at the end; empty when there is nothing left."""
        self._wanted = min(size, self._left)
        if len(self._done) < self._wanted:
            self._enough.clear()
            await self._enough.wait()
        batch, self._done = self._done, []
        self._left -= len(batch)
        return batch

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.__aexit__(None, None, None)

    def _begin(self, queue: deque[Target]) -> None:
        task = asyncio.create_task(self._host(queue))
        self._tasks.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, queue))

    def _ended(self, task: asyncio.Task[None], queue: deque[Target]) -> None:
        """An interface that breaks its reader is set aside with the error's name, and its host goes on."""
        self._tasks.discard(task)
        if task.cancelled() or not (error := task.exception()):
            return
        cause = f"读取时程序出错（{type(error).__name__}: {error}）。请把地址报给系统管理员。"
        self._put(queue.popleft(), FetchResult(Outcome.parse_error, cause[:300]))
        self._begin(queue)

    async def _host(self, queue: deque[Target]) -> None:
        strikes = 0
        loop = asyncio.get_running_loop()
        while queue:
            target = queue[0]
            result = None
            if strikes < STRIKES and not self.stopped and loop.time() < self._until_s:
                result = await self._look(target)
                strikes = strikes + 1 if result.outcome in UNANSWERED else 0
            queue.popleft()
            self._put(target, result)

    async def _look(self, target: Target) -> FetchResult:
        interface = INTERFACES.get(target.kind)
        if interface is None:
            cause = f"没有“{target.kind}”这种接口。{OUTCOME_TEXT[Outcome.not_a_feed].advice}"
            return FetchResult(Outcome.not_a_feed, cause)
        etag, last_modified = ("", "") if target.doubted else (target.etag, target.last_modified)
        return await interface.fetch(
            target.handle, self._client, etag=etag, last_modified=last_modified, now=self._now
        )

    def _put(self, target: Target, result: FetchResult | None) -> None:
        self._done.append((target, result))
        if len(self._done) >= self._wanted:
            self._enough.set()
