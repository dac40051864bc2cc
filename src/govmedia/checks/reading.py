"""The posts of a check's period, as its inspector reads them beside the questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from govmedia.checks.models import Check
from govmedia.common.clock import day_of
from govmedia.common.typed import key_of, one_line
from govmedia.engine.types import Evidence
from govmedia.inspections.shown import counts_of, reading_of, standing_for
from govmedia.orgs.models import User
from govmedia.posts.models import Post
from govmedia.posts.queries import events_of

PAGE = 20
FIND_MOST = 60
# Addresses that may be offered as links.
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Row:
    """A post in the pane, (tone, words) of its marks, and what it says if it is open."""

    post: Post
    marks: list[tuple[str, str]]
    opened: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Pane:
    """A page of posts, newest first. `total` and `marked` are of the whole period, `found` of what was asked for."""

    rows: list[Row]
    total: int
    marked: int
    found: int
    find: str
    only_marked: bool
    page: int
    pages: int

    @property
    def previous(self) -> str:
        return self._at(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self._at(self.page + 1) if self.page < self.pages else ""

    def _at(self, page: int) -> str:
        """The query of another page."""
        kept = {"find": self.find, "marked": "1" if self.only_marked else ""}
        return urlencode({**{key: value for key, value in kept.items() if value}, "page": page})


def posts_of(check: Check) -> QuerySet[Post]:
    """The posts that count in what the check judges, newest first; what came after its point is no part of it."""
    until = min(check.end_on, day_of(check.point_at))
    rows = Post.objects.filter(account=check.account_id, counts_on__gte=check.start_on, counts_on__lte=until)
    return rows.order_by("-counts_on", F("published_at").desc(nulls_last=True), "-pk")


def pane_of(check: Check, user: User, asked: Mapping[str, str]) -> Pane:
    """The pane as an address asks for it: `find` words, `marked` only, `page`, or the page with `post`, opened.

    What makes no sense is ignored, a page beyond the end is the last. Texts are read of the opened post alone; a
    fixed number of queries.
    """
    rows = posts_of(check)
    marks = Exists(standing_for(user).filter(post=OuterRef("pk")))
    whole = rows.order_by().aggregate(total=Count("pk"), marked=Count("pk", filter=Q(marks)))
    find, only = one_line(asked.get("find", ""), FIND_MOST), asked.get("marked") == "1"
    wanted = key_of(asked.get("post", ""))
    if find:
        rows = rows.filter(Q(title__icontains=find) | Q(text__icontains=find))
    if only:
        rows = rows.filter(marks)
    order = list(rows.values_list("pk", flat=True))
    pages = max(-(-len(order) // PAGE), 1)
    place = order.index(wanted) // PAGE + 1 if wanted in order else key_of(asked.get("page", "")) or 1
    page = min(place, pages)
    shown = list(rows.filter(pk__in=order[(page - 1) * PAGE : page * PAGE]).defer("text", "extra"))
    counts = counts_of(shown, user)
    return Pane(
        [
            Row(post, counts.get(post.pk, []), opened_post(post, user) if post.pk == wanted else None)
            for post in shown
        ],
        whole["total"],
        whole["marked"],
        len(order),
        find,
        only,
        page,
        pages,
    )


def opened_post(post: Post, user: User) -> dict[str, Any]:
    """What a post says: its text with the marks in it, its pictures and links, and how it was changed."""
    return {
        "post": post,
        "reading": reading_of(post, user),
        "pictures": [url for url in post.extra.get("images", ()) if url.startswith(WEB)],
        "links": list(post.extra.get("links", ())),
        "events": list(events_of(post)),
    }


def named_post(proof: Evidence) -> int:
    """The key of the post that a proof names; 0 where it names none."""
    kind, _, rest = proof.ref.partition(":")
    return key_of(rest.partition(":")[0]) if (proof.kind, kind) == ("post", "post") else 0
