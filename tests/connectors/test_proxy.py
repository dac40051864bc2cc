"""The proxy opens what the guard lets through, and nothing else."""

import asyncio

import pytest

from connectors.pages import pages
from govmedia.connectors.guard import Guard
from govmedia.connectors.proxy import GuardedProxy


def ask(lines: list[str], *, allow=(), bytes_most=10**6, lookup=None) -> tuple[bytes, GuardedProxy]:
    async def one():
        more = {"lookup": lookup} if lookup else {}
        async with GuardedProxy(Guard(allow), bytes_most=bytes_most, **more) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write("\r\n".join([*lines, "", ""]).encode())
            answer = await reader.read()
            writer.close()
            return answer, proxy

    return asyncio.run(one())


def test_allowed_page_comes_through():
    with pages({"/a?b=1": "<h1>见</h1>"}) as site:
        answer, _ = ask([f"GET http://{site.place}/a?b=1 HTTP/1.1", f"Host: {site.place}"], allow=[site.place])
    assert answer.startswith(b"HTTP/1.0 200")
    assert answer.endswith("<h1>见</h1>".encode())


@pytest.mark.parametrize(
    "first",
    [
        "GET http://127.0.0.1:9/ HTTP/1.1",
        "GET http://10.0.0.1/ HTTP/1.1",
        "GET http://169.254.169.254/latest/meta-data HTTP/1.1",
        "CONNECT 127.0.0.1:443 HTTP/1.1",
        "CONNECT [::1]:443 HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET / HTTP/1.1",
    ],
)
def test_private_addresses_stay_shut(first):
    answer, proxy = ask([first])
    assert answer.startswith(b"HTTP/1.1 403")
    assert len(proxy.refused) == 1


def test_name_that_leads_to_a_private_address_stays_shut():
    async def lookup(host, port, family):
        return ["127.0.0.1"]

    answer, _ = ask(["GET http://innocent.example.com/ HTTP/1.1"], lookup=lookup)
    assert answer.startswith(b"HTTP/1.1 403")


def test_nothing_is_sent_but_read_requests():
    answer, _ = ask(["POST http://example.com/ HTTP/1.1"])
    assert answer.startswith(b"HTTP/1.1 405")


def test_traffic_is_bounded():
    with pages({"/": "x" * 500_000}) as site:
        answer, _ = ask([f"GET http://{site.place}/ HTTP/1.1"], allow=[site.place], bytes_most=100_000)
    assert len(answer) < 200_000
