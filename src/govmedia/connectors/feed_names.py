"""Element names of feeds in one spelling, whatever prefix, namespace variant or case a feed uses."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import urljoin

from lxml import etree

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
PREFIXES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss191": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/net/rss1.1#": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
}


@lru_cache(maxsize=2048)
def short_name(tag: str) -> str:
    """`pubdate`, `dc:date`, `atom:link`: lower case, RSS's own elements without prefix, unknown ones with `?:`."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        prefix = PREFIXES.get(namespace.lower().rstrip("/"), "?")
        return f"{prefix}:{name.lower()}" if prefix else name.lower()
    return tag.lower()


def children(element: "etree._Element") -> Iterator[tuple[str, "etree._Element"]]:
    """Child elements with their short names; anything that is not an element is passed over."""
    for child in element:
        if isinstance(child.tag, str):
            yield short_name(child.tag), child


def text_of(element: "etree._Element") -> str:
    """All text inside, without markup."""
    if len(element) == 0:
        return element.text or ""
    return "".join(element.itertext())


def markup_of(element: "etree._Element") -> str:
    """What is inside as HTML source: text as it is, and markup that was not escaped serialised."""
    if len(element) == 0:
        return element.text or ""
    parts = [escape(element.text or "", quote=False)]
    parts.extend(etree.tostring(child, encoding="unicode") for child in element)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Base:
    """What relative links are relative to: the feed's URL, changed by every xml:base from the root inwards.

    `active` says whether the feed uses xml:base at all; few do, and the walk costs.
    """

    url: str
    active: bool

    def at(self, element: "etree._Element") -> str:
        """The base at this element. Source: W3C XML Base."""
        if not self.active:
            return self.url
        url = self.url
        bases = [value for node in (element, *element.iterancestors()) if (value := node.get(XML_BASE))]
        for base in reversed(bases):
            try:
                url = urljoin(url, base.strip())
            except ValueError:
                continue
        return url
