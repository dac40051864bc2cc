"""RSS 0.9x and 2.0, and RSS 1.0 (RDF), out of a parsed tree."""

from lxml import etree

from govmedia.connectors.feed_dates import parse_date
from govmedia.connectors.feed_identity import MAX_ENTRIES, identified
from govmedia.connectors.feed_names import RDF_ABOUT, XML_LANG, Base, children, markup_of, short_name, text_of
from govmedia.connectors.feed_text import MAX_REFERENCES, absolute, html_to_text, one_line, references
from govmedia.connectors.types import Feed, ParsedBy, Snapshot

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp")
# In order of preference. Names without prefix beyond RSS's own are Atom's, which some systems mix in.
TITLES = ("title", "atom:title", "dc:title", "media:title")
BODIES = (
    *("content:encoded", "xhtml:body", "xhtml:div", "body", "fullitem", "description"),
    *("atom:content", "content", "atom:summary", "summary", "dc:description", "itunes:summary"),
)
PUBLISHED = (
    *("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "published"),
    *("dcterms:modified", "atom:updated", "updated"),
)
UPDATED = ("dcterms:modified", "atom:updated", "updated")
AUTHORS = ("dc:creator", "author", "dc:author", "itunes:author", "atom:author")
MARKUP = frozenset(BODIES)
ATTACHED = frozenset(["enclosure", "media:content", "media:thumbnail", "media:group", "atom:link"])
WANTED = MARKUP.union(TITLES, PUBLISHED, AUTHORS, ("link", "guid", "atom:id", "id", "source", "dc:source"))
RELATIVE = MARKUP | {"link"}


def parse_rss(root: "etree._Element", base: Base, parsed_by: ParsedBy) -> Feed:
    """The feed of an `rss` or `rdf:RDF` element."""
    channel, items = _channel_and_items(root)
    head: dict[str, str] = {}
    self_url = next_url = ""
    for name, child in children(channel):
        if name == "atom:link":
            if child.get("rel") == "self":
                self_url = self_url or absolute(child.get("href", ""), base.at(child))
            elif child.get("rel") == "next":
                next_url = next_url or absolute(child.get("href", ""), base.at(child))
        elif name in ("title", "link", "description", "language", "dc:language") and name not in head:
            head[name] = text_of(child)
    link = absolute(head.get("link", ""), base.at(channel))
    # RSS 1.0 has it beside the channel, like the items.
    picture = _picture(channel, base) or _picture(root, base)
    entries = [_entry(item, base) for item in items[: MAX_ENTRIES + 1]]
    kept, skipped = identified(entries)
    return Feed(
        kind="rdf" if short_name(root.tag) == "rdf:rdf" else "rss",
        title=one_line(head.get("title", "")),
        description=one_line(head.get("description", "")),
        link=link,
        feed_id=(channel.get(RDF_ABOUT) or self_url or link).strip(),
        language=one_line(head.get("language") or head.get("dc:language") or root.get(XML_LANG, "")),
        entries=kept,
        parsed_by=parsed_by,
        next_url=next_url,
        picture=picture,
        skipped=skipped + max(0, len(items) - MAX_ENTRIES - 1),
    )


def _picture(holder: "etree._Element", base: Base) -> str:
    for name, child in children(holder):
        if name == "itunes:image" and child.get("href"):
            return absolute(child.get("href", ""), base.at(child))
        if name == "image":
            urls = (absolute(text_of(one), base.at(child)) for part, one in children(child) if part == "url")
            return next(urls, "")
    return ""


def _channel_and_items(root: "etree._Element") -> tuple["etree._Element", list["etree._Element"]]:
    channel, items = root, []
    for name, child in children(root):
        if name == "channel" and channel is root:
            channel = child
        elif name == "item":
            items.append(child)
    if channel is not root:
        items = [child for name, child in children(channel) if name == "item"] + items
    return channel, items


def _entry(item: "etree._Element", bases: Base) -> Snapshot:
    base = bases.at(item)
    found: dict[str, str] = {}
    links: list[str] = []
    images: list[str] = []
    base_of_text: dict[str, str] = {}
    guid_is_link = True
    for name, child in children(item):
        if name in ATTACHED or (name == "link" and child.get("href")):
            _attach(name, child, bases.at(child), found, links, images)
            continue
        if name == "guid":
            guid_is_link = child.get("isPermaLink", "true").strip().lower() != "false"
        if name in WANTED and not found.get(name):
            if bases.active and name in RELATIVE:
                base_of_text[name] = bases.at(child)
            found[name] = (markup_of(child) if name in MARKUP else text_of(child)).strip()
    body = next((name for name in BODIES if found.get(name)), "")
    source = found.get(body, "")
    in_links, in_images = references(source, base_of_text.get(body, base))
    guid = one_line(found.get("guid") or found.get("atom:id") or found.get("id") or "")
    url = absolute(found.get("link") or found.get("alternate") or "", base_of_text.get("link", base))
    if not url and guid_is_link and guid.startswith(("http://", "https://")):
        url = absolute(guid, base)
    about = (item.get(RDF_ABOUT) or "").strip()
    return Snapshot(
        native_id=guid or ("" if url else one_line(about)),
        title=one_line(_first(found, TITLES)),
        text=html_to_text(source),
        url=url,
        published_at=parse_date(_first(found, PUBLISHED)),
        updated_at=parse_date(_first(found, UPDATED)),
        author=_person(_first(found, AUTHORS)),
        source_name=one_line(found.get("source") or found.get("dc:source") or ""),
        links=tuple(dict.fromkeys(in_links + links))[:MAX_REFERENCES],
        images=tuple(dict.fromkeys(in_images + images))[:MAX_REFERENCES],
    )


def _first(found: dict[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if found.get(name):
            return found[name]
    return ""


def _attach(
    name: str, child: "etree._Element", base: str, found: dict[str, str], links: list[str], images: list[str]
) -> None:
    """Sort what stands beside the text into links and images; an alternate link is the post's own address."""
    if name == "media:group":
        for inner_name, inner in children(child):
            if inner_name in ("media:content", "media:thumbnail"):
                _attach(inner_name, inner, base, found, links, images)
        return
    target = absolute(child.get("url") or child.get("href") or "", base)
    if not target:
        return
    if name in ("atom:link", "link") and child.get("rel") != "enclosure":
        if child.get("rel", "alternate") == "alternate":
            found.setdefault("alternate", target)
        return
    kind = child.get("type", "").lower()
    picture = kind.startswith("image/") or child.get("medium") == "image" or name == "media:thumbnail"
    if picture or (not kind and target.lower().partition("?")[0].endswith(IMAGE_SUFFIXES)):
        images.append(target)
    else:
        links.append(target)


def _person(text: str) -> str:
    """RSS asks for `address (name)`, some write it the other way round: the name, where there is one."""
    text = one_line(text)
    if not text.endswith(")") or "(" not in text or "@" not in text:
        return text
    before, _, inside = text[:-1].partition("(")
    return (inside if "@" in before else before).strip() or text
