"""Atom 1.0 out of a parsed tree (Atom 0.3 goes to the fallback). Source: RFC 4287."""

from datetime import datetime

from lxml import etree

from govmedia.connectors.feed_dates import parse_date
from govmedia.connectors.feed_identity import MAX_ENTRIES, identified
from govmedia.connectors.feed_names import XML_LANG, Base, children, markup_of, text_of
from govmedia.connectors.feed_text import (
    MAX_REFERENCES,
    absolute,
    html_to_text,
    one_line,
    plain_blocks,
    plain_line,
    references,
)
from govmedia.connectors.types import Feed, ParsedBy, Snapshot


def parse_atom(root: "etree._Element", base: Base, parsed_by: ParsedBy) -> Feed:
    """The feed of an Atom 1.0 `feed` element."""
    head: dict[str, str] = {}
    entries: list[Snapshot] = []
    count = 0
    people: list[str] = []
    for name, child in children(root):
        if name == "atom:entry":
            count += 1
            if count <= MAX_ENTRIES + 1:
                entries.append(_entry(child, base, "、".join(people)))
        elif name == "atom:link":
            head.setdefault(child.get("rel", "alternate"), absolute(child.get("href", ""), base.at(child)))
        elif name == "atom:author":
            people.append(_name(child))
        elif name in ("atom:title", "atom:subtitle"):
            head.setdefault(name, _line(child))
        elif name == "atom:id":
            head.setdefault(name, text_of(child))
        elif name in ("atom:logo", "atom:icon"):
            head.setdefault(name, absolute(text_of(child), base.at(child)))
    kept, skipped = identified(entries)
    return Feed(
        kind="atom",
        title=head.get("atom:title", ""),
        description=head.get("atom:subtitle", ""),
        link=head.get("alternate", ""),
        feed_id=plain_line(head.get("atom:id", "")) or head.get("self", ""),
        language=plain_line(root.get(XML_LANG, "")),
        entries=kept,
        parsed_by=parsed_by,
        next_url=head.get("next", ""),
        picture=head.get("atom:logo", "") or head.get("atom:icon", ""),
        skipped=skipped + max(0, count - MAX_ENTRIES - 1),
    )


def _entry(entry: "etree._Element", base: Base, feed_author: str) -> Snapshot:
    found: dict[str, etree._Element] = {}
    people: list[str] = []
    url = ""
    links: list[str] = []
    images: list[str] = []
    for name, child in children(entry):
        if name == "atom:link":
            rel = child.get("rel", "alternate")
            target = absolute(child.get("href", ""), base.at(child))
            if rel == "alternate":
                url = url or target
            elif rel == "enclosure" and target:
                (images if child.get("type", "").startswith("image/") else links).append(target)
        elif name == "atom:author":
            people.append(_name(child))
        elif name in ("media:content", "media:thumbnail") and (
            target := absolute(child.get("url", ""), base.at(child))
        ):
            kind = "image/" if name == "media:thumbnail" else child.get("type", "")
            (images if kind.startswith("image/") else links).append(target)
        else:
            found.setdefault(name, child)
    text, in_links, in_images = _body(found, base)
    published = _date(found, "atom:published")
    updated = _date(found, "atom:updated")
    return Snapshot(
        native_id=plain_line(text_of(found["atom:id"])) if "atom:id" in found else "",
        title=_line(found["atom:title"]) if "atom:title" in found else "",
        text=text,
        url=url,
        published_at=published or updated,
        updated_at=updated,
        author="、".join(filter(None, people)) or _source_author(found) or feed_author,
        source_name=_source_title(found),
        links=tuple(dict.fromkeys(in_links + links))[:MAX_REFERENCES],
        images=tuple(dict.fromkeys(in_images + images))[:MAX_REFERENCES],
    )


def _body(found: dict[str, "etree._Element"], base: Base) -> tuple[str, list[str], list[str]]:
    for name in ("atom:content", "atom:summary"):
        element = found.get(name)
        if element is None:
            continue
        kind = element.get("type", "text").strip().lower()
        if kind in ("html", "xhtml", "text/html", "application/xhtml+xml"):
            source = markup_of(element)
            text = html_to_text(source)
            links, images = references(source, base.at(element))
        elif kind == "text" or kind.startswith("text/") or kind.endswith(("+xml", "/xml")):
            text, links, images = plain_blocks(text_of(element)), [], []
        else:
            # Anything else is base64 of something that is not text.
            text, links, images = "", [], []
        if text or links or images:
            return text, links, images
    return "", [], []


def _line(element: "etree._Element") -> str:
    kind = element.get("type", "text").strip().lower()
    if kind in ("text", "text/plain"):
        return plain_line(text_of(element))
    return one_line(markup_of(element))


def _date(found: dict[str, "etree._Element"], name: str) -> datetime | None:
    return parse_date(text_of(found[name])) if name in found else None


def _name(person: "etree._Element") -> str:
    for name, child in children(person):
        if name == "atom:name":
            return plain_line(text_of(child))
    return ""


def _source_title(found: dict[str, "etree._Element"]) -> str:
    return next((_line(child) for name, child in _source(found) if name == "atom:title"), "")


def _source_author(found: dict[str, "etree._Element"]) -> str:
    return next((_name(child) for name, child in _source(found) if name == "atom:author"), "")


def _source(found: dict[str, "etree._Element"]) -> list[tuple[str, "etree._Element"]]:
    return list(children(found["atom:source"])) if "atom:source" in found else []
