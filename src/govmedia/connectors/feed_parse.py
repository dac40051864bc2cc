"""Bytes to a Feed: the fast path, then repair, then the fallback.

Bounds: 10,000 entries a feed, 200,000 characters of text an entry, 500 links and 500 images an entry; what is
beyond is left out (`Feed.skipped` counts the entries). Never fetches, never expands declared entities.
"""

import re
from dataclasses import replace

from lxml import etree

from govmedia.connectors.errors import Outcome, Trouble
from govmedia.connectors.feed_atom import parse_atom
from govmedia.connectors.feed_fallback import parse_fallback
from govmedia.connectors.feed_json import parse_json
from govmedia.connectors.feed_names import Base, short_name
from govmedia.connectors.feed_rss import parse_rss
from govmedia.connectors.feed_text import one_line
from govmedia.connectors.feed_xml import (
    ENTRY_START,
    FEED_ROOTS,
    FEED_START,
    Prolog,
    complete_part,
    declaration_holds,
    decode,
    decode_head,
    from_feed_start,
    is_truncated,
    isolated,
    mended,
    parse_mending,
    parse_strict,
    read_prolog,
)
from govmedia.connectors.types import Feed, ParsedBy

HTML_ROOTS = frozenset(["html", "head", "body", "script", "div", "meta", "title", "center", "p", "style", "br"])
PAGE_TITLE = re.compile(r"<title[^<>]*>([^<]{1,500})", re.IGNORECASE)
RSS_ROOTS = frozenset(["rss", "rdf:rdf", "channel"])


def parse_feed(body: bytes, url: str, charset: str = "") -> Feed:
    """The feed in `body`, fetched from `url`, with the charset the HTTP header named.

    Errors: Trouble (not_a_feed, parse_error) with the cause in Chinese; nothing else, whatever the bytes are.
    """
    head = decode_head(body)
    start = head.lstrip(" \t\r\n\ufeff\x00")[:1]
    if not start:
        raise Trouble(Outcome.parse_error, "对方返回的内容是空的。")
    if start in ("{", "["):
        return _json(body, url, charset)
    prolog = _prolog(head)
    if not prolog.root and len(body) > len(head):
        prolog = _prolog(decode(body, charset))
    junk = start != "<" or prolog.root not in FEED_ROOTS
    if junk:
        _refuse_others(head, prolog.root, body, charset)
    if not junk and not prolog.doctype and declaration_holds(body, head, charset):
        root = parse_strict(body)
        if root is not None:
            feed = _read(root, Base(url, b"xml:base" in body), "fast")
            if feed is not None:
                return feed
    return _repaired(body, url, charset)


def _json(body: bytes, url: str, charset: str) -> Feed:
    try:
        return parse_json(body.decode("utf-8"), url, "fast")
    except UnicodeDecodeError:
        return parse_json(decode(body, charset), url, "repaired")


def _refuse_others(head: str, root: str, body: bytes, charset: str) -> None:
    """Say what came instead of a feed, unless a feed begins after some junk."""
    if root in HTML_ROOTS or "<html" in head[:4096].lower():
        match = PAGE_TITLE.search(decode(body[:65536], charset))
        title = f"（标题：{one_line(match[1])[:60]}）" if match else ""
        raise Trouble(Outcome.not_a_feed, f"得到的是网页{title}，不是订阅源，可能是登录页、拦截页或栏目页。")
    if FEED_START.search(head):
        return
    if root:
        raise Trouble(Outcome.not_a_feed, f"得到的是 XML（根元素 {root[:40]}），但不是订阅源。")
    raise Trouble(Outcome.not_a_feed, "得到的既不是 XML 也不是 JSON，不是订阅源。")


def _read(root: "etree._Element", base: Base, parsed_by: ParsedBy) -> Feed | None:
    name = short_name(root.tag)
    if name in RSS_ROOTS:
        return parse_rss(root, base, parsed_by)
    if name == "atom:feed":
        return parse_atom(root, base, parsed_by)
    return None


def _prolog(text: str) -> Prolog:
    prolog = read_prolog(text)
    if prolog.entities:
        raise Trouble(Outcome.parse_error, "XML 里自带实体定义（可能是攻击），已拒绝读取。")
    return prolog


def _repaired(body: bytes, url: str, charset: str) -> Feed:
    text = from_feed_start(decode(body, charset))
    text = mended(text[_prolog(text).start :])
    base = Base(url, "xml:base" in text)
    root = parse_strict(text.encode())
    truncated = root is None and is_truncated(text)
    if truncated:
        text = complete_part(text)
    feed = _attempt(root if root is not None else parse_mending(text), base)
    wanted = len(ENTRY_START.findall(text))
    if _count(feed) < wanted and root is None:
        feed = _better(feed, _attempt(isolated(text), base))
    if feed is None or (_count(feed) < wanted and not truncated):
        feed = _better(feed, parse_fallback(text.encode(), url))
    if feed is None:
        raise Trouble(Outcome.parse_error, "XML 格式有错误，无法读取。")
    return replace(feed, truncated=True) if truncated else feed


def _attempt(root: "etree._Element | None", base: Base) -> Feed | None:
    return None if root is None else _read(root, base, "repaired")


def _count(feed: Feed | None) -> int:
    return 0 if feed is None else len(feed.entries) + feed.skipped


def _better(one: Feed | None, other: Feed | None) -> Feed | None:
    return other if one is None or _count(other) > _count(one) else one
