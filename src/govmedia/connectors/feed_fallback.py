"""The last resort for XML that the fast path cannot make out: feedparser, given bytes, never a URL or a path."""

import io
from typing import Any

import feedparser

from govmedia.connectors.feed_dates import parse_date
from govmedia.connectors.feed_identity import MAX_ENTRIES, identified
from govmedia.connectors.feed_text import MAX_REFERENCES, absolute, html_to_text, one_line, plain_blocks, references
from govmedia.connectors.types import Feed, Kind, Snapshot

# Its parser is 35 times slower than the fast path: above this it would hold up everybody else.
MAX_BYTES = 1024 * 1024
# What its parsers are known to let through on hostile markup.
BREAKS = (ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError)


def parse_fallback(body: bytes, url: str) -> Feed | None:
    """What feedparser makes of the bytes (UTF-8 or with their own declaration); None where it sees no feed."""
    if len(body) > MAX_BYTES:
        return None
    headers = {"content-location": url}
    try:
        seen = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except BREAKS:
        return None
    version = str(seen.get("version", ""))
    if not version:
        return None
    head = seen["feed"]
    kind: Kind = "atom" if version.startswith("atom") else "rdf" if version in ("rss10", "rss090") else "rss"
    feed_author = one_line(_text(head.get("author_detail") or {}, "name"))
    entries = [_entry(entry, url, feed_author, kind) for entry in seen["entries"][: MAX_ENTRIES + 1]]
    kept, skipped = identified(entries)
    link = absolute(_text(head, "link"), url)
    return Feed(
        kind=kind,
        title=one_line(_text(head, "title")),
        description=one_line(_text(head, "subtitle")),
        link=link,
        feed_id=one_line(_text(head, "id")) or link,
        language=one_line(_text(head, "language")),
        entries=kept,
        parsed_by="fallback",
        picture=absolute(_text(head.get("image") or {}, "href"), url),
        skipped=skipped + max(0, len(seen["entries"]) - MAX_ENTRIES - 1),
    )


def _entry(entry: Any, url: str, feed_author: str, kind: Kind) -> Snapshot:
    contents = entry.get("content") or [entry.get("summary_detail") or {}]
    best = next((one for one in contents if one.get("value")), entry.get("summary_detail") or {})
    source = _text(best, "value")
    base = absolute(_text(best, "base"), url) or url
    plain = best.get("type") == "text/plain"
    links, images = ([], []) if plain else references(source, base)
    for enclosure in [*entry.get("enclosures", []), *entry.get("media_content", [])]:
        target = absolute(_text(enclosure, "href") or _text(enclosure, "url"), url)
        if target:
            (images if _text(enclosure, "type").startswith("image/") else links).append(target)
    # Its own look-up of "updated" quietly answers with "published"; the plain one of a dict does not.
    updated = parse_date(_text(entry, "updated") if "updated" in dict.keys(entry) else "")
    published = parse_date(_text(entry, "published")) or parse_date(_text(entry, "created"))
    return Snapshot(
        native_id=one_line(_text(entry, "id")),
        title=one_line(_text(entry, "title")),
        text=plain_blocks(source) if plain else html_to_text(source),
        url=absolute(_text(entry, "link"), url),
        published_at=published or updated,
        updated_at=updated if published or kind == "atom" else None,
        author=one_line(_text(entry.get("author_detail") or {}, "name") or _text(entry, "author")) or feed_author,
        source_name=one_line(_text(entry.get("source") or {}, "title")),
        links=tuple(dict.fromkeys(links))[:MAX_REFERENCES],
        images=tuple(dict.fromkeys(images))[:MAX_REFERENCES],
    )


def _text(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""
