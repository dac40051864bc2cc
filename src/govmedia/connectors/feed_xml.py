"""XML of feeds as bytes: what it starts with, how to read it safely, and how to mend what is broken.

Nothing here fetches, loads a DTD or expands an entity that the document declares.
"""

import codecs
import html
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

HEAD = 65_536
MAX_PIECES = 2_000
FEED_ROOTS = frozenset(["rss", "rdf", "feed", "channel"])
NATIVE_ENTITIES = frozenset(["amp", "lt", "gt", "quot", "apos"])
CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
AMPERSAND = re.compile(r"&(#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,7};|[a-zA-Z][a-zA-Z0-9]{0,31};)?")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAME = re.compile(r"<([A-Za-z_][\w.-]*)(?::([A-Za-z_][\w.-]*))?")
DECLARED = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
FEED_START = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
ROOT_TAG = re.compile(r"<[^<>]+>")
ENTRY_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
ENTRY_START = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How "<?xm" begins in encodings that have no mark. Source: XML 1.0, appendix F.
UNMARKED = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
# What servers call by an older or wrong name.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "ascii": "utf-8"}
# Python's own escapes, which no server means.
NOT_CHARSETS = frozenset(["punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"])
# Names that fit any bytes, and that servers send by default: tried last.
VAGUE = frozenset(["iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"])

_STRICT = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)
_MENDING = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    recover=True,
)


@dataclass(frozen=True, slots=True)
class Prolog:
    """What stands before and at the root: its local name in lower case ("" if none), and where it starts."""

    root: str
    start: int
    doctype: bool
    entities: bool


def read_prolog(text: str) -> Prolog:
    """Walk over declaration, comments and DOCTYPE to the root element."""
    place, doctype, entities = 0, False, False
    while True:
        place = _skip_blank(text, place)
        if text.startswith("<?", place):
            end = text.find("?>", place)
            length = 2
        elif text.startswith("<!--", place):
            end = text.find("-->", place)
            length = 3
        elif text[place : place + 9].upper() == "<!DOCTYPE":
            doctype = True
            end = _doctype_end(text, place)
            entities = "<!ENTITY" in text[place : end if end >= 0 else None].upper()
            length = 1
        else:
            break
        if end < 0:
            return Prolog("", place, doctype, entities)
        place = end + length
    match = NAME.match(text, place)
    root = (match[2] or match[1]).lower() if match else ""
    return Prolog(root, place, doctype, entities)


def _skip_blank(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n\ufeff":
        place += 1
    return place


def _doctype_end(text: str, place: int) -> int:
    bracket, close = text.find("[", place), text.find(">", place)
    if bracket < 0 or (0 <= close < bracket):
        return close
    inner_end = re.compile(r"\]\s*>").search(text, bracket)
    return inner_end.end() - 1 if inner_end else -1


def decode_head(body: bytes) -> str:
    """The first 64 KiB as text, good enough to see the markup; ASCII is exact in every encoding feeds use."""
    head = body[:HEAD]
    if head.startswith(codecs.BOM_UTF8):
        return head[3:].decode("latin-1")
    for bom, codec in BOMS[1:]:
        if head.startswith(bom):
            return head.decode(codec, "replace")
    for start, codec in UNMARKED:
        if head.startswith(start):
            return head.decode(codec, "replace")
    return head.decode("latin-1")


def declaration_holds(body: bytes, head: str, http_charset: str) -> bool:
    """Whether the encoding that the XML declares is to be believed; UTF-8 need not be, as wrong UTF-8 cannot be read.

    A charset that the HTTP header names outranks the declaration (RFC 7303), and bytes that are UTF-8 outrank both.
    """
    match = DECLARED.search(head[:1024])
    declared = match[1].lower() if match else "utf-8"
    if declared in ("utf-8", "utf8") or declared.startswith(("utf-16", "ucs", "iso-10646", "utf-32", "utf_32")):
        return True
    if (
        http_charset
        and http_charset not in VAGUE
        and WIDER.get(http_charset, http_charset) != WIDER.get(declared, declared)
    ):
        return False
    return body.isascii() or not _is_utf8(body)


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(body)
    except UnicodeDecodeError:
        return False
    return True


def parse_strict(body: bytes) -> "etree._Element | None":
    """The root of well-formed XML, else None."""
    try:
        return etree.fromstring(body, _STRICT)
    except (etree.XMLSyntaxError, ValueError):
        return None


def parse_mending(text: str) -> "etree._Element | None":
    """The root of what can be made of broken XML, or None."""
    try:
        return etree.fromstring(text.encode(), _MENDING)
    except (etree.XMLSyntaxError, ValueError):
        return None


def decode(body: bytes, http_charset: str) -> str:
    """The text: by byte order mark, UTF-8, the HTTP header, its own declaration, GB18030, whichever fits first.

    The last character may be cut. Where none fits, the reading with the fewest unreadable characters.
    """
    for bom, codec in BOMS:
        if body.startswith(bom):
            return body.decode(codec, "replace").removeprefix("\ufeff")
    declared = DECLARED.search(decode_head(body)[:1024])
    names = [name.lower() for name in (http_charset, declared[1] if declared else "") if name]
    exact = [WIDER.get(name, name) for name in names if name not in VAGUE]
    unmarked = [codec for start, codec in UNMARKED if body.startswith(start)]
    if unmarked == ["cp037"]:
        unmarked = [*names, "cp037"]
    for name in (*unmarked[:2], "utf-8", *exact, "gb18030", *(name for name in names if name in VAGUE)):
        decoded = _decoded(body, name)
        if decoded is not None:
            return decoded
    return min((body.decode(name, "replace") for name in ("utf-8", "gb18030")), key=lambda text: text.count("\ufffd"))


def _decoded(body: bytes, name: str) -> str | None:
    try:
        with suppress(UnicodeError):
            # LookupError for Python's codecs that are no encodings of text, such as hex and zlib.
            b"<".decode(name)
        if codecs.lookup(name).name in NOT_CHARSETS:
            return None
        return codecs.getincrementaldecoder(name)("strict").decode(body)
    except (LookupError, ValueError):
        return None


def from_feed_start(text: str) -> str:
    """The text from where a feed begins, without what a server printed before it."""
    start = FEED_START.search(text[:HEAD])
    return text if start is None else text[start.start() :]


def mended(text: str) -> str:
    """The text with HTML's named entities spelled out, and stray ampersands and control characters repaired."""
    parts = CDATA.split(ILLEGAL.sub("", text))
    return "".join(part if part.startswith("<![CDATA[") else AMPERSAND.sub(_spelled, part) for part in parts)


def _spelled(match: re.Match[str]) -> str:
    body = match[1]
    if body is None:
        return "&amp;"
    if body.startswith("#") or body[:-1] in NATIVE_ENTITIES:
        return match[0]
    plain = html.unescape(match[0])
    return html.escape(plain) if plain != match[0] else "&amp;" + body


def is_truncated(text: str) -> bool:
    """Whether the end tag of the root element is missing."""
    match = NAME.search(text[:HEAD])
    if match is None:
        return False
    name = match[0][1:]
    return f"</{name}" not in text[-4096:]


def complete_part(text: str) -> str:
    """A truncated feed up to its last complete entry; the head alone where it has none."""
    ends = list(ENTRY_END.finditer(text))
    if ends:
        return text[: ends[-1].end()]
    start = ENTRY_START.search(text)
    return text[: start.start()] if start else text


def isolated(text: str) -> "etree._Element | None":
    """The feed put together again from its entries read one by one, so that a broken one spoils no other."""
    starts = [match.start() for match in ENTRY_START.finditer(text)]
    opening = ROOT_TAG.match(text)
    if not 0 < len(starts) <= MAX_PIECES or opening is None:
        return None
    root = parse_mending(text[: starts[0]])
    if root is None:
        return None
    place = next((child for child in root if isinstance(child.tag, str) and child.tag.endswith("channel")), root)
    for start, end in pairwise([*starts, len(text)]):
        piece = parse_mending(opening[0] + text[start:end])
        entry = next(iter(piece), None) if piece is not None else None
        if entry is not None:
            place.append(entry)
    return root
