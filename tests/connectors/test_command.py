import asyncio
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from connectors.serving import Answer, reply, rss, served
from govmedia.connectors.command import run_fetch
from govmedia.connectors.guard import Guard

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DATED = rss(
    "<item><guid>new</guid><title>新</title><pubDate>Mon, 23 Nov 2026 08:00:00 +0800</pubDate></item>",
    "<item><guid>undated</guid></item>",
    "<item><guid>old</guid><pubDate>2026-11-01</pubDate></item>",
)


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    ready, stop = threading.Event(), threading.Event()
    address: list[str] = []

    async def live() -> None:
        async with served(answer) as server:
            address.append(server.url())
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.01)

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    ready.wait(5)
    try:
        yield address[0]
    finally:
        stop.set()
        thread.join(5)


def fetch(url: str, since: datetime | None = None, interface: str = "feed", allow: str = "127.0.0.1"):
    out, err = io.StringIO(), io.StringIO()
    status = run_fetch(interface, url, since, out, err, Guard([allow] if allow else []), NOW)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_posts_are_written_in_the_feeds_order():
    with serving(lambda path, headers: reply(DATED)) as url:
        status, posts, err = fetch(url)
    assert (status, err) == (0, "")
    assert posts == [
        {"id": "new", "title": "新", "text": "", "published_at": "2026-11-23T08:00:00+08:00"},
        {"id": "undated", "text": ""},
        {"id": "old", "text": "", "published_at": "2026-11-01T00:00:00+08:00"},
    ]


def test_since_is_inclusive_and_keeps_the_undated():
    with serving(lambda path, headers: reply(DATED)) as url:
        at = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
        assert [post["id"] for post in fetch(url, at)[1]] == ["new", "undated"]
        assert [post["id"] for post in fetch(url, at.replace(second=1))[1]] == ["undated"]


def test_empty_feed_is_no_failure():
    with serving(lambda path, headers: reply(rss())) as url:
        assert fetch(url) == (0, [], "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (reply(b"<html><title>x</title>"), "不是订阅源。"),
        (reply(status="404 No"), "地址不存在。"),
        (reply(status="500 No"), "对方暂时不可用。"),
        (reply(), "内容无法读取。"),
    ],
)
def test_failure_is_status_one_with_the_cause(said, words):
    with serving(lambda path, headers: said) as url:
        status, posts, err = fetch(url)
        assert err.startswith(f"{url}：{words}")
    assert (status, posts) == (1, [])
    assert err.count("\n") == 1


def test_refused_address_is_status_one():
    status, posts, err = fetch("http://127.0.0.1/feed.xml", allow="")
    assert (status, posts) == (1, [])
    assert "地址不允许访问" in err


def test_truncated_feed_gives_its_posts_and_status_one():
    with serving(lambda path, headers: reply(DATED[:-30])) as url:
        status, posts, err = fetch(url)
    assert (status, [post["id"] for post in posts]) == (1, ["new", "undated"])
    assert "读到第 2 条后中断" in err


def test_unknown_interface_is_wrong_usage():
    status, posts, err = fetch("http://127.0.0.1/", interface="telepathy")
    assert (status, posts) == (2, [])
    assert "feed（订阅源）" in err
