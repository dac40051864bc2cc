"""The values of content inspection: a Post in, Marks from the checks, Hits out.

Offsets count Unicode code points of the original field: `field[start:end] == found`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govmedia.engine.content.offices import Offices
    from govmedia.engine.content.terms import Terms

CATEGORIES = (
    "typo", "wording", "names", "form", "punctuation", "secrecy", "privacy", "ads", "coercion", "harm", "source",
    "link", "opinion",
)  # fmt: skip
CATEGORY_WORDS = {
    "typo": "错别字", "wording": "表述", "names": "名称", "form": "格式", "punctuation": "标点", "secrecy": "保密",
    "privacy": "隐私", "ads": "商业广告", "coercion": "强制推广", "harm": "有害信息", "source": "转载来源",
    "link": "链接", "opinion": "个人观点",
}  # fmt: skip
LEVELS = ("veto", "deduct", "notice")
FIELDS = ("title", "text", "links", "images")


@dataclass(frozen=True, slots=True)
class Post:
    """One post as it is inspected; unknown parts are empty. Times are aware."""

    id: str
    text: str = ""
    title: str = ""
    account: str = ""
    platform: str = ""
    url: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str = ""
    source_name: str = ""
    original: bool | None = None
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    # The title under which another account published the same text first; only a site that compares posts knows it.
    source_title: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a check may know beside the text: the day the post is judged by, and its account's place.

    `day` is the post's own day, else the day of inspection; names and terms are judged as of it. `division` is the
    GB/T 2260 code of the account, empty where unknown. `terms` are the lexicons in use; None: the shipped ones.
    `sources` are the names from which may be reposted (see `sources`); None: the shipped ones. `offices` is the table
    of posts and their holders; None: the shipped one, of places and persons that do not exist.
    """

    day: date
    division: str = ""
    terms: "Terms | None" = None
    sources: frozenset[str] | None = None
    offices: "Offices | None" = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a check saw in one field, before it becomes a Hit: `start` and `end` in the field's own characters.

    `suggestion` replaces exactly `field[start:end]`; None where there is none. `message` and `basis` are Chinese:
    what is wrong, and by which rule. `level` empty: the check's own. `confidence` from 0 to 1. `sure` False: even
    where the check may send hits by itself, this one waits for a human. `term` and `lexicon` name the entry.
    """

    start: int
    end: int
    message: str
    suggestion: str | None = None
    basis: str = ""
    level: str = ""
    category: str = ""
    confidence: float = 0.9
    sure: bool = True
    term: str = ""
    lexicon: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One hit as users see it (the Hit object of the command line and the API)."""

    check: str
    category: str
    level: str
    field: str
    start: int
    end: int
    found: str
    message: str
    basis: str
    confidence: float
    auto: bool
    suggestion: str | None = None
    index: int | None = None
    lexicon: str = ""
    version: int = 1

    def to_json(self) -> dict[str, Any]:
        """The Hit object; what is unknown is left out."""
        obj: dict[str, Any] = {
            "check": self.check, "category": self.category, "level": self.level, "field": self.field,
            "start": self.start, "end": self.end, "found": self.found, "message": self.message, "basis": self.basis,
            "confidence": round(self.confidence, 3), "auto": self.auto, "version": self.version,
        }  # fmt: skip
        if self.suggestion is not None:
            obj["suggestion"] = self.suggestion
        if self.index is not None:
            obj["index"] = self.index
        if self.lexicon:
            obj["lexicon"] = self.lexicon
        return obj


@dataclass(frozen=True, slots=True)
class Inspection:
    """The hits of one post, by field and place."""

    id: str
    hits: tuple[Hit, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "hits": [hit.to_json() for hit in self.hits]}


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a check: a text, and what must be found in it, in order. Empty: it must stay silent.

    `where` is the field the text stands in. `given` are further parts of the Post.
    """

    says: str
    text: str
    expect: tuple[str, ...] = ()
    where: str = "text"
    given: dict[str, Any] = field(default_factory=dict)
