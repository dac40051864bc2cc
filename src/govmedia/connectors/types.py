"""What the interfaces hand over: snapshots of posts, feeds, and the result of one look."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from govmedia.connectors.errors import Outcome

Kind = Literal["rss", "rdf", "atom", "json"]
ParsedBy = Literal["fast", "repaired", "fallback"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One post as an interface showed it at one moment.

    `native_id` is the platform's permanent id (for feeds: guid, atom:id, JSON Feed id, else the link, else
    `sm3:` + SM3 of title, date and text). `text` is plain, blocks split by newlines. Times are aware, in the
    zone the source gave; a time without zone is read as +08:00. Empty text means unknown.
    """

    native_id: str
    title: str = ""
    text: str = ""
    url: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str = ""
    source_name: str = ""
    original: bool | None = None
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()

    def to_post(self) -> dict[str, Any]:
        """The Post object of the command line and the API; what is unknown is left out."""
        post: dict[str, Any] = {"id": self.native_id}
        if self.title:
            post["title"] = self.title
        post["text"] = self.text
        if self.url:
            post["url"] = self.url
        if self.published_at is not None:
            post["published_at"] = self.published_at.isoformat()
        if self.updated_at is not None:
            post["updated_at"] = self.updated_at.isoformat()
        if self.author:
            post["author"] = self.author
        if self.source_name:
            post["source_name"] = self.source_name
        if self.original is not None:
            post["original"] = self.original
        if self.links:
            post["links"] = list(self.links)
        if self.images:
            post["images"] = list(self.images)
        return post


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read: what it says of itself, and its entries in its own order.

    `feed_id` is what the feed names itself by: atom:id, JSON Feed's feed_url, RSS's self link (else its channel
    link), RDF's rdf:about; empty where it says nothing. `next_url` is the next page where one is named.
    `picture` is the address of the picture it shows as its own (RSS image, Atom logo, JSON Feed icon).
    `expired` is JSON Feed's word that nothing more will come. `truncated` says that the end is missing (the
    entries before the break are complete). `skipped` entries could not be used, or stood beyond the cap.
    """

    kind: Kind
    title: str
    description: str
    link: str
    feed_id: str
    language: str
    entries: tuple[Snapshot, ...]
    parsed_by: ParsedBy
    next_url: str = ""
    picture: str = ""
    expired: bool = False
    truncated: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one look at an interface came to.

    `cause` is Chinese, with what to do, and empty for a look that worked. `feed` is set where `outcome` is ok,
    and also for a truncated feed (`parse_error`), whose complete entries may be shown but prove nothing.
    `moved_to` is set when every redirect on the way was permanent (301, 308): a proposal, not yet a change.
    `body_sm3` is the hex SM3 of the body after decompression, `size` its bytes, `address` the peer's `ip:port`.
    """

    outcome: Outcome
    cause: str = ""
    status: int | None = None
    feed: Feed | None = None
    etag: str = ""
    last_modified: str = ""
    moved_to: str | None = None
    retry_at: datetime | None = None
    body_sm3: str = ""
    size: int = 0
    address: str = ""
    took_ms: int = 0
    final_url: str = ""
