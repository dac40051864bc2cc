"""The fetch guard: which addresses the machine may open, judged on every hop and pinned.

Refused unless GOVMEDIA_FETCH_ALLOW names them: private, loopback, link-local, multicast, reserved, shared
(100.64/10), documentation and benchmark networks, and the clouds' metadata addresses, which all lie in these.
Odd spellings of addresses (127.1, 0x7f.1, 2130706433, full-width digits, IPv4 inside IPv6) are refused
outright: parsers read them differently, and no public feed needs them.
Source: IANA special-purpose address registries (RFC 6890); WHATWG URL, section 3.5; RFC 6052, 3056.
"""

import asyncio
import re
import socket
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import idna
from aiohttp.abc import AbstractResolver, ResolveResult

from govmedia.connectors.errors import AddressRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[list[str]]]

MAX_URL = 4096
MAX_PASSED = 10_000
DEFAULT_PORTS = {"http": 80, "https": 443}
# Services below 1024 that a request could be smuggled into. Source: WHATWG Fetch, "port blocking".
BAD_PORTS = frozenset(
    (7, 9, 13, 19, 21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 636, 993, 995)
)
FORBIDDEN_V4 = (
    IPv4Network("0.0.0.0/8"),  # this host
    IPv4Network("10.0.0.0/8"),  # private
    IPv4Network("100.64.0.0/10"),  # carrier-grade NAT; Alibaba's metadata
    IPv4Network("127.0.0.0/8"),  # loopback
    IPv4Network("168.63.129.16/32"),  # Azure's metadata
    IPv4Network("169.254.0.0/16"),  # link-local; most clouds' metadata
    IPv4Network("172.16.0.0/12"),  # private
    IPv4Network("192.0.0.0/24"),  # protocol assignments; Oracle's metadata
    IPv4Network("192.0.2.0/24"),  # documentation
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("192.168.0.0/16"),  # private
    IPv4Network("198.18.0.0/15"),  # benchmarks
    IPv4Network("198.51.100.0/24"),  # documentation
    IPv4Network("203.0.113.0/24"),  # documentation
    IPv4Network("224.0.0.0/3"),  # multicast, reserved, broadcast
)
GLOBAL_V6 = IPv6Network("2000::/3")
FORBIDDEN_V6 = (
    IPv6Network("2001::/23"),  # protocol assignments, Teredo
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # documentation
)
NAT64 = IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = IPv6Network("2002::/16")
COMPATIBLE = IPv6Network("::/96")
START = re.compile(r"(https?)://([^/?#]*)", re.IGNORECASE)
NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)$")
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A URL that may be opened as far as its text can tell.

    `address` is set where the host is an address; `key` is what "one host" means for pacing: host and port.
    """

    url: str
    scheme: str
    host: str
    port: int
    address: Address | None
    key: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """One entry of GOVMEDIA_FETCH_ALLOW; `port` None is any port."""

    network: Network | None
    host: str
    port: int | None


def parse_allowance(entry: str) -> Allowance:
    """Read `host`, `host:port`, an address or a network, each with or without port (IPv6 with port in brackets).

    Errors: ValueError with a Chinese sentence.
    """
    text = entry.strip().lower()
    match = re.fullmatch(r"\[([^\]]+)\](?::(\d{1,5}))?|([^:\[\]]+)(?::(\d{1,5}))?", text)
    bare, port_text = (text, None) if match is None else (match[1] or match[3], match[2] or match[4])
    port = int(port_text) if port_text else None
    problem = f"GOVMEDIA_FETCH_ALLOW 里的“{entry}”看不懂：请写成 主机、主机:端口、网段 或 网段:端口。"
    if port is not None and not 0 < port < 65536:
        raise ValueError(problem)
    try:
        return Allowance(ip_network(bare, strict=False), "", port)
    except ValueError:
        try:
            return Allowance(None, plain_host(bare)[0], port)
        except AddressRefused:
            raise ValueError(problem) from None


def embedded_v4(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one carries (mapped, compatible, NAT64, 6to4), which is where it leads."""
    number = int(address)
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in SIX_TO_FOUR:
        return IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address in NAT64 or (address in COMPATIBLE and number > 1):
        return IPv4Address(number & 0xFFFFFFFF)
    return None


def forbidden(address: Address) -> bool:
    """Whether the address is anything but an ordinary public one."""
    if isinstance(address, IPv4Address):
        return any(address in network for network in FORBIDDEN_V4)
    inner = embedded_v4(address)
    if inner is not None:
        return address in SIX_TO_FOUR or forbidden(inner)
    return address not in GLOBAL_V6 or any(address in network for network in FORBIDDEN_V6)


async def system_lookup(host: str, port: int, family: socket.AddressFamily) -> list[str]:
    """The addresses the system's resolver gives. Errors: OSError where the name is not found."""
    loop = asyncio.get_running_loop()
    rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
    return [str(row[4][0]) for row in rows]


class Guard:
    """Decides by URL text and by resolved address; `allow` holds the entries of GOVMEDIA_FETCH_ALLOW.

    Errors: ValueError with a Chinese sentence for an entry that cannot be read.
    """

    def __init__(self, allow: Sequence[str] = ()) -> None:
        self._allowances = [parse_allowance(entry) for entry in allow if entry.strip()]
        self._names = {(one.host, one.port) for one in self._allowances if one.network is None}
        self._networks = [(one.network, one.port) for one in self._allowances if one.network is not None]
        self._passed: set[tuple[str, int]] = set()

    def check_url(self, url: str) -> Parsed:
        """The URL taken apart, if it may be opened; hosts given by name are judged again when resolved.

        Errors: AddressRefused with the cause in Chinese.
        """
        if len(url) > MAX_URL:
            raise AddressRefused("网址过长。")
        if not url.isprintable() or " " in url or "\\" in url:
            raise AddressRefused("网址里有空格、反斜线或控制字符。")
        match = START.match(url)
        if match is None:
            raise AddressRefused("网址须以 http:// 或 https:// 开头。")
        scheme, authority = match[1].lower(), match[2]
        if "@" in authority:
            raise AddressRefused("网址里不能带用户名和密码。")
        raw, port = split_port(authority, DEFAULT_PORTS[scheme])
        host, address = plain_host(raw)
        if port in BAD_PORTS and not self._named(host, port):
            raise AddressRefused(f"不允许访问端口 {port}。")
        if address is not None:
            self.check_address(address, port, host)
        return Parsed(url, scheme, host, port, address, f"{host}:{port}")

    def check_address(self, address: Address, port: int, host: str) -> None:
        """Let a public or allowed address pass. Errors: AddressRefused."""
        if (str(address), port) in self._passed or self._named(host, port):
            return
        if self._may_pass(address, port):
            if len(self._passed) >= MAX_PASSED:
                self._passed.clear()
            self._passed.add((str(address), port))
            return
        raise AddressRefused(f"“{host}”指向内部或保留地址 {address}。")

    def _may_pass(self, address: Address, port: int) -> bool:
        if not forbidden(address):
            return True
        inner = embedded_v4(address) if isinstance(address, IPv6Address) else None
        return any(
            allowed_port in (None, port) and (address in network or (inner is not None and inner in network))
            for network, allowed_port in self._networks
        )

    def _named(self, host: str, port: int) -> bool:
        return (host, None) in self._names or (host, port) in self._names


def split_port(authority: str, default: int) -> tuple[str, int]:
    """Host (with its brackets) and port of a URL's authority. Errors: AddressRefused."""
    host, colon, digits = authority.rpartition(":") if not authority.endswith("]") else (authority, "", "")
    if not colon:
        return authority, default
    if not digits:
        return host, default
    if not digits.isascii() or not digits.isdigit() or len(digits) > 5 or not 0 < int(digits) < 65536:
        raise AddressRefused("网址里的端口不正确。")
    return host, int(digits)


@lru_cache(maxsize=4096)
def plain_host(raw: str) -> tuple[str, Address | None]:
    """The host of a URL in its one plain spelling, and the address if it is one.

    Errors: AddressRefused for an empty or oddly spelled host.
    """
    if raw.startswith("[") and raw.endswith("]"):
        return _literal_v6(raw[1:-1])
    if not raw or "%" in raw:
        raise AddressRefused("网址里的主机名写法不正确。")
    host = unicodedata.normalize("NFKC", raw).lower().replace("\u3002", ".")
    if NUMBER.match(host.rstrip(".").rpartition(".")[2]):
        return _literal_v4(raw)
    host = host.removesuffix(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise AddressRefused("网址里的主机名写法不正确。") from None
    if len(host) > 253 or not all(LABEL.match(label) for label in host.split(".")):
        raise AddressRefused("网址里的主机名写法不正确。")
    return host, None


def _literal_v4(raw: str) -> tuple[str, Address]:
    # ip_address takes plain dotted decimals only: short, hex, octal and full-width forms all end here.
    try:
        address = IPv4Address(raw) if raw.isascii() else None
    except ValueError:
        address = None
    if address is None:
        raise AddressRefused(f"“{raw}”是不规范的 IP 地址写法。")
    return str(address), address


def _literal_v6(raw: str) -> tuple[str, Address]:
    try:
        address = None if "%" in raw else ip_address(raw)
    except ValueError:
        address = None
    if not isinstance(address, IPv6Address):
        raise AddressRefused(f"“[{raw}]”是不规范的 IP 地址写法。")
    if embedded_v4(address) is not None:
        raise AddressRefused(f"“[{raw}]”是不规范的 IP 地址写法（其中套着 IPv4 地址）。")
    return str(address), address


class GuardedResolver(AbstractResolver):
    """Resolves a name once, judges every answer, and hands over the judged addresses to connect to.

    The connection is made to these very addresses, so that a name that answers differently the second time
    (DNS rebinding) gains nothing. One bad answer refuses the name: honest names do not mix.
    """

    def __init__(self, guard: Guard, lookup: Lookup = system_lookup) -> None:
        self._guard = guard
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Judged addresses. Errors: AddressRefused; OSError where the name is not found."""
        answers = list(dict.fromkeys(await self._lookup(host, port, family)))
        if not answers:
            raise OSError(socket.EAI_NONAME, "no address")
        results = []
        for answer in answers:
            address = ip_address(answer.partition("%")[0])
            self._guard.check_address(address, port, host.rstrip("."))
            version = socket.AF_INET if address.version == 4 else socket.AF_INET6
            results.append(
                ResolveResult(
                    hostname=host, host=str(address), port=port, family=version, proto=0, flags=socket.AI_NUMERICHOST
                )
            )
        return results

    async def close(self) -> None:
        """Nothing to give back."""
