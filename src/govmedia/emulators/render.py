"""Feeds and pages as text, the way well-behaved publishing systems write them."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from govmedia.emulators.source import EmulatedFeed, EmulatedItem

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
}
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def post_url(item: EmulatedItem, site: str) -> str:
    """Where the post is to be read; `site` is the emulator's own address."""
    return item.url or f"{site}/posts/{quote(item.key)}/{quote(item.native_id, safe='')}"


def avatar_url(feed: EmulatedFeed, site: str) -> str:
    """The picture the feed shows as its own: one for each name."""
    return f"{site}/avatars/{quote(feed.title, safe='')}"


def as_html(text: str) -> str:
    """Blocks of plain text as paragraphs; one that is the path of a picture or page of ours shows or leads to it."""
    return "".join(f"<p>{_block(block)}</p>" for block in text.split("\n") if block)


def _block(block: str) -> str:
    if block.startswith("/pictures/"):
        return f'<img src="{escape(block)}" alt="">'
    if block.startswith("/pages/"):
        return f'<a href="{escape(block)}">相关链接</a>'
    return escape(block, quote=False)


def rss(feed: EmulatedFeed, items: Sequence[EmulatedItem], site: str) -> str:
    """RSS 2.0."""
    rows = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(post_url(item, site))}</link>"
        f'<guid isPermaLink="false">{escape(item.native_id)}</guid>'
        + (f"<pubDate>{format_datetime(item.published_at)}</pubDate>" if item.published_at else "")
        + (f"<dc:creator>{escape(item.author)}</dc:creator>" if item.author else "")
        + f"<description>{escape(as_html(item.text))}</description></item>\n"
        for item in items
    )
    return (
        f'{XML_HEAD}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{escape(feed.title)}</title><link>{escape(feed.link or site)}</link>"
        f"<description>{escape(feed.description)}</description><language>zh-cn</language>\n"
        f'<atom:link rel="self" href="{escape(site)}/feeds/{quote(feed.key)}.rss"/>\n'
        f"<image><url>{escape(avatar_url(feed, site))}</url><title>{escape(feed.title)}</title>"
        f"<link>{escape(feed.link or site)}</link></image>\n"
        f"{rows}</channel></rss>\n"
    )


def rdf(feed: EmulatedFeed, items: Sequence[EmulatedItem], site: str) -> str:
    """RSS 1.0."""
    rows = "".join(
        f'<item rdf:about="{escape(item.native_id)}"><title>{escape(item.title)}</title>'
        f"<link>{escape(post_url(item, site))}</link>"
        + (f"<dc:date>{item.published_at.isoformat()}</dc:date>" if item.published_at else "")
        + f"<description>{escape(as_html(item.text))}</description></item>\n"
        for item in items
    )
    order = "".join(f'<rdf:li rdf:resource="{escape(item.native_id)}"/>' for item in items)
    return (
        f'{XML_HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{escape(site)}/feeds/{quote(feed.key)}.rdf">'
        f"<title>{escape(feed.title)}</title><link>{escape(feed.link or site)}</link>"
        f"<description>{escape(feed.description)}</description><items><rdf:Seq>{order}</rdf:Seq></items></channel>\n"
        f"<image><url>{escape(avatar_url(feed, site))}</url></image>\n"
        f"{rows}</rdf:RDF>\n"
    )


def atom(feed: EmulatedFeed, items: Sequence[EmulatedItem], site: str) -> str:
    """Atom 1.0."""
    rows = "".join(
        f"<entry><id>{escape(item.native_id)}</id><title>{escape(item.title)}</title>"
        f'<link rel="alternate" href="{escape(post_url(item, site))}"/>'
        + (f"<published>{item.published_at.isoformat()}</published>" if item.published_at else "")
        + (f"<updated>{moment.isoformat()}</updated>" if (moment := item.updated_at or item.published_at) else "")
        + (f"<author><name>{escape(item.author)}</name></author>" if item.author else "")
        + f'<content type="html">{escape(as_html(item.text))}</content></entry>\n'
        for item in items
    )
    address = f"{escape(site)}/feeds/{quote(feed.key)}.atom"
    return (
        f'{XML_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>{address}</id>'
        f"<title>{escape(feed.title)}</title><subtitle>{escape(feed.description)}</subtitle>"
        f'<link rel="alternate" href="{escape(feed.link or site)}"/><link rel="self" href="{address}"/>'
        f"<logo>{escape(avatar_url(feed, site))}</logo>"
        f"<updated>{_newest(feed, items).isoformat()}</updated>\n{rows}</feed>\n"
    )


def json_feed(feed: EmulatedFeed, items: Sequence[EmulatedItem], site: str) -> str:
    """JSON Feed 1.1."""
    rows = []
    for item in items:
        row: dict[str, object] = {"id": item.native_id, "url": post_url(item, site), "title": item.title}
        row["content_html"] = as_html(item.text)
        if item.published_at:
            row["date_published"] = item.published_at.isoformat()
        if item.updated_at:
            row["date_modified"] = item.updated_at.isoformat()
        if item.author:
            row["authors"] = [{"name": item.author}]
        rows.append(row)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.link or site,
        "feed_url": f"{site}/feeds/{quote(feed.key)}.json",
        "language": "zh-CN",
        "icon": avatar_url(feed, site),
        "items": rows,
    }
    return json.dumps(document, ensure_ascii=False)


def _newest(feed: EmulatedFeed, items: Sequence[EmulatedItem]) -> datetime:
    return max((item.updated_at or item.published_at or feed.changed_at for item in items), default=feed.changed_at)


RENDERERS: dict[str, Callable[[EmulatedFeed, Sequence[EmulatedItem], str], str]] = {
    "rss": rss,
    "atom": atom,
    "json": json_feed,
    "rdf": rdf,
}
