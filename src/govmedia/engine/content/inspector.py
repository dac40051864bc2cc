"""Posts in, inspections out: every check over every field, in the order of the text."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, timezone

from govmedia.engine.content.offices import Offices
from govmedia.engine.content.registry import Check, check_table
from govmedia.engine.content.terms import Terms
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Hit, Inspection, Mark, Post, Setting

# So many characters, and so many posts at most, are read together.
TOGETHER, MOST_TOGETHER = 16_384, 200
_SHANGHAI = timezone(timedelta(hours=8))


class Inspector:
    """All checks, or those named, ready to look at posts.

    `today` is the day by which posts without a date are judged. `demoted` are checks whose hits are not sent to
    operators by themselves, because too many were overturned. `allowed` are phrases, by check, within which its hits
    are passed over (what people found to be right), each with the first digits of the divisions where it holds.
    `terms` are the lexicons in use, `sources` the names that may be reposted from, `offices` the table of posts and
    their holders, where not the shipped ones.
    Errors: KeyError for a check that does not exist.
    """

    def __init__(
        self,
        *,
        today: date,
        only: Collection[str] | None = None,
        demoted: Collection[str] = frozenset(),
        allowed: Mapping[str, Collection[tuple[str, str]]] | None = None,
        terms: Terms | None = None,
        sources: frozenset[str] | None = None,
        offices: Offices | None = None,
    ) -> None:
        table = check_table()
        self.checks: tuple[Check, ...] = tuple(table[code] for code in (sorted(only) if only is not None else table))
        self._today = today
        self._terms = terms
        self._sources = sources
        self._offices = offices
        self._demoted = frozenset(demoted)
        self._allowed = {code: tuple(phrases) for code, phrases in (allowed or {}).items()}

    def inspect(self, post: Post, *, division: str = "") -> Inspection:
        """All hits of the post by field (title, text, links, images) and place; overlaps within a check are one."""
        return next(self.inspect_all([(post, division)]))

    def inspect_all(self, posts: Iterable[tuple[Post, str]]) -> Iterator[Inspection]:
        """The inspection of each post (with the division of its account), in order; quicker than one by one."""
        for bundle in _bundles(posts):
            read = [list(_fields(post)) for post, _ in bundle]
            for check in self.checks:
                if check.prepare is not None:
                    check.prepare([[one.text for one in fields if one.name in check.fields] for fields in read])
            for (post, division), fields in zip(bundle, read, strict=True):
                yield self._inspect(post, division, fields)

    def _inspect(self, post: Post, division: str, fields: "list[_Field]") -> Inspection:
        day = post.published_at.astimezone(_SHANGHAI).date() if post.published_at else self._today
        setting = Setting(day, division, self._terms, self._sources, self._offices)
        hits: list[Hit] = []
        for field in fields:
            found = [
                self._hit(check, mark, field)
                for check in self.checks
                if field.name in check.fields
                for mark in check.look(field.text, post, setting)
                if not self._allows(check.code, mark, field.text.raw, division)
            ]
            hits.extend(_in_order(found))
        return Inspection(post.id, tuple(hits))

    def _allows(self, code: str, mark: Mark, raw: str, division: str) -> bool:
        """True where the mark lies within a phrase allowed in the division."""
        for phrase, stem in self._allowed.get(code, ()):
            if not division.startswith(stem):
                continue
            place = raw.find(phrase, max(0, mark.end - len(phrase)), mark.start + len(phrase))
            if 0 <= place <= mark.start:
                return True
        return False

    def _hit(self, check: Check, mark: Mark, field: "_Field") -> Hit:
        return Hit(
            check=check.code,
            category=mark.category or check.category,
            level=mark.level or check.level,
            field=field.name,
            start=mark.start,
            end=mark.end,
            found=field.text.raw[mark.start : mark.end],
            message=mark.message,
            basis=mark.basis,
            confidence=mark.confidence,
            auto=check.auto and mark.sure and check.code not in self._demoted,
            suggestion=mark.suggestion,
            index=field.index,
            lexicon=mark.lexicon,
            version=check.version,
        )


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    index: int | None
    text: Text


def _bundles(posts: Iterable[tuple[Post, str]]) -> Iterator[list[tuple[Post, str]]]:
    """Posts that are read together: by their length, so that a few long ones are not held at once."""
    bundle: list[tuple[Post, str]] = []
    size = 0
    for post, division in posts:
        bundle.append((post, division))
        size += len(post.title) + len(post.text)
        if size >= TOGETHER or len(bundle) == MOST_TOGETHER:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle


def _fields(post: Post) -> Iterator[_Field]:
    if post.title:
        yield _Field("title", None, Text(post.title))
    if post.text:
        yield _Field("text", None, Text(post.text))
    for place, link in enumerate(post.links):
        yield _Field("links", place, Text(link))
    for place, image in enumerate(post.images):
        yield _Field("images", place, Text(image))


def _in_order(hits: list[Hit]) -> Iterator[Hit]:
    """By place; of two hits of one check and category that overlap, the earlier and longer one is kept."""
    last: dict[tuple[str, str], int] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.check, one.message)):
        key = (hit.check, hit.category)
        if hit.start >= last.get(key, -1) or hit.start == hit.end:
            last[key] = max(last.get(key, 0), hit.end)
            yield hit
