"""Atom (RFC 4287), as much of it as our feeds need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

MIME = "application/atom+xml; charset=utf-8"
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `url` is where it is told of, `mark` tells it from others told of there."""

    title: str
    url: str
    published: datetime
    updated: datetime
    author: str
    summary: str
    mark: str = ""


def feed(*, title: str, own: str, home: str, entries: Iterable[Entry], updated: datetime | None) -> str:
    """A feed; `own` is its address, `home` that of the page it belongs to."""
    at = updated.isoformat() if updated else _NEVER
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<title>{escape(title)}</title>\n<id>{escape(home)}</id>\n<updated>{at}</updated>\n"
        f'<link rel="self" href={quoteattr(own)}/>\n<link href={quoteattr(home)}/>\n'
        f"{''.join(map(_entry, entries))}</feed>\n"
    )


def _entry(one: Entry) -> str:
    identity = f"{one.url}#{one.mark}" if one.mark else one.url
    return (
        f"<entry>\n<title>{escape(one.title)}</title>\n<id>{escape(identity)}</id>\n"
        f"<link href={quoteattr(one.url)}/>\n"
        f"<published>{one.published.isoformat()}</published>\n<updated>{one.updated.isoformat()}</updated>\n"
        f"<author><name>{escape(one.author)}</name></author>\n<summary>{escape(one.summary)}</summary>\n</entry>\n"
    )
