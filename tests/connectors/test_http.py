import asyncio
import gzip
import socket
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from connectors.serving import Answer, Served, reply, served
from govmedia.connectors import http
from govmedia.connectors.errors import Outcome, Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Client, Reply, retry_after
from govmedia.connectors.limits import Limits

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
QUICK = Limits(connect_s=0.5, total_s=0.5, body_bytes=1000)


def get(answer: Answer, path: str = "/feed.xml", limits: Limits = QUICK, **headers: str) -> Reply:
    async def look() -> Reply:
        async with served(answer) as server, Client(Guard(server.allow), limits) as client:
            return await client.get(server.url(path), headers)

    return asyncio.run(look())


def refused(answer: Answer, **options: Limits) -> Trouble:
    with pytest.raises(Trouble) as caught:
        get(answer, **options)
    return caught.value


def test_reply_says_what_came_and_from_where():
    seen = get(lambda path, headers: reply(b"hello", ETag='"1"'))
    assert (seen.status, seen.body, seen.headers["ETag"], seen.permanent_url) == (200, b"hello", '"1"', None)
    assert seen.address.startswith("127.0.0.1:")
    assert seen.final_url.endswith("/feed.xml")


def test_request_is_polite_and_carries_what_it_was_given():
    async def look() -> dict[str, str]:
        async with served(lambda path, headers: reply()) as server, Client(Guard(server.allow)) as client:
            await client.get(server.url(), {"If-None-Match": '"1"'})
            return server.requests[0][1]

    headers = asyncio.run(look())
    assert headers["user-agent"] == "govmedia/0.1"
    assert headers["if-none-match"] == '"1"'
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in headers


def test_cookie_is_not_kept():
    async def look() -> list[dict[str, str]]:
        async with (
            served(lambda path, headers: reply(Set_Cookie="a=1")) as server,
            Client(Guard(server.allow)) as client,
        ):
            await client.get(server.url())
            await client.get(server.url())
            return [headers for _, headers in server.requests]

    assert ["cookie" in headers for headers in asyncio.run(look())] == [False, False]


@pytest.mark.parametrize("status", ["301 Moved", "308 Moved"])
def test_permanent_redirect_proposes_the_new_address(status):
    seen = get(lambda path, headers: reply(b"x") if path == "/new" else reply(status=status, Location="/new"))
    assert seen.permanent_url == seen.final_url
    assert seen.final_url.endswith("/new")


def test_chain_with_a_temporary_hop_proposes_nothing():
    hops = {"/feed.xml": ("301 Moved", "/b"), "/b": ("302 Found", "/c")}

    def answer(path: str, headers: dict[str, str]) -> bytes:
        return reply(status=hops[path][0], Location=hops[path][1]) if path in hops else reply(b"x")

    seen = get(answer)
    assert (seen.permanent_url, seen.body) == (None, b"x")


def test_endless_redirect_stops_after_five():
    async def look() -> tuple[Trouble, int]:
        def answer(path: str, headers: dict[str, str]) -> bytes:
            return reply(status="302 Found", Location=f"/{len(path)}{path}")

        async with served(answer) as server, Client(Guard(server.allow)) as client:
            with pytest.raises(Trouble) as caught:
                await client.get(server.url())
            return caught.value, len(server.requests)

    trouble, requests = asyncio.run(look())
    assert (trouble.outcome, requests) == (Outcome.bad_redirect, 6)


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        ("/feed.xml", Outcome.bad_redirect),
        ("", Outcome.bad_redirect),
        ("ftp://example.cn/", Outcome.bad_redirect),
        ("javascript:alert(1)", Outcome.bad_redirect),
        ("http://[::1", Outcome.bad_redirect),
        ("http://10.0.0.1/", Outcome.refused_address),
        ("http://127.0.0.1:1/", Outcome.refused_address),
        ("http://169.254.169.254/latest/meta-data/", Outcome.refused_address),
        ("http://2130706433/", Outcome.refused_address),
        ("http://a:b@example.cn/", Outcome.refused_address),
    ],
)
def test_redirect_that_leads_nowhere_good_is_not_followed(location, outcome):
    assert refused(lambda path, headers: reply(status="302 Found", Location=location)).outcome is outcome


def test_redirect_elsewhere_does_not_carry_credentials():
    async def look() -> list[str | None]:
        async with served(lambda path, headers: reply(b"x")) as other:
            there = other.url("/there")
            async with served(lambda path, headers: reply(status="302 Found", Location=there)) as here:
                async with Client(Guard(here.allow + other.allow)) as client:
                    await client.get(here.url(), {"Authorization": "Bearer secret"})
                return [one.requests[0][1].get("authorization") for one in (here, other)]

    assert asyncio.run(look()) == ["Bearer secret", None]


def test_announced_large_body_is_refused_unread():
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n"

    assert refused(answer).outcome is Outcome.too_large


def test_unannounced_large_body_is_refused():
    chunk = b"3e8\r\n" + b"x" * 1000 + b"\r\n"

    def answer(path: str, headers: dict[str, str]) -> bytes:
        return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 3 + b"0\r\n\r\n"

    assert refused(answer).outcome is Outcome.too_large


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_body_that_unpacks_beyond_the_bound_is_refused(packing):
    bomb = b" " * 10_000_000
    body = gzip.compress(bomb) if packing == "gzip" else zlib.compress(bomb)
    limits = Limits(body_bytes=50_000)
    assert len(body) < limits.body_bytes
    assert (
        refused(lambda path, headers: reply(body, Content_Encoding=packing), limits=limits).outcome
        is Outcome.too_large
    )


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(b"<rss/>")),
        ("gzip", gzip.compress(b"<r") + gzip.compress(b"ss/>")),
        ("x-gzip", gzip.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>")[2:-4]),
        ("gzip", b"<rss/>"),
        ("identity", b"<rss/>"),
    ],
)
def test_packed_body_is_unpacked(packing, body):
    assert get(lambda path, headers: reply(body, Content_Encoding=packing)).body == b"<rss/>"


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(b"<rss/>" * 50)[:-12]),
        ("gzip", b"\x1f\x8b garbage"),
        ("br", b"\x0b\x02"),
        ("zstd", b"x"),
    ],
)
def test_body_packed_wrongly_is_a_parse_error(packing, body):
    assert refused(lambda path, headers: reply(body, Content_Encoding=packing)).outcome is Outcome.parse_error


def test_long_error_page_costs_its_body_only():
    seen = get(lambda path, headers: reply(b"x" * 100_000, status="500 Oops"))
    assert (seen.status, seen.body) == (500, b"")


def test_silent_server_is_a_timeout():
    async def answer(path: str, headers: dict[str, str]) -> bytes:
        await asyncio.sleep(30)
        return b""

    assert refused(answer).outcome is Outcome.timeout


def test_slow_body_is_a_timeout():
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxxx"

    assert refused(answer).outcome is Outcome.timeout


def test_broken_reply_is_worth_another_try():
    close = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nxxx"
    assert refused(lambda path, headers: close).outcome is Outcome.retry_soon
    assert refused(lambda path, headers: b"\r\nConnection: close\r\nnonsense").outcome is Outcome.retry_soon


def test_closed_port_is_our_network():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    async def look() -> None:
        async with Client(Guard([f"127.0.0.1:{port}"])) as client:
            await client.get(f"http://127.0.0.1:{port}/")

    with pytest.raises(Trouble) as caught:
        asyncio.run(look())
    assert caught.value.outcome is Outcome.network


def test_unknown_name_is_our_network():
    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    async def look() -> None:
        async with Client(Guard(), lookup=lookup) as client:
            await client.get("http://nowhere.example.cn/")

    with pytest.raises(Trouble) as caught:
        asyncio.run(look())
    assert (caught.value.outcome, caught.value.cause) == (Outcome.network, "域名解析失败。")


def test_name_is_looked_up_once_and_cannot_turn_inside():
    """DNS rebinding: the second answer would lead inside, but nobody asks a second time."""
    asked: list[str] = []

    async def look() -> tuple[str, list[str]]:
        async with served(lambda path, headers: reply(b"x")) as server:

            async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[str]:
                asked.append(host)
                return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

            async with Client(Guard(server.allow), lookup=lookup) as client:
                seen = await client.get(f"http://rebind.example.cn:{server.port}/")
                await client.get(f"http://rebind.example.cn:{server.port}/")
                return seen.address, [f"127.0.0.1:{server.port}"]

    address, expected = asyncio.run(look())
    assert [address] == expected
    assert asked == ["rebind.example.cn"]


def test_name_that_leads_inside_is_refused_without_a_connection():
    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[str]:
        return ["127.0.0.1"]

    async def look() -> tuple[Trouble, int]:
        async with served(lambda path, headers: reply(b"x")) as server, Client(Guard(), lookup=lookup) as client:
            with pytest.raises(Trouble) as caught:
                await client.get(f"http://inside.example.cn:{server.port}/")
            return caught.value, len(server.requests)

    trouble, requests = asyncio.run(look())
    assert (trouble.outcome, requests) == (Outcome.refused_address, 0)


def test_host_gets_one_request_at_a_time():
    async def answer(path: str, headers: dict[str, str]) -> bytes:
        await asyncio.sleep(0.01)
        return reply(b"x")

    async def look() -> Served:
        async with served(answer) as server, Client(Guard(server.allow)) as client:
            await asyncio.gather(*(client.get(server.url(f"/{number}")) for number in range(8)))
            return server

    server = asyncio.run(look())
    assert (len(server.requests), server.most_at_once) == (8, 1)


def test_waiting_for_a_turn_does_not_count_against_the_time_allowed():
    async def answer(path: str, headers: dict[str, str]) -> bytes:
        await asyncio.sleep(0.1)
        return reply(b"x")

    async def look() -> list[Reply]:
        limits = Limits(connect_s=0.3, total_s=0.3)
        async with served(answer) as server, Client(Guard(server.allow), limits) as client:
            return await asyncio.gather(*(client.get(server.url(f"/{number}")) for number in range(6)))

    assert [one.status for one in asyncio.run(look())] == [200] * 6


def test_connections_to_too_many_hosts_are_not_kept_open(monkeypatch):
    monkeypatch.setattr(http, "KEPT_HOSTS", 1)

    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[str]:
        return ["127.0.0.1"]

    async def look() -> list[str]:
        async with served(lambda path, headers: reply(b"x")) as server:
            async with Client(Guard(server.allow), lookup=lookup) as client:
                for host in ("127.0.0.1", "other.example.cn", "127.0.0.1"):
                    await client.get(f"http://{host}:{server.port}/")
            return [headers.get("connection", "") for _, headers in server.requests]

    assert asyncio.run(look()) == ["", "close", ""]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + timedelta(seconds=120)),
        (" 0 ", NOW),
        ("Mon, 23 Nov 2026 10:05:00 GMT", NOW + timedelta(minutes=5)),
        ("Mon, 23 Nov 2026 09:00:00 GMT", NOW),
        ("99999999999999999999", NOW + timedelta(days=30)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", NOW + timedelta(days=30)),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Mon, 99 Nov 2026 10:05:00 GMT", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value, expected):
    assert retry_after(value, NOW) == expected
