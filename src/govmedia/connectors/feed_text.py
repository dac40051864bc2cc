"""Text out of feeds: control characters dropped, HTML turned into plain blocks, links and images collected."""

import html
import re
from urllib.parse import urljoin

MAX_TEXT = 200_000
MAX_LINE = 2_000
MAX_URL = 2_000
MAX_REFERENCES = 500

# Not storable (PostgreSQL refuses NUL, UTF-8 refuses lone surrogates) or invisible mischief; tab and newline stay.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Every pattern here stays linear on hostile input: nothing scans to the end and then fails.
TAG = re.compile(r"<(?:/?[a-zA-Z]|[!?])[^<>]*>")
LOOKS_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
UNSEEN = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|(script|style|template|head|title|textarea)\b[^<>]*>.*?(?:</\1\s*>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
PREFORMATTED = re.compile(r"<pre\b[^<>]*>(.*?)(?:</pre\s*>|\Z)", re.DOTALL | re.IGNORECASE)
BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|option|p|pre|section|summary|table"
    r"|tbody|tfoot|thead|tr|ul)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
CELL = re.compile(r"</?t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\f\v\xa0\u2000-\u200a\u202f\u205f\ufeff\u200b]+")
WIDE = "\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
# A line broken inside a Chinese sentence stands for nothing. Source: CSS Text 3, segment break transformation.
WIDE_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\r]*\n[ \t\r\n]*(?=[{WIDE}])")
REFERENCE = re.compile(r"<(a|img)\b([^<>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\b(href|src|data-src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def clean(text: str) -> str:
    """The text without characters that cannot be stored."""
    if text.isprintable():
        return text
    return CONTROLS.sub(_readable, clean_ends(text))


def clean_ends(text: str) -> str:
    """The text with every line ending as one newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _looks_html(text: str) -> bool:
    return ("<" in text or "&" in text) and LOOKS_HTML.search(text) is not None


def _readable(match: re.Match[str]) -> str:
    # Text that calls itself Latin-1 holds Windows-1252 punctuation there. Source: WHATWG Encoding.
    code = ord(match[0])
    if 0x80 <= code < 0xA0:
        return bytes([code]).decode("cp1252", "ignore")
    return ""


def one_line(text: str) -> str:
    """A name or title: plain, on one line, at most 2,000 characters."""
    if not text:
        return ""
    if _looks_html(text):
        text = html.unescape(TAG.sub("", UNSEEN.sub("", text)))
    return " ".join(clean(text).split())[:MAX_LINE]


def plain_line(text: str) -> str:
    """Like `one_line`, for text that is known to hold no markup."""
    return " ".join(clean(text).split())[:MAX_LINE]


def plain_blocks(text: str) -> str:
    """Text without markup: blanks within a line become one, empty lines go; at most 200,000 characters."""
    lines = []
    for line in clean_ends(text[: 2 * MAX_TEXT]).split("\n"):
        # Printable means: no control character, and no blank but the ordinary one.
        if "  " in line or not line.isprintable():
            line = BLANKS.sub(" ", clean(line))
        line = line.strip()
        if line:
            lines.append(line)
    return "\n".join(lines)[:MAX_TEXT].rstrip()


def html_to_text(source: str) -> str:
    """Plain text of an HTML fragment, its blocks split by newlines; at most 200,000 characters.

    Scripts, styles and comments are dropped, entities decoded. Text that shows no markup keeps its own lines.
    """
    source = source[: 4 * MAX_TEXT]
    if not _looks_html(source):
        return plain_blocks(source)
    source = UNSEEN.sub("", source)
    if "<pre" in source or "<PRE" in source:
        source = PREFORMATTED.sub(lambda match: "<br>" + match[1].replace("\n", "<br>") + "<br>", source)
    if "<" in source:
        if "\n" in source:
            source = WIDE_BREAK.sub("", source).replace("\n", " ")
        source = TAG.sub("", CELL.sub(" ", BLOCK.sub("\n", source)))
    return plain_blocks(html.unescape(source))


def absolute(url: str, base: str) -> str:
    """The http(s) URL meant, or "" where there is none or it is absurd."""
    url = clean(url).strip().replace("\n", "").replace("\t", "")
    if not url or len(url) > MAX_URL:
        return ""
    if not url.startswith(("http://", "https://")) or "[" in url:
        try:
            url = urljoin(base, url)
        except ValueError:
            return ""
        if not url.lower().startswith(("http://", "https://")) or len(url) > MAX_URL:
            return ""
    return url


def references(source: str, base: str) -> tuple[list[str], list[str]]:
    """Absolute targets of the links and images of an HTML fragment, in order."""
    links: list[str] = []
    images: list[str] = []
    if "<a" not in source and "<img" not in source and "<A" not in source and "<IMG" not in source:
        return links, images
    for match in REFERENCE.finditer(UNSEEN.sub("", source[: 4 * MAX_TEXT])):
        wanted = {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(match[2])}
        if match[1].lower() == "a":
            url = absolute(html.unescape(wanted.get("href", "")), base)
            if url:
                links.append(url)
        else:
            # Pages that load pictures late keep the true address in data-src.
            url = absolute(html.unescape(wanted.get("data-src") or wanted.get("src", "")), base)
            if url:
                images.append(url)
    return links, images
