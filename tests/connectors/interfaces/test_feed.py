import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from connectors.serving import Answer, reply, rss, served
from govmedia.connectors.errors import OUTCOME_TEXT, Outcome
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client
from govmedia.connectors.interfaces import feed
from govmedia.connectors.limits import Limits
from govmedia.connectors.types import FetchResult
from govmedia.engine.hashing import sm3_hex

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ONE = rss("<item><guid>1</guid><title>甲</title></item>")


def look(answer: Answer, etag: str = "", last_modified: str = "") -> FetchResult:
    async def fetch() -> FetchResult:
        async with served(answer) as server, Client(Guard(server.allow), Limits(total_s=0.5)) as client:
            return await feed.fetch(server.url(), client, etag=etag, last_modified=last_modified, now=NOW)

    return asyncio.run(fetch())


def test_look_that_works_keeps_its_evidence():
    seen = look(lambda path, headers: reply(ONE, ETag='"1"', Last_Modified="Mon, 23 Nov 2026 00:00:00 GMT"))
    assert (seen.outcome, seen.cause, seen.status) == (Outcome.ok, "", 200)
    assert (seen.etag, seen.last_modified) == ('"1"', "Mon, 23 Nov 2026 00:00:00 GMT")
    assert (seen.body_sm3, seen.size) == (sm3_hex(ONE), len(ONE))
    assert seen.feed is not None
    assert [entry.native_id for entry in seen.feed.entries] == ["1"]
    assert seen.address.startswith("127.0.0.1:")
    assert seen.moved_to is None


def test_unchanged_feed_is_not_sent_again():
    def answer(path: str, headers: dict[str, str]) -> bytes:
        known = headers.get("if-none-match") == '"1"' and headers.get("if-modified-since") == "yesterday"
        return reply(status="304 Not Modified") if known else reply(ONE)

    seen = look(answer, etag='"1"', last_modified="yesterday")
    assert (seen.outcome, seen.feed, seen.etag, seen.last_modified) == (
        Outcome.not_modified,
        None,
        '"1"',
        "yesterday",
    )


def test_permanent_move_is_proposed():
    seen = look(lambda path, headers: reply(ONE) if path == "/new" else reply(status="301 Moved", Location="/new"))
    assert seen.outcome is Outcome.ok
    assert seen.moved_to == seen.final_url


def test_move_to_something_that_is_no_feed_is_not_proposed():
    page = b"<html><title>404</title></html>"
    seen = look(lambda path, headers: reply(page) if path == "/new" else reply(status="301 Moved", Location="/new"))
    assert (seen.outcome, seen.moved_to) == (Outcome.not_a_feed, None)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("400 Bad", Outcome.not_a_feed),
        ("401 No", Outcome.needs_reauthorise),
        ("403 No", Outcome.needs_reauthorise),
        ("404 No", Outcome.not_found),
        ("410 Gone", Outcome.gone),
        ("418 Teapot", Outcome.not_a_feed),
        ("429 Slow", Outcome.rate_limited),
        ("500 Oops", Outcome.retry_soon),
        ("502 Oops", Outcome.retry_soon),
        ("503 Busy", Outcome.retry_soon),
        ("304 Odd", Outcome.retry_soon),
        ("204 Empty", Outcome.parse_error),
    ],
)
def test_status_says_what_happened_and_what_to_do(status, outcome):
    seen = look(lambda path, headers: reply(status=status))
    assert (seen.outcome, seen.status) == (outcome, int(status[:3]))
    assert seen.cause.endswith(OUTCOME_TEXT[outcome].advice)


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy"])
def test_retry_after_is_kept(status):
    assert look(lambda path, headers: reply(status=status, Retry_After="60")).retry_at == NOW + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        (b"", Outcome.parse_error, "内容是空的"),
        (b"<html><title>\xe7\x99\xbb\xe5\xbd\x95</title></html>", Outcome.not_a_feed, "得到的是网页（标题：登录）"),
        (ONE[:-40], Outcome.parse_error, "读到第 0 条后中断"),
        (ONE[:-16], Outcome.parse_error, "读到第 1 条后中断"),
        (b'<?xml version="1.0"?><rss', Outcome.parse_error, ""),
    ],
)
def test_bad_body_is_named_and_asked_for_again_in_full(body, outcome, words):
    seen = look(lambda path, headers: reply(body, ETag='"1"'))
    assert (seen.outcome, seen.etag) == (outcome, "")
    assert words in seen.cause


def test_charset_of_the_header_is_used():
    body = rss("<item><title>\ufffd</title></item>").replace("\ufffd".encode(), "한국".encode("euc-kr"))
    body = body.replace(b' encoding="UTF-8"', b"").replace("鼓楼发布".encode(), b"x")
    seen = look(lambda path, headers: reply(body, Content_Type='text/xml; charset="EUC-KR"'))
    assert seen.feed is not None
    assert seen.feed.entries[0].title == "한국"


def test_expired_json_feed_is_gone():
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "expired": true, "items": []}'
    assert look(lambda path, headers: reply(body)).outcome is Outcome.gone


def test_empty_feed_is_ok():
    assert look(lambda path, headers: reply(rss())).outcome is Outcome.ok


def test_handle_that_may_not_be_opened_is_an_outcome():
    async def fetch(handle: str) -> FetchResult:
        async with Client(Guard()) as client:
            return await feed.fetch(handle, client, now=NOW)

    for handle in ("http://127.0.0.1/", "not a url", "", "http://[::ffff:10.0.0.1]/"):
        assert asyncio.run(fetch(handle)).outcome is Outcome.refused_address


def test_large_feed_is_read_aside():
    body = rss(*(f"<item><guid>{number}</guid><title>{'字' * 20}</title></item>" for number in range(4000)))
    seen = look(lambda path, headers: reply(body))
    assert len(body) > feed.LARGE_BODY
    assert seen.feed is not None
    assert len(seen.feed.entries) == 4000
