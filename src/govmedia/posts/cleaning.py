"""Making what a feed gives fit to be stored: control characters, lengths, impossible dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from govmedia.connectors.types import Snapshot
from govmedia.engine.hashing import sm3_hex
from govmedia.posts.models import Post

TEXT_CHARS = 200_000
LINKS = 200
EXTRA_KEYS = ("links", "images")
# NUL is refused by PostgreSQL, lone surrogates by every encoder; the other controls show as nothing or as boxes.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[\t\n\r]+")
_LENGTHS = {
    name: Post._meta.get_field(name).max_length for name in ("native_id", "title", "url", "author", "source_name")
}
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Draft:
    """A post fit to be stored; `sm3` is the hash of what the rules look at, `extra` holds links and images."""

    native_id: str
    title: str
    text: str
    url: str
    author: str
    source_name: str
    original: bool | None
    published_at: datetime | None
    updated_at: datetime | None
    sm3: str
    extra: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that cannot be stored: its place in the feed (from 1), its id as far as it has one, and why."""

    position: int
    native_id: str
    reason: str


def clean(text: str, most: int | None = None) -> str:
    """Without control characters except line breaks, at most so many characters."""
    if not text.isprintable():
        text = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    text = text.strip()
    return text if most is None or len(text) <= most else text[:most]


def clean_line(text: str, most: int | None = None) -> str:
    """`clean`, on one line."""
    return clean(text if text.isprintable() else _BLANKS.sub(" ", text), most)


def drafts_of(snapshots: Iterable[Snapshot]) -> tuple[list[Draft], list[Refusal]]:
    """What can be stored, and what is set aside with its reason in Chinese; ids are unique among the drafts."""
    drafts: dict[str, Draft] = {}
    refusals = []
    for position, snapshot in enumerate(snapshots, 1):
        draft = draft_of(snapshot)
        if not draft.native_id:
            refusals.append(Refusal(position, "", "没有编号，也没有链接和内容，无法入库"))
        elif not (draft.title or draft.text or draft.url or draft.extra):
            refusals.append(Refusal(position, draft.native_id, "标题、正文、链接都是空的，已搁置"))
        elif draft.native_id in drafts:
            refusals.append(Refusal(position, draft.native_id, "编号与前面的一条重复，已搁置"))
        else:
            drafts[draft.native_id] = draft
    return list(drafts.values()), refusals


def draft_of(snapshot: Snapshot) -> Draft:
    """One snapshot made fit; an id too long for its column is stored as its hash, so that it stays unique."""
    native_id = clean_line(snapshot.native_id)
    if len(native_id) > _LENGTHS["native_id"]:
        native_id = "sm3:" + sm3_hex(native_id.encode())
    title, text = clean_line(snapshot.title, _LENGTHS["title"]), clean(snapshot.text, TEXT_CHARS)
    url, published_at = clean_line(snapshot.url, _LENGTHS["url"]), _possible(snapshot.published_at)
    extra = {
        key: [clean_line(link, _LENGTHS["url"]) for link in links[:LINKS]]
        for key, links in (("links", snapshot.links), ("images", snapshot.images))
        if links
    }
    return Draft(
        native_id,
        title,
        text,
        url,
        clean_line(snapshot.author, _LENGTHS["author"]),
        clean_line(snapshot.source_name, _LENGTHS["source_name"]),
        snapshot.original,
        published_at,
        _possible(snapshot.updated_at),
        version_sm3(title, text, url, published_at),
        extra,
    )


def version_sm3(title: str, text: str, url: str, published_at: datetime | None) -> str:
    """The hash that tells one version of a post from another: over title, text, address and own date (in UTC)."""
    date = published_at.astimezone(UTC).isoformat() if published_at else ""
    return sm3_hex("\u001f".join((title, text, url, date)).encode())


def content_sm3(snapshot: Snapshot) -> str:
    """The hash under which a snapshot's version is stored."""
    return draft_of(snapshot).sm3


def _possible(moment: datetime | None) -> datetime | None:
    """The moment if there can be posts of that time; machines write the start of their calendars for "unknown"."""
    return moment if moment is not None and _EARLIEST <= moment <= _LATEST else None
