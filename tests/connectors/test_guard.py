import asyncio
import socket
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.errors import AddressRefused, Outcome
from govmedia.connectors.guard import Guard, GuardedResolver, forbidden, parse_allowance

ODD = [
    "http://127.1/",
    "http://127.1:8000/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://2130706433/",
    "http://127.0.0.1./",
    "http://127.0.0.1.:8000/",
    "http://１２７.０.０.１/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]:8000/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[127.0.0.1]/",
    "http://127%2e0%2e0%2e1/",
    "http://%31%32%37.0.0.1/",
]


@pytest.mark.parametrize("url", ODD)
def test_odd_spelling_is_refused_even_where_the_address_is_allowed(url):
    with pytest.raises(AddressRefused) as refused:
        Guard(["127.0.0.0/8", "::/0"]).check_url(url)
    assert refused.value.outcome is Outcome.refused_address
    assert "写法" in refused.value.cause


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[2001::1]",
        "[100::1]",
    ],
)
def test_address_that_is_not_public_is_refused(host):
    with pytest.raises(AddressRefused, match="内部或保留地址"):
        Guard().check_url(f"http://{host}/feed.xml")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://news.example.cn/feed.xml", "news.example.cn:80"),
        ("HTTPS://News.Example.CN./feed.xml", "news.example.cn:443"),
        ("http://政务.cn:8080/?a=1", "xn--zfr164b.cn:8080"),
        ("http://例子。中国/", "xn--fsqu00a.xn--fiqs8s:80"),
        ("http://8.8.8.8/", "8.8.8.8:80"),
        ("http://172.32.0.1/", "172.32.0.1:80"),
        ("http://[2606:4700::1111]:81/", "2606:4700::1111:81"),
        ("http://a_b.example.cn:/x", "a_b.example.cn:80"),
    ],
)
def test_public_address_passes(url, key):
    assert Guard().check_url(url).key == key


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "ftp://example.cn/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///etc",
        "http://user:pass@example.cn/",
        "http://example.cn@127.0.0.1/",
        "http://example.cn\\@127.0.0.1/",
        "http://example.cn/\r\nX: y",
        "http://exa mple.cn/",
        "http://example..cn/",
        "http://-example.cn/",
        "http://example.cn:0/",
        "http://example.cn:99999/",
        "http://example.cn:8o/",
        "http://example.cn:22/",
        "http://example.cn:25/",
        "http://example.cn／path/",
        "http://" + "a" * 5000 + ".cn/",
    ],
)
def test_url_that_is_no_plain_web_address_is_refused(url):
    with pytest.raises(AddressRefused):
        Guard(["127.0.0.0/8"]).check_url(url)


def test_allowed_port_lets_only_that_port_through():
    guard = Guard(["127.0.0.1:8000", "10.1.0.0/16", "[fd00::/8]:81", "intranet.example.cn:22"])
    assert guard.check_url("http://127.0.0.1:8000/").port == 8000
    assert guard.check_url("http://10.1.2.3:9/x".replace(":9/", ":9000/")).host == "10.1.2.3"
    assert guard.check_url("http://[fd00::5]:81/").port == 81
    assert guard.check_url("http://intranet.example.cn:22/").port == 22
    for url in ("http://127.0.0.1/", "http://127.0.0.2:8000/", "http://10.2.0.1/", "http://[fd00::5]/"):
        with pytest.raises(AddressRefused):
            guard.check_url(url)


@pytest.mark.parametrize(
    "entry", ["127.1", "a b", "host:0", "host:99999", "10.0.0.0/99", "[::1", "http://x", "a:b:c"]
)
def test_allowance_that_cannot_be_read_is_named(entry):
    with pytest.raises(ValueError, match="GOVMEDIA_FETCH_ALLOW"):
        parse_allowance(entry)


def resolve(guard: Guard, answers: list[str], host: str = "news.example.cn", port: int = 80) -> list[str]:
    async def lookup(name: str, number: int, family: socket.AddressFamily) -> list[str]:
        return answers

    return [row["host"] for row in asyncio.run(GuardedResolver(guard, lookup).resolve(host, port))]


def test_resolver_hands_over_the_judged_addresses():
    assert resolve(Guard(), ["8.8.8.8", "2606:4700::1111", "8.8.8.8"]) == ["8.8.8.8", "2606:4700::1111"]


@pytest.mark.parametrize(
    "answer", ["127.0.0.1", "10.0.0.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:808:808::"]
)
def test_resolver_refuses_a_name_with_any_inner_answer(answer):
    with pytest.raises(AddressRefused, match=r"news\.example\.cn"):
        resolve(Guard(), ["8.8.8.8", answer])


def test_resolver_lets_an_allowed_name_lead_inside():
    assert resolve(Guard(["news.example.cn:80"]), ["10.0.0.1"]) == ["10.0.0.1"]
    assert resolve(Guard(["10.0.0.0/8:80"]), ["10.0.0.1"]) == ["10.0.0.1"]
    with pytest.raises(AddressRefused):
        resolve(Guard(["news.example.cn:81"]), ["10.0.0.1"])


def test_resolver_without_answer_is_a_failed_lookup():
    with pytest.raises(OSError, match="no address"):
        resolve(Guard(), [])


@given(st.ip_addresses(v=4))
def test_ipv4_is_forbidden_in_whatever_ipv6_clothes_it_comes(address):
    mapped = ip_address(b"\0" * 10 + b"\xff\xff" + address.packed)
    translated = ip_address(b"\0\x64\xff\x9b" + b"\0" * 8 + address.packed)
    assert forbidden(mapped) == forbidden(address) == forbidden(translated)
    assert forbidden(ip_address(b"\x20\x02" + address.packed + b"\0" * 10))


@given(st.ip_addresses())
def test_what_python_calls_private_is_forbidden(address):
    if address.is_private or address.is_multicast or address.is_link_local or address.is_reserved:
        assert forbidden(address) or address.version == 6


@given(st.text(max_size=40))
def test_any_text_is_passed_or_refused_but_never_breaks(text):
    for url in (text, f"http://{text}/", f"http://{text}:80/x"):
        try:
            assert Guard().check_url(url).host
        except AddressRefused as why:
            assert why.cause
