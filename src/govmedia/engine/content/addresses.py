"""What a web address leads to, told from its text alone: a shop, a short link that hides its aim, a paid visit.

Nothing is opened here. Sources: data/link_hosts.csv (each host with its reason); the parameters by which shops and
networks count who sent a buyer (淘宝客 pid=mm_…, utm_*, spm) are public in their developers' manuals.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govmedia.engine.content.patterns import compiled

# Parameters by which someone is paid for the visit.
_PAID = compiled(
    r"[?&#](?:aff|affid|aff_id|affiliate(?:_id)?|unionid|union_id|promoter(?:_id)?|distributor(?:_id)?|inviter(?:_id)?|invite_?code"
    r"|rebate|coupon(?:_id|code)?|zkuid|duoduo_?\w{0,12}|promotion_?id|referral(?:_?code)?|tuiguang(?:_?id)?|yaoqing(?:ma)?|recommend_?code|agent_?id|cps_?id)=|[?&]pid=mm_"
    r"|[?&](?:channel|from|source|src)=(?:tuiguang|ad|ads|cps|cpa|promo|promotion|fenxiao)(?![a-z0-9])|/cps/"
)
# Parameters that count where readers came from.
_COUNTED = compiled(r"[?&](?:utm_(?:source|medium|campaign)|spm|scm|ali_trackid|trackid|track_id)=")
_HOST = compiled(r"^(?:(?:[a-z][a-z0-9+.\-]{1,20}:)?//)?(?:[^/?#@\s]{1,80}@)?([a-z0-9\-.]{3,253})")


class Verdict(NamedTuple):
    """`kind` is shop, short, paid or counted; `name` and `reason` are Chinese."""

    kind: str
    host: str
    name: str
    reason: str


@cache
def _hosts() -> dict[str, tuple[str, str, str]]:
    with (Path(__file__).parent / "data" / "link_hosts.csv").open(encoding="utf-8", newline="") as rows:
        return {row["host"]: (row["kind"], row["name"], row["reason"]) for row in csv.DictReader(rows)}


def host_of(address: str) -> str:
    """The host in small letters, empty where there is none: what stands before @ is not it."""
    found = _HOST.match(address.strip().lower().replace("．", "."))
    host = found[1].strip(".") if found else ""
    return host if "." in host else ""


def known_host(host: str) -> tuple[str, str, str] | None:
    """(kind, name, reason) of the host or of the domain it belongs to; None where the list has neither."""
    while host:
        if row := _hosts().get(host):
            return row
        _, _, host = host.partition(".")
    return None


def judge_address(address: str) -> Verdict | None:
    """What the address is, or None where nothing speaks against it."""
    host = host_of(address)
    known = known_host(host)
    if known:
        kind, name, reason = known
        return None if kind == "trusted" else Verdict(kind, host, name, reason)
    low = address.lower()
    if host and _PAID.search(low):
        return Verdict("paid", host, "推广链接", "带有推广分成参数")
    if host and _COUNTED.search(low):
        return Verdict("counted", host, "带来源统计的链接", "带有来源统计参数")
    return None
