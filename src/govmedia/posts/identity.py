"""Whether a feed still is the account's: by the id it gives itself, then by its title and its items."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from govmedia.connectors.types import Feed
from govmedia.engine.likeness import normalise

# With fewer items than this a majority says nothing.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is pinned of a feed, the account's filed name, and of some posts known so far: address and author."""

    feed_id: str
    title: str
    name: str
    posts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """An item not seen before: its id, address and author."""

    native_id: str
    url: str
    author: str


def doubt(known: Known, feed: Feed, fresh: Collection[Fresh]) -> str:
    """Why the feed may be somebody else's, in Chinese; empty where nothing speaks for that.

    A feed id that changed is doubt enough. A changed title alone is a rename as long as the same id vouches for it
    (see `seen_name`); without an id it is doubt. Items count where most of the feed is new and unlike what the
    account posted so far (other site and other author), and no equal id vouches for them. Where nothing is pinned
    yet, or not any more because a human has looked, the feed is taken as it is.
    """
    if not known.feed_id and not known.title:
        return ""
    ours, theirs = plain_id(known.feed_id), plain_id(feed.feed_id)
    if ours and theirs and ours != theirs:
        return f"订阅源的标识由“{known.feed_id[:80]}”变为“{feed.feed_id[:80]}”"
    if ours and theirs:
        return ""
    if known.title and feed.title and normalise(known.title) != normalise(feed.title):
        return f"订阅源的名称由“{known.title[:60]}”变为“{feed.title[:60]}”，且没有标识可以核对"
    if _foreign(known, feed, fresh):
        return "多数内容的来源网站和作者与此前不同，可能是别的账号的内容"
    return ""


def seen_name(known: Known, feed: Feed) -> str:
    """The name the feed shows now, where it is neither the filed one nor the one it had when it was taken on."""
    shown = normalise(feed.title)
    if not shown or not known.title or shown in {normalise(known.title), normalise(known.name)}:
        return ""
    return feed.title


def plain_id(feed_id: str) -> str:
    """A feed's id without what changes when a site moves to https: scheme, letter case of the host, last slash."""
    if not feed_id.lower().startswith(("http://", "https://")):
        return feed_id.strip()
    parts = urlsplit(feed_id.strip())
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}".rstrip("?")


def _foreign(known: Known, feed: Feed, fresh: Collection[Fresh]) -> bool:
    if len(fresh) < ENOUGH or len(known.posts) < ENOUGH or 2 * len(fresh) <= len(feed.entries):
        return False
    sites = {_site(url) for url, _ in known.posts} - {""}
    authors = {author for _, author in known.posts} - {""}
    strange = 0
    for item in fresh:
        site = _site(item.url) or _site(item.native_id)
        other_site = bool(sites) and bool(site) and site not in sites
        strange += other_site and (item.author not in authors if item.author and authors else True)
    return 2 * strange > len(feed.entries)


def _site(url: str) -> str:
    return urlsplit(url).netloc.lower() if url.lower().startswith(("http://", "https://")) else ""
