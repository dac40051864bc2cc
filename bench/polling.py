"""Polling, one process, SQLite: the whole pipeline against a bare aiohttp loop that neither parses nor stores.

5,000 feeds of 16 KB over 250 loopback hosts; in each round one in ten has a new post, nine answer 304. The feeds come
from a server process of its own. Both sides send conditional requests, one at a time to a host, at most 100 at once,
over connections made anew in each round.
    python bench/polling.py [--feeds N] [--rounds N]
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import socket
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

HOSTS = 250
ITEMS = 20
BODY = 16 * 1024
SHARE = 10
CONCURRENCY = 100
START = datetime(2026, 11, 1, tzinfo=UTC)
LINE = re.compile(rb"GET /(\w+)/(\d+)")
MATCH = re.compile(rb"[Ii]f-[Nn]one-[Mm]atch: \"(\d+)-(\d+)\"")


def item(feed: int, number: int) -> str:
    at = (START + timedelta(hours=number, seconds=feed)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    words = (
        f"第{feed}号账号第{number}期：现将有关事项通知如下，请相关单位和群众知悉。办理时间为工作日上午九时至五时。"
    )
    body = (words * 8)[: (BODY // ITEMS - 330) // 3]
    return (
        f"<item><title>通知公告 {feed}-{number}</title><link>http://feeds.example/{feed}/{number}.html</link>"
        f"<guid isPermaLink='false'>urn:post:{feed}:{number}</guid><pubDate>{at}</pubDate>"
        f"<description>&lt;p&gt;{body}&lt;/p&gt;</description></item>"
    )


def page(feed: int, version: int) -> bytes:
    items = "".join(item(feed, number) for number in range(version + ITEMS, version, -1))
    head = f"<rss version='2.0'><channel><title>账号{feed}</title><link>http://feeds.example/{feed}/</link>"
    text = f"<?xml version='1.0' encoding='utf-8'?>{head}<description>订阅</description>{items}</channel></rss>"
    return text.encode().ljust(BODY)


class Feeds(asyncio.Protocol):
    """Just enough HTTP to serve feeds as quickly as Python can."""

    round = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        found = LINE.match(data)
        if not found:
            self.transport.close()
            return
        what, number = found[1], int(found[2])
        if what == b"round":
            Feeds.round = number
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            return
        version = (Feeds.round + number) // SHARE
        known = MATCH.search(data)
        tag = b'ETag: "%d-%d"\r\n' % (number, version)
        if known and int(known[2]) == version:
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n")
            return
        body = page(number, version)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + tag
        self.transport.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def serve(ready: "multiprocessing.connection.Connection") -> None:
    async def main() -> None:
        listening = socket.create_server(("0.0.0.0", 0), backlog=1024)
        server = await asyncio.get_running_loop().create_server(Feeds, sock=listening)
        ready.send(listening.getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def host(feed: int) -> str:
    place = feed % HOSTS
    return f"127.0.{1 + place // 100}.{1 + place % 100}"


async def turn(port: int, number: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /round/{number} HTTP/1.1\r\n\r\n".encode())
    await reader.readline()
    writer.close()


async def bare(port: int, feeds: int, tags: dict[int, str]) -> int:
    """The yardstick: the same requests and nothing else; returns how many brought a body."""
    import aiohttp

    slots, bodies = asyncio.Semaphore(CONCURRENCY), 0

    async def of_host(session: aiohttp.ClientSession, numbers: range) -> None:
        nonlocal bodies
        for number in numbers:
            headers = {"If-None-Match": tags[number]} if number in tags else {}
            async with slots, session.get(f"http://{host(number)}:{port}/feed/{number}", headers=headers) as reply:
                bodies += bool(await reply.read())
                tags[number] = reply.headers["ETag"]

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(of_host(session, range(first, feeds, HOSTS)) for first in range(min(HOSTS, feeds))))
    return bodies


def fill(port: int, feeds: int) -> None:
    """An organisation with one account for each feed."""
    from django.core.management import call_command

    from govmedia.accounts.models import Account
    from govmedia.orgs.models import Division, Organisation
    from govmedia.posts.models import Interface

    call_command("migrate", skip_checks=True, verbosity=0)
    division = Division.objects.create(code="320000", name="江苏省", full_name="江苏省", level="province")
    organisation = Organisation.objects.create(
        code="bench", name="某单位", division=division, level="province", created_at=START
    )
    accounts = Account.objects.bulk_create(
        [
            Account(
                code=f"{number:010d}",
                name=f"账号{number}",
                platform="wechat_mp",
                organisation=organisation,
                division=division,
                level="province",
                created_at=START,
                updated_at=START,
            )
            for number in range(feeds)
        ],
        batch_size=500,
    )
    Interface.objects.bulk_create(
        [
            Interface(
                account=account,
                handle=f"http://{host(number)}:{port}/feed/{number}",
                host=f"{host(number)}:{port}",
                next_due_at=START,
            )
            for number, account in enumerate(accounts)
        ],
        batch_size=500,
    )


def tell(metric: str, value: float, unit: str, peer_value: float = 0, ratio: float = 0) -> None:
    line: dict[str, object] = {"bench": "polling", "metric": metric, "value": round(value, 1), "unit": unit}
    if ratio:
        line |= {"peer": "bare aiohttp loop", "peer_value": round(peer_value, 1), "ratio": round(ratio, 3)}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def poll(at: datetime, limit: int) -> tuple[float, int]:
    from govmedia.posts.models import Interface
    from govmedia.posts.services import poll_due

    Interface.objects.update(next_due_at=START)
    started, created, looked = time.perf_counter(), 0, 0
    while (report := poll_due(now=at, limit=limit)).looked:
        assert report.seen == report.looked, report
        created, looked = created + report.created, looked + report.looked
    return looked / (time.perf_counter() - started), created


def measure(port: int, feeds: int, rounds: int) -> None:
    import django

    django.setup()
    fill(port, feeds)
    tags: dict[int, str] = {}
    asyncio.run(bare(port, feeds, tags))
    at = START + timedelta(days=2)
    first, created = poll(at, feeds)
    assert created == feeds * ITEMS, created
    tell("first look, everything new", first, "feeds/s")
    rates: list[tuple[float, float]] = []
    slices = 0.0
    for number in range(1, rounds + 1):
        asyncio.run(turn(port, number))
        started = time.perf_counter()
        bodies = asyncio.run(bare(port, feeds, tags))
        yardstick = feeds / (time.perf_counter() - started)
        # the last round goes through slices as the worker takes them
        rate, created = poll(at + timedelta(hours=number), feeds if number < rounds else 200)
        assert created == bodies == len([feed for feed in range(feeds) if (number + feed) % SHARE == 0]), created
        if number < rounds:
            rates.append((rate, yardstick))
        else:
            slices = rate
    ours, theirs = (statistics.median(side) for side in zip(*rates, strict=True))
    # both sides of a round ran under the same load of the machine, so their ratio is taken round by round
    ratio = statistics.median(rate / yardstick for rate, yardstick in rates)
    tell("whole pipeline, nine in ten unchanged", ours, "feeds/s", theirs, ratio)
    # each slice makes its own connections, so the yardstick says nothing about it
    tell("the same in slices of 200", slices, "feeds/s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=6)
    arguments = parser.parse_args()
    mine, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = mine.recv()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "govmedia.config.settings",
            "GOVMEDIA_HOME": home,
            "GOVMEDIA_DB_URL": "",
            "GOVMEDIA_FETCH_ALLOW": "127.0.0.0/8",
        }
        try:
            measure(port, arguments.feeds, arguments.rounds)
        finally:
            server.terminate()
            server.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
