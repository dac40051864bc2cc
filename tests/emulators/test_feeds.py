import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from govmedia.connectors.errors import Outcome
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client
from govmedia.connectors.interfaces import feed as interface
from govmedia.connectors.limits import Limits
from govmedia.connectors.types import FetchResult
from govmedia.emulators.faults import FAULTS
from govmedia.emulators.feeds import FeedServer, feeds_in_thread, serve_feeds
from govmedia.emulators.modes import MODES
from govmedia.emulators.source import EmulatedFeed, EmulatedItem, FileSource, write_feeds

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TEXT = "第一段 <重要> & 其他。\n第二段。"
EXPECTED = {
    "ok": Outcome.ok,
    "silent": Outcome.ok,
    "empty": Outcome.ok,
    "truncated": Outcome.parse_error,
    "html_login": Outcome.not_a_feed,
    "http_401": Outcome.needs_reauthorise,
    "http_403": Outcome.needs_reauthorise,
    "http_404": Outcome.not_found,
    "http_410": Outcome.gone,
    "http_429": Outcome.rate_limited,
    "http_500": Outcome.retry_soon,
    "http_503": Outcome.retry_soon,
    "slow": Outcome.timeout,
    "redirect": Outcome.bad_redirect,
    "redirect_private": Outcome.refused_address,
    "moved": Outcome.ok,
    "too_large": Outcome.too_large,
    "zip_bomb": Outcome.too_large,
    "xml_bomb": Outcome.parse_error,
    "wrong_account": Outcome.ok,
    "future_dates": Outcome.ok,
    "no_dates": Outcome.ok,
    "gbk": Outcome.ok,
    "ten_thousand": Outcome.ok,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.sqlite3"
    feeds = [EmulatedFeed("a", "鼓楼发布", "官方账号", lively=True, changed_at=NOW), EmulatedFeed("b", "玄武发布")]
    items = [
        EmulatedItem(key, f"{key}-{n}", f"第{n}篇", TEXT, published_at=NOW - timedelta(days=n), author="办公室")
        for key in "ab"
        for n in range(25)
    ]
    write_feeds(path, feeds, items)
    return path


def run(path: Path, work: Callable[[FeedServer, FileSource], Awaitable[object]], lively_s: float | None = None):
    async def live() -> object:
        source = FileSource(path)
        server = await serve_feeds(source, 0, clock=lambda: NOW, lively_s=lively_s)
        try:
            return await work(server, source)
        finally:
            await server.close()
            source.close()

    return asyncio.run(live())


def look(path: Path, mode: str, form: str = "rss", total_s: float = 5) -> FetchResult:
    async def work(server: FeedServer, source: FileSource) -> FetchResult:
        source.set_mode("a", mode, NOW)
        async with Client(Guard([f"127.0.0.1:{server.port}"]), Limits(total_s=total_s)) as client:
            return await interface.fetch(f"{server.url}/feeds/a.{form}", client, now=NOW)

    return run(path, work)


@pytest.mark.parametrize("form", ["rss", "atom", "json", "rdf"])
def test_feed_in_every_form_tells_the_same_posts(path, form):
    seen = look(path, "ok", form)
    assert (seen.outcome, seen.feed.kind, seen.feed.parsed_by, seen.feed.title) == (
        Outcome.ok,
        form,
        "fast",
        "鼓楼发布",
    )
    assert [(e.title, e.text, e.published_at) for e in seen.feed.entries] == [
        (f"第{n}篇", TEXT, NOW - timedelta(days=n)) for n in range(20)
    ]
    if form != "rdf":
        assert [(e.native_id, e.author) for e in seen.feed.entries[:2]] == [("a-0", "办公室"), ("a-1", "办公室")]


@pytest.mark.parametrize("mode", sorted(EXPECTED))
def test_fault_mode_is_seen_as_what_it_is(path, mode):
    seen = look(path, mode, total_s=0.3 if mode == "slow" else 10)
    assert seen.outcome is EXPECTED[mode]


def test_every_mode_is_named_and_tried():
    assert set(MODES) == set(EXPECTED) == {"ok", "silent", *FAULTS}


def test_modes_that_still_answer_say_otherwise(path):
    assert [e.native_id for e in look(path, "wrong_account").feed.entries[:1]] == ["b-0"]
    assert {e.published_at.year for e in look(path, "future_dates").feed.entries} == {2099}
    assert {e.published_at for e in look(path, "no_dates").feed.entries} == {None}
    assert look(path, "empty").feed.entries == ()
    assert look(path, "gbk").feed.title == "鼓楼发布"
    assert len(look(path, "ten_thousand").feed.entries) == 10_000
    assert look(path, "moved").moved_to.endswith("/moved/a.rss")
    assert look(path, "http_429").retry_at == NOW + timedelta(seconds=120)


def test_bombs_cost_little(path):
    started = time.process_time()
    for mode in ("too_large", "xml_bomb"):
        look(path, mode)
    assert time.process_time() - started < 3


def test_conditional_request_is_answered_short_until_something_changes(path):
    async def work(server: FeedServer, source: FileSource) -> list[Outcome]:
        async with Client(Guard(["127.0.0.1"])) as client:
            url = f"{server.url}/feeds/a.rss"
            first = await interface.fetch(url, client, now=NOW)
            by_etag = await interface.fetch(url, client, etag=first.etag, now=NOW)
            by_date = await interface.fetch(url, client, last_modified=first.last_modified, now=NOW)
            source.add_item(EmulatedItem("a", "new", "新", "文", published_at=NOW), NOW + timedelta(minutes=1))
            again = await interface.fetch(url, client, etag=first.etag, now=NOW)
            later = await interface.fetch(url, client, last_modified=first.last_modified, now=NOW)
            return [one.outcome for one in (first, by_etag, by_date, again, later)]

    unchanged = [Outcome.ok, Outcome.not_modified, Outcome.not_modified]
    assert run(path, work) == [*unchanged, Outcome.ok, Outcome.ok]


def look_up(path: Path, key: str) -> EmulatedFeed:
    source = FileSource(path)
    try:
        return source.feed(key)
    finally:
        source.close()


def ask(path: Path, method: str, target: str, **options) -> tuple[int, str]:
    async def work(server: FeedServer, source: FileSource) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, server.url + target, allow_redirects=False, **options) as response,
        ):
            return response.status, await response.text()

    return run(path, work)


def test_feed_is_switched_by_a_request(path):
    assert ask(path, "POST", "/control/a?mode=http_500") == (200, '{"key": "a", "mode": "http_500"}')
    assert look_up(path, "a").mode == "http_500"


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        ("/control/a?mode=explode", {}, 400),
        ("/control/zz?mode=ok", {}, 404),
        ("/control/a?mode=ok", {"Origin": "http://evil.example.cn"}, 403),
        ("/control/a?mode=ok", {"Host": "evil.example.cn:80"}, 403),
        ("/control/a?mode=ok", {"Accept": "text/html"}, 303),
    ],
)
def test_switch_is_refused_where_it_makes_no_sense(path, target, headers, status):
    assert ask(path, "POST", target, headers=headers)[0] == status


def test_pages_say_that_they_are_a_demonstration(path):
    for target in ("/", "/?page=2", "/?page=x", "/posts/a/a-0"):
        status, text = ask(path, "GET", target)
        assert status == 200
        assert "演示数据" in text
    assert "&lt;重要&gt;" in ask(path, "GET", "/posts/a/a-0")[1]
    assert ask(path, "GET", "/style.css")[0] == 200
    assert json.loads(ask(path, "GET", "/control/")[1])["modes"]["ok"] == "正常"


@pytest.mark.parametrize("target", ["/feeds/zz.rss", "/feeds/a.txt", "/posts/a/zz", "/posts/zz/a-0", "/nothing"])
def test_what_is_not_there_is_404(path, target):
    assert ask(path, "GET", target)[0] == 404


def test_lively_feed_posts_by_itself(path):
    async def work(server: FeedServer, source: FileSource) -> list[EmulatedItem]:
        for _ in range(200):
            await asyncio.sleep(0.01)
            if source.feed("a").revision > 1:
                break
        return [item for item in source.newest("a", 30) if not item.native_id.startswith("a-0") and item.text != TEXT]

    (post, *_) = run(path, work, lively_s=0.02)
    assert post.published_at == NOW
    assert post.title


def test_emulator_runs_beside_other_work(path):
    with feeds_in_thread(path, lambda: NOW) as url:

        async def work() -> FetchResult:
            async with Client(Guard(["127.0.0.1"])) as client:
                return await interface.fetch(f"{url}/feeds/a.rss", client, now=NOW)

        assert asyncio.run(work()).outcome is Outcome.ok
