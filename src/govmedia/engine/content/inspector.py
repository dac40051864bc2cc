"""Posts in, inspections out: every check over every field, in the order of the text."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta, timezone

from govmedia.engine.content.offices import Offices
from govmedia.engine.content.registry import Check, check_table
from govmedia.engine.content.terms import Terms
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Hit, Inspection, Mark, Post, Setting

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
        day = post.published_at.astimezone(_SHANGHAI).date() if post.published_at else self._today
        setting = Setting(day, division, self._terms, self._sources, self._offices)
        hits: list[Hit] = []
        for name, index, raw in _fields(post):
            text = Text(raw)
            found = [
                self._hit(check, mark, name, index, raw)
                for check in self.checks
                if name in check.fields
                for mark in check.look(text, post, setting)
                if not self._allows(check.code, mark, raw, division)
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

    def _hit(self, check: Check, mark: Mark, name: str, index: int | None, raw: str) -> Hit:
        return Hit(
            check=check.code,
            category=mark.category or check.category,
            level=mark.level or check.level,
            field=name,
            start=mark.start,
            end=mark.end,
            found=raw[mark.start : mark.end],
            message=mark.message,
            basis=mark.basis,
            confidence=mark.confidence,
            auto=check.auto and mark.sure and check.code not in self._demoted,
            suggestion=mark.suggestion,
            index=index,
            lexicon=mark.lexicon,
            version=check.version,
        )


def _fields(post: Post) -> Iterator[tuple[str, int | None, str]]:
    if post.title:
        yield "title", None, post.title
    if post.text:
        yield "text", None, post.text
    for place, link in enumerate(post.links):
        yield "links", place, link
    for place, image in enumerate(post.images):
        yield "images", place, image


def _in_order(hits: list[Hit]) -> Iterator[Hit]:
    """By place; of two hits of one check and category that overlap, the earlier and longer one is kept."""
    last: dict[tuple[str, str], int] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.check, one.message)):
        key = (hit.check, hit.category)
        if hit.start >= last.get(key, -1) or hit.start == hit.end:
            last[key] = max(last.get(key, 0), hit.end)
            yield hit
