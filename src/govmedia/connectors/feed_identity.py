"""Which id a feed's entry goes by, so that one post keeps one id and two posts never share one."""

from collections.abc import Sequence
from dataclasses import replace

from govmedia.connectors.types import Snapshot
from govmedia.engine.hashing import sm3_hex

MAX_ENTRIES = 10_000
SEPARATOR = "\u001f"


def digest(entry: Snapshot) -> str:
    """`sm3:` and the SM3 of title, date (RFC 3339, empty if none) and text, joined by U+001F."""
    date = entry.published_at.isoformat() if entry.published_at is not None else ""
    return "sm3:" + sm3_hex(SEPARATOR.join((entry.title, date, entry.text)).encode())


def identified(entries: Sequence[Snapshot]) -> tuple[tuple[Snapshot, ...], int]:
    """The first 10,000 entries, each with its id, in the feed's order; and how many were left out.

    The id is the one the feed gives, else the link, else a digest. Where a feed gives one id to entries with
    different links (or one link to entries with different titles), it is no id, and the next in line is used.
    An entry that still repeats another's id repeats the entry: the first, which is the newest, stays.
    """
    kept = entries[:MAX_ENTRIES]
    names = [entry.native_id or entry.url or digest(entry) for entry in kept]
    if len(set(names)) != len(names):
        names = _apart(kept, names)
    result: dict[str, Snapshot] = {}
    for entry, name in zip(kept, names, strict=True):
        if name not in result:
            result[name] = entry if entry.native_id == name else replace(entry, native_id=name)
    return tuple(result.values()), len(entries) - len(result)


def _apart(entries: Sequence[Snapshot], names: list[str]) -> list[str]:
    links: dict[str, set[str]] = {}
    titles: dict[str, set[str]] = {}
    for entry, name in zip(entries, names, strict=True):
        links.setdefault(name, set()).add(entry.url)
        titles.setdefault(name, set()).add(entry.title)
    apart = []
    for entry, name in zip(entries, names, strict=True):
        if entry.native_id and len(links[name]) > 1:
            name = entry.url or digest(entry)
        elif (not entry.native_id or not entry.url) and len(titles[name]) > 1:
            name = digest(entry)
        apart.append(name)
    return apart
