"""JSON Feed 1.0 and 1.1. Source: jsonfeed.org/version/1.1."""

import json
from typing import Any

from govmedia.connectors.errors import Outcome, Trouble
from govmedia.connectors.feed_dates import parse_date
from govmedia.connectors.feed_identity import MAX_ENTRIES, identified
from govmedia.connectors.feed_text import MAX_REFERENCES, absolute, html_to_text, plain_blocks, plain_line, references
from govmedia.connectors.types import Feed, ParsedBy, Snapshot

VERSION = "jsonfeed.org/version/"


def parse_json(text: str, url: str, parsed_by: ParsedBy) -> Feed:
    """The feed of a JSON Feed document; `url` is where it came from.

    Errors: Trouble (parse_error for broken JSON, not_a_feed for any other JSON).
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise Trouble(Outcome.parse_error, "JSON 格式不完整或有错误。") from None
    if not isinstance(document, dict) or VERSION not in str(document.get("version", "")):
        raise Trouble(Outcome.not_a_feed, "得到的是 JSON 数据，但不是 JSON Feed。")
    rows = document.get("items")
    rows = rows if isinstance(rows, list) else []
    feed_author = _people(document)
    entries = [_entry(row, url, feed_author) for row in rows[: MAX_ENTRIES + 1] if isinstance(row, dict)]
    kept, _ = identified(entries)
    return Feed(
        kind="json",
        title=plain_line(_text(document.get("title"))),
        description=plain_line(_text(document.get("description"))),
        link=absolute(_text(document.get("home_page_url")), url),
        feed_id=plain_line(_text(document.get("feed_url"))),
        language=plain_line(_text(document.get("language"))),
        entries=kept,
        parsed_by=parsed_by,
        next_url=absolute(_text(document.get("next_url")), url),
        picture=absolute(_text(document.get("icon")) or _text(document.get("favicon")), url),
        expired=document.get("expired") is True,
        skipped=len(rows) - len(kept),
    )


def _entry(row: dict[str, Any], base: str, feed_author: str) -> Snapshot:
    source = _text(row.get("content_html"))
    text = html_to_text(source) or plain_blocks(_text(row.get("content_text")) or _text(row.get("summary")))
    links, images = references(source, base)
    for name in ("image", "banner_image"):
        images.append(absolute(_text(row.get(name)), base))
    attachments = row.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else []:
        if isinstance(attachment, dict):
            target = absolute(_text(attachment.get("url")), base)
            (images if _text(attachment.get("mime_type")).startswith("image/") else links).append(target)
    published = parse_date(_text(row.get("date_published")))
    updated = parse_date(_text(row.get("date_modified")))
    return Snapshot(
        native_id=plain_line(_text(row.get("id"))),
        title=plain_line(_text(row.get("title"))),
        text=text,
        url=absolute(_text(row.get("url")) or _text(row.get("external_url")), base),
        published_at=published or updated,
        updated_at=updated,
        author=_people(row) or feed_author,
        links=tuple(dict.fromkeys(filter(None, links)))[:MAX_REFERENCES],
        images=tuple(dict.fromkeys(filter(None, images)))[:MAX_REFERENCES],
    )


def _people(holder: dict[str, Any]) -> str:
    """The names of `authors` (1.1) or of `author` (1.0)."""
    authors = holder.get("authors")
    people = authors if isinstance(authors, list) else [holder.get("author")]
    names = [plain_line(_text(person.get("name"))) for person in people if isinstance(person, dict)]
    return "、".join(filter(None, names))


def _text(value: Any) -> str:
    """Text as it is, numbers as text (ids often are numbers), anything else as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return str(value)
        except ValueError:
            # Python refuses to print numbers of more than 4,300 digits.
            return ""
    return ""
